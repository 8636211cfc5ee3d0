import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { BARRED } from '@tongxin/domain/dispute/agreement/data.ts';
import { findingsOf, hindrances } from '@tongxin/domain/dispute/agreement/rules.ts';
import { type AgreementText, type AgreementView, BARRED_MATTERS } from '@tongxin/domain/dispute/agreement/schema.ts';
import { Alert, Button, Checkbox, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { putInWriting, saveAgreement } from '../mutations.ts';
import { TermsFields } from './terms-fields.tsx';
import { useStep } from './use-step.tsx';

const without = <T extends object, K extends keyof T>(from: T, key: K): Omit<T, K> => {
  const { [key]: _gone, ...rest } = from;
  return rest;
};
/** Words are kept when there are some. */
const said = <K extends string>(key: K, words: string) => (words ? { [key]: words } : {});

interface TextFormProps {
  readonly view: AgreementView;
  readonly begun: AgreementText;
}

/** The agreement while it is written. The rules look at it with every word; what is wrong stands beside it with its article. */
export const TextForm = ({ view, begun }: TextFormProps) => {
  const { t, of, l } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const [text, setText] = useState(begun);
  const [isSaved, setSaved] = useState(view.text !== undefined);
  const change = (next: AgreementText): void => {
    setText(next);
    setSaved(false);
  };
  const word = (key: 'facts' | 'responsibility' | 'way', words: string): void =>
    change({ ...without(text, key), ...said(key, words) } as AgreementText);
  const findings = findingsOf(
    text,
    view.sides.map(({ partyId }) => partyId),
    instantToLocalDate(new Date().toISOString()),
  );
  const sayFinding = (code: string): string => of('finding', code, t('finding.other'));
  const save = async (): Promise<void> => {
    if (await run(() => saveAgreement(view.caseId, { after: view.text?.version ?? 0, text }))) setSaved(true);
  };
  return (
    <form className="columns" noValidate autoComplete="off" onSubmit={(event) => event.preventDefault()}>
      <div className="card">
        <h2>{t('agreement.text')}</h2>
        {view.sides.map(({ partyId, label: side }) => {
          const party = text.parties.find((one) => one.partyId === partyId) ?? { partyId, name: '' };
          const set = (more: object): void =>
            change({
              ...text,
              parties: view.sides.map((side) =>
                side.partyId === partyId
                  ? { ...party, ...more }
                  : (text.parties.find((one) => one.partyId === side.partyId) ?? { partyId: side.partyId, name: '' }),
              ),
            });
          return (
            <div className="row gap" key={partyId}>
              <FormField id={`name-${partyId}`} label={t('agreement.name', { side: l(side) })}>
                {(tied) => <Input {...tied} maxLength={80} value={party.name} onChange={(event) => set({ name: event.target.value })} />}
              </FormField>
              <FormField id={`about-${partyId}`} label={t('agreement.about')}>
                {(tied) => (
                  <Input
                    {...tied}
                    maxLength={300}
                    value={party.about ?? ''}
                    onChange={(event) => set(event.target.value ? { about: event.target.value } : { about: undefined })}
                  />
                )}
              </FormField>
            </div>
          );
        })}
        {(['facts', 'responsibility'] as const).map((key) => (
          <FormField key={key} id={`text-${key}`} label={t(`agreement.${key}`)}>
            {(tied) => (
              <Input.TextArea
                {...tied}
                maxLength={2000}
                autoSize={{ minRows: 2, maxRows: 10 }}
                value={text[key] ?? ''}
                onChange={(event) => word(key, event.target.value)}
              />
            )}
          </FormField>
        ))}
        <h2>{t('agreement.terms')}</h2>
        <TermsFields id="text" sides={view.sides} terms={text.terms} change={(terms) => change({ ...text, terms: [...terms] })} />
        <div className="row gap">
          <FormField id="total" label={t('agreement.total')}>
            {(tied) => (
              <InputNumber
                {...tied}
                min={0.01}
                precision={2}
                value={text.total === undefined ? null : text.total / 100}
                onChange={(value) =>
                  change((value ? { ...text, total: Math.round(Number(value) * 100) } : without(text, 'total')) as AgreementText)
                }
              />
            )}
          </FormField>
          <FormField id="text-way" label={t('agreement.way')}>
            {(tied) => <Input {...tied} maxLength={500} value={text.way ?? ''} onChange={(event) => word('way', event.target.value)} />}
          </FormField>
        </div>
        <Checkbox
          checked={text.loan !== undefined}
          onChange={(event) =>
            change(
              (event.target.checked
                ? { ...text, loan: { principal: 100, rate: 0, since: instantToLocalDate(new Date().toISOString()) } }
                : without(text, 'loan')) as AgreementText,
            )
          }
        >
          {t('agreement.isLoan')}
        </Checkbox>
        {text.loan ? (
          <div className="row gap">
            <FormField id="principal" label={t('agreement.principal')}>
              {(tied) => (
                <InputNumber
                  {...tied}
                  min={0.01}
                  precision={2}
                  value={text.loan!.principal / 100}
                  onChange={(value) =>
                    value ? change({ ...text, loan: { ...text.loan!, principal: Math.round(Number(value) * 100) } }) : undefined
                  }
                />
              )}
            </FormField>
            <FormField id="rate" label={t('agreement.rate')}>
              {(tied) => (
                <InputNumber
                  {...tied}
                  min={0}
                  precision={2}
                  value={text.loan!.rate / 100}
                  onChange={(value) => change({ ...text, loan: { ...text.loan!, rate: Math.round(Number(value ?? 0) * 100) } })}
                />
              )}
            </FormField>
            <FormField id="since" label={t('agreement.since')}>
              {(tied) => (
                <Input
                  {...tied}
                  type="date"
                  value={text.loan!.since}
                  onChange={(event) =>
                    event.target.value ? change({ ...text, loan: { ...text.loan!, since: event.target.value } }) : undefined
                  }
                />
              )}
            </FormField>
          </div>
        ) : null}
      </div>
      <div>
        <fieldset className="card">
          <legend>{t('agreement.matters')}</legend>
          {BARRED_MATTERS.map((matter) => (
            <p key={matter}>
              <Checkbox
                checked={text.matters.includes(matter)}
                onChange={(event) =>
                  change({
                    ...text,
                    matters: event.target.checked ? [...text.matters, matter] : text.matters.filter((one) => one !== matter),
                  })
                }
              >
                {l(BARRED[matter].label)}
              </Checkbox>
            </p>
          ))}
          <Checkbox checked={text.touchesOthers} onChange={(event) => change({ ...text, touchesOthers: event.target.checked })}>
            {t('agreement.touchesOthers')}
          </Checkbox>
        </fieldset>
        <section className="card" aria-label={t('agreement.findings')} aria-live="polite">
          <h2>{t('agreement.findings')}</h2>
          {findings.length ? null : <p>✓ {t('agreement.noFindings')}</p>}
          {findings.map((finding) => (
            <div className="field" key={`${finding.code} ${finding.term ?? 0}`}>
              <Alert
                type={finding.level === 'error' ? 'error' : finding.answered ? 'success' : 'warning'}
                showIcon
                title={`${finding.term ? `${t('agreement.term', { n: finding.term })} · ` : ''}${sayFinding(finding.code)}`}
                description={finding.article}
              />
              {finding.level === 'warning' ? (
                <Input
                  aria-label={t('agreement.answer')}
                  placeholder={t('agreement.answer')}
                  maxLength={500}
                  value={text.answers[finding.code] ?? ''}
                  onChange={(event) =>
                    change({ ...text, answers: { ...without(text.answers, finding.code), ...said(finding.code, event.target.value) } })
                  }
                />
              ) : null}
            </div>
          ))}
        </section>
        <Wrong problem={problem} />
        <div className="row gap">
          <Button loading={busy} disabled={isSaved} onClick={() => void save()}>
            {t('agreement.save')}
          </Button>
          <Button
            type="primary"
            loading={busy}
            disabled={!isSaved || hindrances(findings).length > 0}
            onClick={() => void run(() => putInWriting(view.caseId))}
          >
            {t('agreement.putInWriting')}
          </Button>
        </div>
      </div>
    </form>
  );
};
