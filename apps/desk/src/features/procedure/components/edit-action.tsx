import { CASE_WORK } from '@tongxin/domain/post/policy.ts';
import type { Action, Duty, Field, Procedure, Relation } from '@tongxin/domain/procedure/schema.ts';
import { Button, Checkbox, InputNumber, Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import { EditField } from './edit-field.tsx';
import { EditWords } from './edit-words.tsx';

const RELATIONS: readonly Relation[] = [
  'area',
  'receivingBody',
  'leadBody',
  'supportingBody',
  'reporter',
  'respondent',
  'party',
  'service',
];
const APART: readonly Duty[] = ['handle', 'verify', 'decide', 'refuse', 'close'];
const KINDS = ['photo', 'document', 'sound'] as const;
const MOST_FIELDS = 40;
type Way = Action['by'][number];

const EditWho = ({ by, onChange }: { by: Action['by']; onChange: (by: Action['by']) => void }) => {
  const { t } = useWords();
  const words = useProcedureWords();
  const set = (index: number, { relation, capability }: { relation: Relation; capability?: string }): void =>
    onChange(by.with(index, { ...(capability ? { capability } : {}), relation }));
  return (
    <fieldset className="field">
      <legend>{t('procedure.who')}</legend>
      {by.map((way: Way, index) => {
        const name = t('procedure.whoRow', { n: index + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may say the same while they are written
          <div className="row part-row" key={index}>
            <Select
              className="unit"
              aria-label={`${name} ${t('procedure.relationOf')}`}
              value={way.relation}
              onChange={(relation) => set(index, { ...way, relation })}
              options={RELATIONS.map((one) => ({ value: one, label: t(`procedure.relation.${one}`) }))}
            />
            <Select
              className="unit"
              aria-label={`${name} ${t('procedure.capabilityOf')}`}
              value={way.capability ?? ''}
              onChange={(capability) => set(index, { relation: way.relation, capability })}
              options={[
                { value: '', label: t('procedure.noCapability') },
                ...CASE_WORK.map((one) => ({ value: one as string, label: words.capability(one) })),
              ]}
            />
            <Button
              size="small"
              disabled={by.length === 1}
              onClick={() => onChange(by.toSpliced(index, 1))}
              aria-label={`${t('procedure.remove')} ${name}`}
            >
              {t('procedure.remove')}
            </Button>
          </div>
        );
      })}
      <Button size="small" onClick={() => onChange([...by, { capability: 'case.handle', relation: 'leadBody' }])}>
        {t('procedure.addWho')}
      </Button>
    </fieldset>
  );
};

const EditEvidence = ({ evidence, onChange }: { evidence: Action['evidence']; onChange: (evidence: Action['evidence']) => void }) => {
  const { t } = useWords();
  return (
    <fieldset className="field">
      <legend>{t('procedure.evidence')}</legend>
      <div>
        <Checkbox
          checked={evidence !== undefined}
          onChange={(event) => onChange(event.target.checked ? { min: 1, kinds: ['photo'] } : undefined)}
        >
          {t('procedure.evidenceAsk')}
        </Checkbox>
      </div>
      {evidence ? (
        <div className="row">
          <InputNumber
            aria-label={t('procedure.evidenceMin')}
            min={0}
            max={20}
            precision={0}
            value={evidence.min}
            onChange={(min) => min !== null && onChange({ ...evidence, min })}
          />
          <Checkbox.Group
            value={evidence.kinds}
            onChange={(kinds) => onChange({ ...evidence, kinds })}
            options={KINDS.map((kind) => ({ value: kind, label: t(`form.kind.${kind}`) }))}
          />
        </div>
      ) : null}
    </fieldset>
  );
};

const EditForm = ({ form, given, onChange }: { form: readonly Field[]; given: ReadonlySet<string>; onChange: (form: Field[]) => void }) => {
  const { t } = useWords();
  const move = (index: number, by: -1 | 1): void => {
    const [one, other] = [form[index]!, form[index + by]!];
    onChange(form.with(index, other).with(index + by, one));
  };
  const add = (): void => {
    const taken = new Set(form.map((field) => field.id));
    let n = 1;
    while (taken.has(`local${n}`)) n += 1;
    onChange([
      ...form,
      { id: `local${n}`, label: { zh: t('procedure.newField') }, type: 'text', required: false, content: true, maxLength: 200 },
    ]);
  };
  return (
    <>
      <h3>{t('procedure.form')}</h3>
      {form.map((field, index) => (
        <EditField
          key={field.id}
          n={index + 1}
          field={field}
          given={given.has(field.id)}
          first={index === 0}
          last={index === form.length - 1}
          onChange={(next) => onChange(form.with(index, next))}
          move={(by) => move(index, by)}
          remove={() => onChange(form.toSpliced(index, 1))}
        />
      ))}
      {form.length < MOST_FIELDS ? <Button onClick={add}>{t('procedure.addField')}</Button> : null}
    </>
  );
};

interface EditActionProps {
  readonly id: string;
  readonly procedure: Procedure;
  readonly base: Action;
  readonly onChange: (action: Action) => void;
}

/** An action: its words, who may, who is kept apart, what is asked and attached. Where it leads and when it may be taken stay as they are. */
export const EditAction = ({ id, procedure, base, onChange }: EditActionProps) => {
  const { t } = useWords();
  const action = procedure.actions[id]!;
  const set = (change: Partial<Action>): void =>
    onChange(Object.fromEntries(Object.entries({ ...action, ...change }).filter(([, value]) => value !== undefined)) as Action);
  return (
    <>
      <EditWords
        id="action-name"
        zh={t('procedure.nameZh')}
        en={t('procedure.nameEn')}
        value={action.label}
        onChange={(label) => label && set({ label })}
      />
      {base.told ? (
        <EditWords
          id="action-told"
          zh={t('procedure.toldZh')}
          en={t('procedure.toldEn')}
          value={action.told}
          onChange={(told) => told && set({ told })}
        />
      ) : (
        <p className="quiet">{t('procedure.notTold')}</p>
      )}
      <EditWho by={action.by} onChange={(by) => set({ by })} />
      <FormField id="action-apart" label={t('procedure.apartEdit')}>
        {(tied) => (
          <Select
            id={tied.id}
            mode="multiple"
            value={action.notBy ?? []}
            onChange={(notBy: Duty[]) => set({ notBy: notBy.length ? notBy : undefined })}
            options={APART.map((duty) => ({ value: duty, label: t(`procedure.duty.${duty}`) }))}
          />
        )}
      </FormField>
      <EditEvidence evidence={action.evidence} onChange={(evidence) => set({ evidence })} />
      <EditForm form={action.form ?? []} given={new Set((base.form ?? []).map((field) => field.id))} onChange={(form) => set({ form })} />
    </>
  );
};
