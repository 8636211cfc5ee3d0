import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { stopForSafety } from '../mutations.ts';
import { disputeCaseQuery } from '../queries.ts';
import { useStep } from './use-step.tsx';

/** Where danger was told the mediation is stopped on the spot, and whoever is in danger is referred: the same step as on the page of the case. */
export const Stop = ({ caseId, risk: told }: { caseId: string; risk: string }) => {
  const { t, l, why } = useWords();
  const { data: view } = useQuery(disputeCaseQuery(caseId));
  const { run, busy, problem } = useStep(caseId);
  const [commandId] = useState(uuidv7);
  const [risk, setRisk] = useState(told);
  const [referredTo, setReferredTo] = useState<string>('police');
  const stop = view?.allowed.find(({ id }) => id === 'stopForSafety');
  if (!view || !stop) return null;
  const options = (field: string) =>
    stop.form.find(({ id }) => id === field)?.options?.map(({ value, label }) => ({ value, label: l(label) })) ?? [];
  const labelOf = (field: string): string => stop.form.filter(({ id }) => id === field).map(({ label }) => l(label))[0] ?? '';
  return (
    <>
      <FormField id="stop-risk" label={labelOf('risk')}>
        {(tied) => <Select {...tied} value={risk} onChange={(value: string) => setRisk(value)} options={options('risk')} />}
      </FormField>
      <FormField id="stop-to" label={labelOf('referredTo')} hint={t('session.stopHint')}>
        {(tied) => (
          <Select {...tied} value={referredTo} onChange={(value: string) => setReferredTo(value)} options={options('referredTo')} />
        )}
      </FormField>
      {problem ? <Alert role="alert" type="error" showIcon className="field" title={why(problem)} /> : null}
      <Button
        type="primary"
        danger
        loading={busy}
        onClick={() => void run(() => stopForSafety(caseId, { commandId, version: view.version, risk, referredTo }))}
      >
        {l(stop.label)}
      </Button>
    </>
  );
};
