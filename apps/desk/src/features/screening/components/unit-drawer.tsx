import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { DUE_DAY } from '@tongxin/domain/screening/rules.ts';
import type { Overview } from '@tongxin/domain/screening/schema.ts';
import { InputNumber } from 'antd';
import { useState } from 'react';
import { BodySelect } from '../../../lib/form/body-select.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { MonthField } from '../../../lib/form/month-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { changeScreeningUnit } from '../mutations.ts';

interface UnitDrawerProps {
  readonly month: string;
  /** Absent: another one. */
  readonly unit?: Overview['units'][number] | undefined;
  readonly close: () => void;
}

/** A body that owes a report each month, from when to when and by which day. */
export const UnitDrawer = ({ month, unit, close }: UnitDrawerProps) => {
  const { t, l } = useWords('screening');
  const client = useQueryClient();
  const [commandId] = useState(uuidv7);
  const [organizationId, setOrganization] = useState(unit?.organizationId);
  const [since, setSince] = useState(unit?.since ?? month);
  const [until, setUntil] = useState(unit?.until ?? '');
  const [dueDay, setDueDay] = useState(unit?.dueDay ?? DUE_DAY);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await changeScreeningUnit(organizationId!, { commandId, since, ...(until ? { until } : {}), dueDay });
      await client.invalidateQueries({ queryKey: keys.screening });
      close();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  const missing = organizationId ? (since ? undefined : t('screening.since')) : t('screening.unit');
  return (
    <RegisterDrawer
      title={unit ? l(unit.label) : t('screening.addUnit')}
      close={close}
      problem={problem}
      submit={{ label: t('screening.save'), busy, run: () => void run(), ...(missing ? { missing } : {}) }}
    >
      {unit ? null : (
        <FormField id="screening-unit" label={t('screening.unit')}>
          {(tied) => <BodySelect id={tied.id} {...(organizationId ? { value: organizationId } : {})} onChange={setOrganization} />}
        </FormField>
      )}
      <MonthField id="screening-since" label={t('screening.since')} value={since} onChange={setSince} />
      <MonthField id="screening-until" label={t('screening.until')} optional value={until} onChange={setUntil} />
      <FormField id="screening-due" label={t('screening.dueDay')} hint={t('screening.dueDayHint')}>
        {(tied) => <InputNumber {...tied} min={1} max={28} value={dueDay} onChange={(n) => setDueDay(n ?? DUE_DAY)} />}
      </FormField>
    </RegisterDrawer>
  );
};
