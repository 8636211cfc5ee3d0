import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { CallBackRow } from '@tongxin/domain/hotline/view.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Alert, Button, Input, Modal, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { callBack, readParty } from '../mutations.ts';
import { callBacksQuery } from '../queries.ts';

const SOLVED = ['yes', 'partly', 'no'] as const;
const SATISFACTION = ['satisfied', 'basicallySatisfied', 'dissatisfied'] as const;

/** What somebody said who was reached: solved, content, and their words. */
const Reached = ({ row, send, close }: { row: CallBackRow; send: (input: Record<string, string>) => Promise<void>; close: () => void }) => {
  const { t } = useWords('hotline');
  const [solved, setSolved] = useState<(typeof SOLVED)[number]>();
  const [satisfaction, setSatisfaction] = useState<(typeof SATISFACTION)[number]>();
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!solved || !satisfaction) return;
    setBusy(true);
    await send({ solved, satisfaction, ...(words.trim() ? { words: words.trim() } : {}) });
    setBusy(false);
  };
  return (
    <Modal open title={`${t('callBack.reached')} · ${row.number}`} onCancel={close} footer={null} destroyOnHidden>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <fieldset className="field">
          <legend>{t('callBack.solved')}</legend>
          <Radio.Group
            name="solved"
            value={solved}
            onChange={(event) => setSolved(event.target.value)}
            options={SOLVED.map((value) => ({ value, label: t(`callBack.solved.${value}`) }))}
          />
        </fieldset>
        <fieldset className="field">
          <legend>{t('callBack.satisfaction')}</legend>
          <Radio.Group
            name="satisfaction"
            value={satisfaction}
            onChange={(event) => setSatisfaction(event.target.value)}
            options={SATISFACTION.map((value) => ({ value, label: t(`callBack.satisfaction.${value}`) }))}
          />
        </fieldset>
        <FormField id="call-back-words" label={t('callBack.words')}>
          {(tied) => (
            <Input.TextArea
              {...tied}
              autoSize={{ minRows: 2 }}
              maxLength={5000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </FormField>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!solved || !satisfaction}>
          {t('form.submit')}
        </Button>
      </form>
    </Modal>
  );
};

const Row = ({ row }: { row: CallBackRow }) => {
  const { t, language, list } = useWords('hotline');
  const client = useQueryClient();
  const [ids] = useState(() => ({ begun: undefined as string | undefined }));
  const [number, setNumber] = useState<string>();
  const [reaching, setReaching] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState<string>();
  const run = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined);
    setBusy(what);
    try {
      await work();
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(undefined);
  };
  const showNumber = () =>
    run('number', async () => {
      const details = await readParty(row.id, row.partyIds[0]!, { purpose: t('callBack.purpose'), fields: ['phone'] });
      ids.begun = new Date().toISOString();
      setNumber(details.phone ?? t('callBack.noNumber'));
    });
  const attempt = (outcome: 'reached' | 'unanswered' | 'refused', input?: Record<string, string>) =>
    run(outcome, async () => {
      await callBack(row.id, {
        commandId: uuidv7(),
        callId: uuidv7(),
        version: row.version,
        outcome,
        ...(input ? { input } : {}),
        ...(ids.begun ? { beganAt: ids.begun } : {}),
      });
      setReaching(false);
      setNumber(undefined);
      await client.invalidateQueries({ queryKey: keys.callBacks });
    });
  const due = Date.parse(row.nextAt) <= Date.now();
  return (
    <li>
      <div className="row">
        <Link to="/cases/$id" params={{ id: row.id }}>
          {row.title || row.number}
        </Link>
        <span className="quiet">{row.number}</span>
        {row.protected ? <Mark tone="warn">{t('case.protected')}</Mark> : null}
        <Mark tone={due ? 'good' : 'quiet'}>
          {due ? t('callBack.now') : t('callBack.next', { time: formatShort(row.nextAt, language) })}
        </Mark>
      </div>
      <div className="quiet">
        {t('callBack.answered', { time: formatShort(row.answeredAt, language) })}
        {row.attempts.length
          ? ` · ${t('callBack.tried', { n: row.attempts.length, times: list(row.attempts.map((at) => formatShort(at, language))) })}`
          : ''}
      </div>
      <div className="row">
        {number ? (
          <strong data-foreign>{number}</strong>
        ) : (
          <Button size="small" loading={busy === 'number'} disabled={!row.partyIds.length} onClick={() => void showNumber()}>
            {t('callBack.number')}
          </Button>
        )}
        <Button size="small" type="primary" onClick={() => setReaching(true)}>
          {t('callBack.reached')}
        </Button>
        <Button size="small" loading={busy === 'unanswered'} onClick={() => void attempt('unanswered')}>
          {t('callBack.unanswered')}
        </Button>
        <Button size="small" loading={busy === 'refused'} onClick={() => void attempt('refused')}>
          {t('callBack.refused')}
        </Button>
      </div>
      {problem ? <Failed problem={problem} /> : null}
      {reaching ? <Reached row={row} send={(input) => attempt('reached', input)} close={() => setReaching(false)} /> : null}
    </li>
  );
};

/** Cases that wait for a call-back: whom to try now first. Reading a number names its purpose by itself and stands in that person's log. */
export const CallBacks = () => {
  const { t } = useWords('hotline');
  const query = useQuery(callBacksQuery);
  return (
    <section className="card" aria-labelledby="call-backs">
      <h2 id="call-backs">{t('callBack.waiting')}</h2>
      <Alert type="info" showIcon className="field" title={t('callBack.hint')} />
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="cards">
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </ul>
          ) : (
            <p className="quiet">{t('callBack.none')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
