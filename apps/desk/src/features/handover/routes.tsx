import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import type { Handover } from '@tongxin/domain/handover/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../lib/form/form-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { meQuery } from '../../lib/me.ts';
import { Wrong } from '../../lib/wrong.tsx';
import { CaseTable } from './components/case-table.tsx';
import { LeaveForm } from './components/leave-form.tsx';
import { ShiftLine } from './components/shift-line.tsx';
import { receiveShift } from './mutations.ts';
import { handoverQuery, handoversQuery } from './queries.ts';

/** 交接班: hand over, receive, and what was handed over before. */
export const HandoversPage = () => {
  const { t, l, language } = useWords('handover');
  const { data: me } = useQuery(meQuery);
  const query = useQuery(handoversQuery);
  const offices = (me?.posts ?? []).filter(
    (post, index, all) =>
      post.capabilities.includes('case.read') && all.findIndex((one) => one.organizationId === post.organizationId) === index,
  );
  const [chosen, setChosen] = useState<string>();
  const [leaving, setLeaving] = useState(false);
  const organizationId = chosen ?? offices[0]?.organizationId;
  return (
    <>
      <h1>{t('handover.title')}</h1>
      <section className="card" aria-labelledby="handovers">
        <h2 id="handovers">{t('handover.kept')}</h2>
        <Loaded query={query}>
          {(rows) =>
            rows.length ? (
              <ul className="cards">
                {rows.map((row) => (
                  <li key={row.id} className="row">
                    <Link to="/handovers/$id" params={{ id: row.id }}>
                      {formatInstant(row.leftAt, language)}
                    </Link>
                    <span>{row.leftBy ? l(row.leftBy) : ''}</span>
                    <span className="quiet">{t('handover.counts', { n: row.cases, due: row.dueNext })}</span>
                    {row.receivedAt ? <Mark tone="good">{t('handover.received')}</Mark> : <Mark tone="warn">{t('handover.waiting')}</Mark>}
                    {row.mayReceive ? <strong>{t('handover.yours')}</strong> : null}
                  </li>
                ))}
              </ul>
            ) : (
              <p className="quiet">{t('handover.noneKept')}</p>
            )
          }
        </Loaded>
      </section>
      {organizationId ? (
        leaving ? (
          <>
            {offices.length > 1 ? (
              <FormField id="handover-office" label={t('handover.office')}>
                {(tied) => (
                  <Select
                    id={tied.id}
                    value={organizationId}
                    onChange={setChosen}
                    options={offices.map((post) => ({ value: post.organizationId, label: l(post.organization) }))}
                  />
                )}
              </FormField>
            ) : null}
            <LeaveForm key={organizationId} organizationId={organizationId} />
          </>
        ) : (
          <Button type="primary" onClick={() => setLeaving(true)}>
            {t('handover.leave')}
          </Button>
        )
      ) : null}
    </>
  );
};

export const HandoverPage = () => {
  const { t } = useWords('handover');
  const { id } = useParams({ from: '/inside/handovers/$id' });
  const query = useQuery(handoverQuery(id));
  return (
    <>
      <p className="screen-only">
        <Link to="/handovers">‹ {t('handover.title')}</Link>
      </p>
      <Loaded query={query}>{(sheet) => <Sheet sheet={sheet} />}</Loaded>
    </>
  );
};

const Sheet = ({ sheet }: { sheet: Handover }) => {
  const { t, l, language } = useWords('handover');
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const receive = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      client.setQueryData(keys.handover(sheet.id), await receiveShift(sheet.id, words.trim() ? { words: words.trim() } : {}));
      void client.invalidateQueries({ queryKey: keys.handovers, exact: true });
    } catch (failure) {
      setProblem(failure);
      void client.invalidateQueries({ queryKey: keys.handover(sheet.id) });
    }
    setBusy(false);
  };
  return (
    <article aria-label={t('handover.sheet')}>
      <div className="row">
        <h1>
          {l(sheet.organizationLabel)} {t('handover.sheet')}
        </h1>
        <span className="screen-only">
          <Button onClick={() => window.print()}>{t('handover.print')}</Button>
        </span>
      </div>
      <section className="card">
        <ShiftLine {...sheet}>
          <dt>{t('handover.leftBy')}</dt>
          <dd>
            {sheet.leftBy ? l(sheet.leftBy) : '–'} · {formatInstant(sheet.leftAt, language)}
          </dd>
          <dt>{t('handover.receivedBy')}</dt>
          <dd>
            {sheet.receivedAt ? (
              <>
                {sheet.receivedBy ? l(sheet.receivedBy) : '–'} · {formatInstant(sheet.receivedAt, language)}
              </>
            ) : (
              <Mark tone="warn">{t('handover.waiting')}</Mark>
            )}
          </dd>
        </ShiftLine>
        <h2>{t('handover.words')}</h2>
        <p className="words">{sheet.words ?? t('handover.noWords')}</p>
        {sheet.receivedWords ? (
          <>
            <h2>{t('handover.receivedWords')}</h2>
            <p className="words">{sheet.receivedWords}</p>
          </>
        ) : null}
      </section>
      {sheet.mayReceive ? (
        <form className="card screen-only" onSubmit={(event) => void receive(event)} noValidate aria-label={t('handover.receive')}>
          <FormField id="receive-words" label={t('handover.receivedWords')}>
            {(tied) => (
              <Input.TextArea
                {...tied}
                maxLength={2000}
                autoSize={{ minRows: 2, maxRows: 8 }}
                value={words}
                onChange={(event) => setWords(event.target.value)}
              />
            )}
          </FormField>
          <Wrong problem={problem} />
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('handover.receive')}
          </Button>
        </form>
      ) : null}
      <section className="card">
        {sheet.list.length ? (
          <CaseTable
            cases={sheet.list}
            caption={t(sheet.more ? 'handover.openMore' : 'handover.open', {
              n: sheet.list.length,
              due: sheet.dueNext,
              time: formatInstant(sheet.until, language),
            })}
          />
        ) : (
          <p>{t('handover.noneOpen')}</p>
        )}
      </section>
      <p className="print-only signatures">{t('handover.signatures')}</p>
    </article>
  );
};
