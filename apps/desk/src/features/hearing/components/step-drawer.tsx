import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { mostReplaced } from '@tongxin/domain/hearing/rules.ts';
import { type DeskHearing, REASONS, type Reason } from '@tongxin/domain/hearing/schema.ts';
import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { FileField } from '../../../lib/form/file-field.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { callOffHearing, drawPanel, giveOpinion, publishHearing, recordHearing, replacePanellist } from '../mutations.ts';

export type Step = 'draw' | 'replace' | 'hold' | 'opinion' | 'publish' | 'callOff';

interface StepDrawerProps {
  readonly hearing: DeskHearing;
  readonly step: Step;
  readonly close: () => void;
  readonly done: () => void;
}

/** The steps that have a door of their own: draw, replace, minutes, the panel's opinion, publication, calling off. */
export const StepDrawer = ({ hearing, step, close, done }: StepDrawerProps) => {
  const { t } = useWords('hearing');
  const { id, seats, sitting, published, lot } = hearing;
  const [commandId] = useState(uuidv7);
  const [spoken, setSpoken] = useState('');
  const [no, setNo] = useState<string>();
  const [reason, setReason] = useState<Reason>('challenged');
  const [votes, setVotes] = useState({ for: seats, against: 0, abstained: 0 });
  const [words, setWords] = useState({
    minutes: '',
    opinion: published?.opinion ?? '',
    dissent: '',
    reply: published?.reply ?? '',
    because: '',
  });
  const [files, setFiles] = useState<readonly UploadFile[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const { minutes, opinion, dissent, reply, because } = words;
  const runs = {
    draw: () => drawPanel(id, { commandId, spoken: spoken.trim() }),
    replace: () => replacePanellist(id, { commandId, no: no!, reason }),
    hold: () => recordHearing(id, { commandId, minutes }, files),
    opinion: () => giveOpinion(id, { commandId, ...votes, opinion, ...(dissent.trim() ? { dissent } : {}) }),
    publish: () => publishHearing(id, { opinion, reply }),
    callOff: () => callOffHearing(id, { commandId, because }),
  } as const;
  const missing = {
    draw: spoken.trim() ? undefined : t('hearing.spoken'),
    replace: no ? undefined : t('hearing.panel'),
    hold: minutes.trim() ? undefined : t('hearing.minutes'),
    opinion: opinion.trim() ? undefined : t('hearing.opinion'),
    publish: !opinion.trim() ? t('hearing.opinion') : !reply.trim() ? t('hearing.reply') : undefined,
    callOff: because.trim() ? undefined : t('hearing.because'),
  }[step];
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await runs[step]();
      done();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  const area = (field: keyof typeof words, label: string, hint?: string, most = 3000) => (
    <FormField id={`hearing-${field}`} label={label} {...(hint ? { hint } : {})}>
      {(tied) => (
        <Input.TextArea
          {...tied}
          maxLength={most}
          autoSize={{ minRows: 3, maxRows: 12 }}
          value={words[field]}
          onChange={(event) => setWords({ ...words, [field]: event.target.value })}
        />
      )}
    </FormField>
  );
  return (
    <RegisterDrawer
      title={t(`hearing.step.${step}`)}
      close={close}
      problem={problem}
      submit={{ label: t(`hearing.step.${step}`), busy, run: () => void run(), ...(missing ? { missing } : {}) }}
    >
      {step === 'draw' ? (
        <>
          <p>{t('hearing.drawHint')}</p>
          <FormField id="hearing-spoken" label={t('hearing.spoken')} hint={t('hearing.spokenHint')}>
            {(tied) => <Input {...tied} maxLength={40} value={spoken} onChange={(event) => setSpoken(event.target.value)} />}
          </FormField>
        </>
      ) : null}
      {step === 'replace' ? (
        <>
          <p>{t('hearing.replaceHint', { n: mostReplaced(seats) - (lot?.fallenOut.length ?? 0) })}</p>
          <FormField id="hearing-no" label={t('hearing.panel')}>
            {(tied) => (
              <Select
                {...tied}
                placeholder={t('form.pick')}
                {...(no ? { value: no } : {})}
                onChange={(chosen: string) => setNo(chosen)}
                options={sitting.map((one) => ({ value: one.no, label: `${one.no} ${one.name}` }))}
              />
            )}
          </FormField>
          <FormField id="hearing-reason" label={t('hearing.why')}>
            {(tied) => (
              <Select
                {...tied}
                value={reason}
                onChange={(chosen: Reason) => setReason(chosen)}
                options={REASONS.map((value) => ({ value, label: t(`hearing.reason.${value}`) }))}
              />
            )}
          </FormField>
        </>
      ) : null}
      {step === 'hold' ? (
        <>
          {area('minutes', t('hearing.minutes'), t('hearing.minutesHint'), 20_000)}
          <FileField id="hearing-pages" label={t('hearing.pages')} files={files} onChange={setFiles} />
        </>
      ) : null}
      {step === 'opinion' ? (
        <>
          {(['for', 'against', 'abstained'] as const).map((side) => (
            <FormField key={side} id={`hearing-${side}`} label={t(`hearing.votes.${side}`)}>
              {(tied) => (
                <InputNumber {...tied} min={0} max={seats} value={votes[side]} onChange={(n) => setVotes({ ...votes, [side]: n ?? 0 })} />
              )}
            </FormField>
          ))}
          {area('opinion', t('hearing.opinion'))}
          {area('dissent', t('hearing.dissent'))}
        </>
      ) : null}
      {step === 'callOff' ? area('because', t('hearing.because'), t('hearing.becauseHint'), 300) : null}
      {step === 'publish' ? (
        <>
          {area('opinion', t('hearing.opinion'), t('hearing.publishHint'))}
          {area('reply', t('hearing.reply'))}
        </>
      ) : null}
    </RegisterDrawer>
  );
};
