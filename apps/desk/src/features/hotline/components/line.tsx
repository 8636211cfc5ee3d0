import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { CALL_RESULTS, type CallResult, type CallView, EMERGENCY_NUMBERS } from '@tongxin/domain/hotline/schema.ts';
import { formatTime } from '@tongxin/ui/time.ts';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed } from '../../../lib/load-state.tsx';
import { closeCall, logCall, takeCall } from '../mutations.ts';

/** Results somebody chooses: those of call-backs are said where the call-back is written. */
const CHOSEN = CALL_RESULTS.filter((one) => !['reached', 'unanswered', 'refused'].includes(one));

const clock = (seconds: number): string => `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;

const Timer = ({ call }: { call: CallView }) => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const every = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(every);
  }, []);
  const end = call.endedAt ? Date.parse(call.endedAt) : now;
  return <span className="timer">{clock(Math.max(0, Math.round((end - Date.parse(call.answeredAt ?? call.beganAt)) / 1000)))}</span>;
};

/** Calls that ring, each with its button; and a field for a call that no system announces. */
export const Ringing = ({ calls }: { calls: readonly CallView[] }) => {
  const { t, language } = useWords('hotline');
  const client = useQueryClient();
  const [number, setNumber] = useState('');
  const [id, setId] = useState(uuidv7);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined);
    setBusy(true);
    try {
      await work();
      await client.invalidateQueries({ queryKey: keys.calls });
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  const log = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      await logCall({ id, ...(number.trim() ? { number: number.trim() } : {}) });
      setNumber('');
      setId(uuidv7());
    });
  };
  return (
    <section className="card" aria-labelledby="ringing">
      <h2 id="ringing">{t('hotline.ringing')}</h2>
      <div role="status">
        {calls.length ? (
          <ul className="cards">
            {calls.map((call, i) => (
              <li key={call.id} className="row ringing">
                <span>{formatTime(call.beganAt, language)}</span>
                <span>{t(call.hasNumber ? 'hotline.withNumber' : 'hotline.withheld')}</span>
                {call.extension ? <span className="quiet">{t('hotline.at', { extension: call.extension })}</span> : null}
                <Button
                  type="primary"
                  loading={busy}
                  {...(i === 0 ? { id: 'take', 'aria-keyshortcuts': 'F2' } : {})}
                  onClick={() => void run(() => takeCall(call.id))}
                >
                  {t('hotline.take')}
                </Button>
              </li>
            ))}
          </ul>
        ) : (
          <p className="quiet">{t('hotline.noneRings')}</p>
        )}
      </div>
      <form onSubmit={log}>
        <FormField id="caller-number" label={t('hotline.number')} hint={t('hotline.numberHint')}>
          {(tied) => (
            <Input
              {...tied}
              type="tel"
              maxLength={40}
              autoComplete="off"
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </FormField>
        <Button htmlType="submit" loading={busy}>
          {t('hotline.begin')} <kbd>F2</kbd>
        </Button>
      </form>
      {problem ? <Failed problem={problem} /> : null}
    </section>
  );
};

/** The call in hand: number, how long, whom it was passed on to, and how it ended. The number is gone once it is put away. */
export const Current = ({ call, deed, danger }: { call: CallView; deed: CallResult | undefined; danger: readonly string[] }) => {
  const { t } = useWords('hotline');
  const client = useQueryClient();
  const [chosen, setChosen] = useState<CallResult>();
  const [passedTo, setPassedTo] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const result = chosen ?? deed;
  const close = async (): Promise<void> => {
    if (!result) return;
    setProblem(undefined);
    setBusy(true);
    try {
      await closeCall(call.id, { result, ...(passedTo ? { passedTo } : {}) });
      await client.invalidateQueries({ queryKey: keys.calls });
    } catch (refused) {
      setProblem(refused);
      setBusy(false);
    }
  };
  return (
    <section className="card" aria-labelledby="current">
      <h2 id="current">{t(call.endedAt ? 'hotline.hungUp' : 'hotline.onTheLine')}</h2>
      <p className="number" data-foreign>
        {call.number ?? t('hotline.withheld')}
      </p>
      <p className="row">
        <Timer call={call} />
        {call.extension ? <span className="quiet">{t('hotline.at', { extension: call.extension })}</span> : null}
      </p>
      <fieldset className="field">
        <legend>{t('hotline.passOn')}</legend>
        <div className="row">
          {EMERGENCY_NUMBERS.map((one) => (
            <Button
              key={one}
              aria-pressed={passedTo === one}
              danger={danger.includes(one)}
              type={passedTo === one ? 'primary' : 'default'}
              onClick={() => {
                setPassedTo(passedTo === one ? undefined : one);
                setChosen(passedTo === one ? undefined : 'passedOn');
              }}
            >
              {one}
            </Button>
          ))}
        </div>
      </fieldset>
      <FormField id="call-result" label={t('hotline.result')} hint={t('hotline.resultHint')}>
        {(tied) => (
          <Select<CallResult>
            id={tied.id}
            placeholder={t('form.pick')}
            value={result}
            onChange={setChosen}
            options={CHOSEN.map((value) => ({ value, label: t(`hotline.result.${value}`) }))}
          />
        )}
      </FormField>
      {problem ? <Failed problem={problem} /> : null}
      <Button id="put-away" type="primary" block loading={busy} disabled={!result} aria-keyshortcuts="F9" onClick={() => void close()}>
        {t('hotline.putAway')} <kbd>F9</kbd>
      </Button>
    </section>
  );
};
