import { CLAUSES } from '@tongxin/domain/dispute/agreement/data.ts';
import { CLAUSE_KINDS, type ClauseKind, type Term } from '@tongxin/domain/dispute/agreement/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { Button, Input, InputNumber, Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

export interface Side {
  readonly partyId: string;
  readonly letter: string;
  readonly label: Label;
}
interface TermsFieldsProps {
  /** Of the form, so that labels find their controls. */
  readonly id: string;
  readonly sides: readonly Side[];
  readonly terms: readonly Term[];
  readonly change: (terms: readonly Term[]) => void;
}

const OF_MONEY: readonly ClauseKind[] = ['pay', 'costs'];
const MOST = 30;

/** A term without what is empty. */
const tidy = (term: Term): Term =>
  Object.fromEntries(Object.entries(term).filter(([, value]) => value !== undefined && value !== '')) as Term;

/** What each side does for the other: one row for each promise, in the words of the clause library. */
export const TermsFields = ({ id, sides, terms, change }: TermsFieldsProps) => {
  const { t, l } = useWords('dispute');
  const set = (index: number, more: { readonly [key in keyof Term]?: Term[key] | undefined }): void =>
    change(terms.map((term, i) => (i === index ? tidy({ ...term, ...more } as Term) : term)));
  const options = sides.map(({ partyId, label }) => ({ value: partyId, label: l(label) }));
  const add = (): void =>
    change([...terms, terms.at(-1) ?? { kind: 'pay', by: sides[1]?.partyId ?? sides[0]!.partyId, to: sides[0]!.partyId }]);
  return (
    <>
      {terms.map((term, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a term is its place in the agreement
        <fieldset className="field" key={index}>
          <legend>{t('agreement.term', { n: index + 1 })}</legend>
          <div className="row gap">
            <FormField id={`${id}-kind-${index}`} label={t('agreement.kind')}>
              {(tied) => (
                <Select
                  {...tied}
                  value={term.kind}
                  style={{ minWidth: 140 }}
                  onChange={(kind: ClauseKind) => set(index, { kind, ...(OF_MONEY.includes(kind) ? {} : { amount: undefined }) })}
                  options={CLAUSE_KINDS.map((value) => ({ value, label: l(CLAUSES[value].label) }))}
                />
              )}
            </FormField>
            <FormField id={`${id}-by-${index}`} label={t('agreement.by')}>
              {(tied) => (
                <Select
                  {...tied}
                  value={term.by}
                  style={{ minWidth: 90 }}
                  options={options}
                  onChange={(by: string) => set(index, { by })}
                />
              )}
            </FormField>
            <FormField id={`${id}-to-${index}`} label={t('agreement.to')}>
              {(tied) => (
                <Select
                  {...tied}
                  allowClear
                  value={term.to ?? null}
                  style={{ minWidth: 90 }}
                  options={options}
                  onChange={(to: string | undefined) => set(index, { to })}
                />
              )}
            </FormField>
            {OF_MONEY.includes(term.kind) ? (
              <FormField id={`${id}-amount-${index}`} label={t('agreement.amount')}>
                {(tied) => (
                  <InputNumber
                    {...tied}
                    min={0.01}
                    precision={2}
                    value={term.amount === undefined ? null : term.amount / 100}
                    onChange={(value) => set(index, { amount: value ? Math.round(Number(value) * 100) : undefined })}
                  />
                )}
              </FormField>
            ) : null}
            {CLAUSES[term.kind].lasting ? null : (
              <FormField id={`${id}-due-${index}`} label={t('agreement.dueOn')}>
                {(tied) => (
                  <Input {...tied} type="date" value={term.dueOn ?? ''} onChange={(event) => set(index, { dueOn: event.target.value })} />
                )}
              </FormField>
            )}
          </div>
          <FormField id={`${id}-words-${index}`} label={t('agreement.words')}>
            {(tied) => (
              <Input {...tied} maxLength={1000} value={term.words ?? ''} onChange={(event) => set(index, { words: event.target.value })} />
            )}
          </FormField>
          <Button size="small" onClick={() => change(terms.filter((_, i) => i !== index))}>
            {t('agreement.removeTerm', { n: index + 1 })}
          </Button>
        </fieldset>
      ))}
      {terms.length < MOST ? <Button onClick={add}>{t('agreement.addTerm')}</Button> : null}
    </>
  );
};
