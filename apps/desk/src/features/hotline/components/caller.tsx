import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { CALLER_ACTIONS, CallerAction, CallResult, CallView } from '@tongxin/domain/hotline/schema.ts';
import type { CallerCase } from '@tongxin/domain/hotline/view.ts';
import { formatDay } from '@tongxin/ui/time.ts';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { actForCaller, bindCall } from '../mutations.ts';
import { callerQuery } from '../queries.ts';

type Said = (deed: CallResult) => void;

const RESULT = { addInformation: 'added', urge: 'urged', askToReopen: 'added' } as const satisfies Record<CallerAction, CallResult>;

/** One of the caller's reports: where it stands, and what they may do to it by word of mouth. */
const Report = ({ call, row, said }: { call: CallView; row: CallerCase; said: Said }) => {
  const { t, l, language } = useWords('hotline');
  const client = useQueryClient();
  const [open, setOpen] = useState<CallerCase['allowed'][number]>();
  const [words, setWords] = useState('');
  const [commandId, setCommandId] = useState(uuidv7);
  const [problem, setProblem] = useState<unknown>();
  const [done, setDone] = useState<string>();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>, told: string, result: CallResult): Promise<void> => {
    setProblem(undefined);
    setBusy(true);
    try {
      await work();
      setDone(told);
      said(result);
      setOpen(undefined);
      setWords('');
      setCommandId(uuidv7());
      await client.invalidateQueries({ queryKey: ['caller', call.id] });
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  const act = (event: FormEvent): void => {
    event.preventDefault();
    if (!open) return;
    const input = words.trim() ? { [open.field]: words.trim() } : {};
    void run(
      () => actForCaller(call.id, row.id, { commandId, action: open.id, version: row.version, input }),
      l(open.label),
      RESULT[open.id as keyof typeof CALLER_ACTIONS],
    );
  };
  return (
    <li>
      <div className="row">
        <Link to="/cases/$id" params={{ id: row.id }} target="_blank">
          {row.title || row.number}
        </Link>
        <Mark tone={row.ended ? 'quiet' : 'good'}>{l(row.stageLabel)}</Mark>
        {row.protected ? <Mark tone="warn">{t('case.protected')}</Mark> : null}
      </div>
      <div className="quiet">
        {row.number}
        {row.reportedAt ? ` · ${formatDay(row.reportedAt, language)}` : ''}
        {row.leadOrganizationLabel ? ` · ${l(row.leadOrganizationLabel)}` : ''}
      </div>
      {row.told ? <div>{t('hotline.readsAs', { words: l(row.told) })}</div> : null}
      <div className="row">
        {row.allowed.map((action) => (
          <Button key={action.id} size="small" aria-expanded={open?.id === action.id} onClick={() => setOpen(action)}>
            {l(action.label)}
          </Button>
        ))}
        <Button
          size="small"
          loading={busy && !open}
          onClick={() => void run(() => bindCall(call.id, row.id, 'told'), t('hotline.result.told'), 'told')}
        >
          {t('hotline.toldIt')}
        </Button>
        <span role="status">{done ? `✓ ${done}` : ''}</span>
      </div>
      {open ? (
        <form onSubmit={act}>
          <FormField id={`said-${row.id}`} label={l(open.fieldLabel)}>
            {(tied) => (
              <Input.TextArea
                {...tied}
                autoFocus
                autoSize={{ minRows: 2 }}
                maxLength={5000}
                value={words}
                onChange={(event) => setWords(event.target.value)}
              />
            )}
          </FormField>
          <div className="row">
            <Button type="primary" size="small" htmlType="submit" loading={busy} disabled={open.required && !words.trim()}>
              {t('form.submit')}
            </Button>
            <Button size="small" onClick={() => setOpen(undefined)}>
              {t('form.cancel')}
            </Button>
          </div>
        </form>
      ) : null}
      {problem ? <Failed problem={problem} /> : null}
    </li>
  );
};

/** Reports of whoever is on the line: by their number at once, or by the query code they say. Each look stands in their own log. */
export const Caller = ({ call, said }: { call: CallView; said: Said }) => {
  const { t } = useWords('hotline');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState<string>();
  const byNumber = useQuery({ ...callerQuery(call.id), enabled: call.hasNumber });
  const byCode = useQuery({ ...callerQuery(call.id, asked), enabled: asked !== undefined });
  const list = (cases: readonly CallerCase[], none: string) =>
    cases.length ? (
      <ul className="cards">
        {cases.map((row) => (
          <Report key={row.id} call={call} row={row} said={said} />
        ))}
      </ul>
    ) : (
      <p className="quiet">{none}</p>
    );
  return (
    <section className="card" aria-labelledby="caller">
      <h2 id="caller">{t('hotline.reports')}</h2>
      {call.hasNumber ? <Loaded query={byNumber}>{(cases) => list(cases, t('hotline.noReports'))}</Loaded> : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(code.trim());
        }}
      >
        <FormField id="caller-code" label={t('hotline.code')}>
          {(tied) => <Input {...tied} maxLength={40} autoComplete="off" value={code} onChange={(event) => setCode(event.target.value)} />}
        </FormField>
        <Button htmlType="submit" size="small" disabled={code.trim().length < 8}>
          {t('hotline.find')}
        </Button>
      </form>
      {asked === undefined ? null : <Loaded query={byCode}>{(cases) => list(cases, t('hotline.noSuchCode'))}</Loaded>}
      <p className="quiet">{t('hotline.logged')}</p>
    </section>
  );
};
