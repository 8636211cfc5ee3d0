import type { ClockDefinition, Limit, Rung } from '@tongxin/domain/clock/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { isLawful, isWindow } from '@tongxin/domain/variant/rules.ts';
import { Alert, Button, Input, Radio, Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import { EditLimit } from './edit-limit.tsx';
import { EditWords } from './edit-words.tsx';

const WHEN = ['before', 'at', 'after', 'since'] as const;
const KINDS = ['dueSoon', 'overdue', 'escalate'] as const;
const TELL = ['handler', 'leadBody', 'receivingBody', 'thirdResponsible', 'secondResponsible', 'firstResponsible', 'reporter'] as const;
const MOST_RUNGS = 12;

interface EditRungProps {
  readonly n: number;
  readonly rung: Rung;
  readonly procedure: Procedure;
  readonly onChange: (rung: Rung) => void;
  readonly remove: () => void;
}

const EditRung = ({ n, rung, procedure, onChange, remove }: EditRungProps) => {
  const { t } = useWords('procedure');
  const words = useProcedureWords();
  const name = t('procedure.rungRow', { n });
  const setWhen = (when: Rung['when']): void => {
    const { offset, ...rest } = rung;
    onChange(when === 'at' ? { ...rest, when } : { ...rest, when, offset: offset ?? { amount: 1, unit: 'workingDay' } });
  };
  return (
    <fieldset className="field part-row">
      <legend>
        {name} <span className="quiet">{words.rung(rung, procedure)}</span>
      </legend>
      <div className="row">
        <Select
          aria-label={`${name} ${t('procedure.rungWhen')}`}
          value={rung.when}
          onChange={setWhen}
          options={WHEN.map((when) => ({ value: when, label: t(`procedure.when.${when}`) }))}
        />
        {rung.offset ? (
          <EditLimit id={`rung-${n}`} of={name} value={rung.offset} onChange={(offset) => onChange({ ...rung, offset })} />
        ) : null}
        <Select
          aria-label={`${name} ${t('procedure.rungKind')}`}
          value={rung.kind}
          onChange={(kind) => onChange({ ...rung, kind })}
          options={KINDS.map((kind) => ({ value: kind, label: t(`procedure.kind.${kind}`) }))}
        />
        <Select
          mode="multiple"
          className="grows"
          aria-label={`${name} ${t('procedure.rungTell')}`}
          placeholder={t('procedure.rungTell')}
          value={[...rung.tell]}
          onChange={(tell) => onChange({ ...rung, tell })}
          options={TELL.map((one) => ({ value: one, label: t(`procedure.tell.${one}`) }))}
        />
        <Button size="small" onClick={remove} aria-label={`${t('procedure.remove')} ${name}`}>
          {t('procedure.remove')}
        </Button>
      </div>
    </fieldset>
  );
};

interface EditClockProps {
  readonly id: string;
  readonly procedure: Procedure;
  /** As it stands in what is varied. */
  readonly base: ClockDefinition;
  readonly onChange: (clock: ClockDefinition) => void;
}

/** A limit: its name, how long it is, what it rests on, and its reminders. */
export const EditClock = ({ id, procedure, base, onChange }: EditClockProps) => {
  const { t, l } = useWords('procedure');
  const words = useProcedureWords();
  const clock = procedure.clocks[id]!;
  const set = (change: Partial<ClockDefinition>): void => onChange({ ...clock, ...change });
  const limit = 'fixed' in clock.limit ? clock.limit.fixed : clock.limit.otherwise;
  const byCategory = !('fixed' in clock.limit);
  const setLimit = (next: Limit, category: boolean): void =>
    set({ limit: category ? { category: true, otherwise: next } : { fixed: next } });
  const setRung = (index: number, rung: Rung): void => set({ ladder: clock.ladder.with(index, rung) });
  const addRung = (): void => {
    const taken = new Set(clock.ladder.map((rung) => rung.id));
    let n = 1;
    while (taken.has(`local${n}`)) n += 1;
    const fresh: Rung = { id: `local${n}`, when: 'before', offset: { amount: 1, unit: 'workingDay' }, kind: 'dueSoon', tell: ['handler'] };
    set({ ladder: [...clock.ladder, fresh] });
  };
  return (
    <>
      <FormField id="limit-amount" label={t('procedure.length')}>
        {(tied) => <EditLimit id={tied.id} of={l(clock.label)} value={limit} onChange={(next) => setLimit(next, byCategory)} />}
      </FormField>
      <fieldset className="field">
        <legend>{t('procedure.limitOf')}</legend>
        <Radio.Group
          value={byCategory}
          onChange={(event) => setLimit(limit, event.target.value)}
          options={[
            { value: false, label: t('procedure.limitFixed') },
            { value: true, label: t('procedure.limitCategory') },
          ]}
        />
      </fieldset>
      {isLawful(base) ? (
        <Alert
          type="warning"
          showIcon
          className="field"
          title={t(isWindow(base) ? 'procedure.lawfulWindow' : 'procedure.lawful', { source: words.basis(base.source) })}
        />
      ) : null}
      <EditWords
        id="clock-name"
        zh={t('procedure.nameZh')}
        en={t('procedure.nameEn')}
        value={clock.label}
        onChange={(label) => label && set({ label })}
      />
      <FormField id="clock-source" label={t('procedure.sourceEdit')}>
        {(tied) => <Input {...tied} maxLength={200} value={clock.source} onChange={(event) => set({ source: event.target.value })} />}
      </FormField>
      <h3>{t('procedure.reminders')}</h3>
      {clock.ladder.map((rung, index) => (
        <EditRung
          key={rung.id}
          n={index + 1}
          rung={rung}
          procedure={procedure}
          onChange={(next) => setRung(index, next)}
          remove={() => set({ ladder: clock.ladder.toSpliced(index, 1) })}
        />
      ))}
      {clock.ladder.length < MOST_RUNGS ? <Button onClick={addRung}>{t('procedure.addRung')}</Button> : null}
    </>
  );
};
