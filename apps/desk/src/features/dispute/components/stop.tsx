import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { riskOf } from '@tongxin/domain/dispute/session/rules.ts';
import type { SafetyQuestion } from '@tongxin/domain/dispute/session/schema.ts';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { stopDispute } from '../mutations.ts';
import { disputeCaseQuery } from '../queries.ts';
import { useStep } from './use-step.tsx';

/**
 * Where danger was told the mediation is stopped on the spot, and whoever is in danger is referred: the same step as on the page of the case. A
 * child that may be harmed is reported.
 */
export const Stop = ({ caseId, yes }: { caseId: string; yes: readonly SafetyQuestion[] }) => {
  const { t, l } = useWords('dispute');
  const { data: view } = useQuery(disputeCaseQuery(caseId));
  const { run, busy, problem } = useStep(caseId);
  const [commandId] = useState(uuidv7);
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({
    risk: riskOf(yes),
    referredTo: 'police',
    reportedTo: 'police',
  });
  const stop = view?.allowed.find(({ id }) => id === (yes.includes('childHarmed') ? 'reportChild' : 'stopForSafety'));
  if (!view || !stop) return null;
  const input = Object.fromEntries(
    stop.form.flatMap(({ id }): [string, string][] => {
      const words = written[id]?.trim();
      return words ? [[id, words]] : [];
    }),
  );
  const write = (id: string, value: string): void => setWritten((before) => ({ ...before, [id]: value }));
  return (
    <>
      <p className="quiet">{t('session.stopHint')}</p>
      {stop.form.map(({ id, label, hint, options }) => (
        <FormField key={id} id={`stop-${id}`} label={l(label)} {...(hint ? { hint: l(hint) } : {})}>
          {(tied) =>
            options ? (
              <Select
                {...tied}
                value={written[id]}
                onChange={(value: string) => write(id, value)}
                options={options.map((one) => ({ value: one.value, label: l(one.label) }))}
              />
            ) : (
              <Input.TextArea
                {...tied}
                autoSize={{ minRows: 2 }}
                maxLength={2000}
                value={written[id] ?? ''}
                onChange={(event) => write(id, event.target.value)}
              />
            )
          }
        </FormField>
      ))}
      <Wrong problem={problem} />
      <Button
        type="primary"
        danger
        loading={busy}
        disabled={stop.form.some(({ id, required }) => required && !input[id])}
        onClick={() => void run(() => stopDispute(caseId, { commandId, version: view.version, action: stop.id, input }))}
      >
        {l(stop.label)}
      </Button>
    </>
  );
};
