import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { DisputeReceipt } from '@tongxin/domain/dispute/schema.ts';
import { HELPLINES } from '@tongxin/domain/dispute/session/rules.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { InnerDoor } from '../../lib/closed.tsx';
import { MonthField } from '../../lib/form/month-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { CountsView } from './components/counts-view.tsx';
import { Invited } from './components/invited.tsx';
import { RegisterForm } from './components/register-form.tsx';
import { Registered } from './components/registered.tsx';
import { ReleaseView } from './components/release-view.tsx';
import { SubsidyRatesCard } from './components/subsidy.tsx';
import { Workspace } from './components/workspace.tsx';
import { releaseDisputes, takeReport } from './mutations.ts';
import { agreementQuery, disputeCaseQuery, disputeCountsQuery, disputeReleasesQuery, disputesQuery } from './queries.ts';

export { MediatorsPage } from './components/mediators-page.tsx';
export { DisputePeoplePage } from './components/people-page.tsx';
export { ReferralsPage } from './components/referrals-page.tsx';

/** 矛盾纠纷: what the reader has in hand, and for a head all of the committee's. Codes and days; names stay where they are read for a reason. */
export const DisputesPage = () => {
  const { t, l, language } = useWords('dispute');
  const navigate = useNavigate();
  const query = useQuery(disputesQuery);
  return (
    <>
      <h1>{t('dispute.title')}</h1>
      <p className="quiet">{t('dispute.hint')}</p>
      <div className="row gap">
        <Button type="primary" onClick={() => void navigate({ to: '/disputes/new' })}>
          {t('dispute.new')}
        </Button>
        <Link to="/disputes/referrals">{t('referral.title')}</Link>
        <Link to="/mediators">{t('mediator.title')}</Link>
      </div>
      <Invited />
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <div className="scroll card">
              <table className="plain stacked">
                <thead>
                  <tr>
                    <th scope="col">{t('dispute.number')}</th>
                    <th scope="col">{t('dispute.kind')}</th>
                    <th scope="col">{t('dispute.area')}</th>
                    <th scope="col">{t('dispute.mediatedOn')}</th>
                    <th scope="col">{t('dispute.stage')}</th>
                    <th scope="col">{t('dispute.performBy')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <td className="nowrap">
                        <Link to="/disputes/$id" params={{ id: row.id }}>
                          {row.number}
                        </Link>{' '}
                        {row.mine ? <Mark>{t('dispute.mine')}</Mark> : null}
                      </td>
                      <td data-label={t('dispute.kind')}>{t(`dispute.kind.${row.kind}`)}</td>
                      <td data-label={t('dispute.area')}>{row.areaLabel ? l(row.areaLabel) : '–'}</td>
                      <td data-label={t('dispute.mediatedOn')} className="nowrap">
                        {formatEntered(row.mediatedOn, language)}
                      </td>
                      <td data-label={t('dispute.stage')}>{l(row.stageLabel)}</td>
                      <td data-label={t('dispute.performBy')} className="nowrap">
                        {row.dueOn ? formatEntered(row.dueOn, language) : '–'}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <p className="card">{t('dispute.none')}</p>
          )
        }
      </Loaded>
    </>
  );
};

export const NewDisputePage = () => {
  const { t } = useWords('dispute');
  const [made, setMade] = useState<{ receipt: DisputeReceipt; names: readonly string[] }>();
  return (
    <>
      <h1>{t('dispute.new')}</h1>
      {made ? (
        <Registered {...made} next={() => setMade(undefined)} />
      ) : (
        <RegisterForm done={(receipt, names) => setMade({ receipt, names })} />
      )}
    </>
  );
};

/** What is to be done before anybody can talk, and where. */
const NEXT = {
  registered: '/cases/$id',
  consulting: '/disputes/$id/people',
  choosing: '/disputes/$id/people',
} as const;

const NextStep = ({ id, stage }: { readonly id: string; readonly stage: string }) => {
  const { t } = useWords('dispute');
  const next = stage in NEXT ? (stage as keyof typeof NEXT) : undefined;
  if (!next) return null;
  return (
    <Alert
      type="info"
      showIcon
      className="field"
      title={t(`dispute.next.${next}`)}
      action={
        <Link to={NEXT[next]} params={{ id }}>
          {t(next === 'registered' ? 'dispute.record' : 'dispute.people')}
        </Link>
      }
    />
  );
};

/** A mediation that was stopped for safety: what is done now, and what nobody is told. */
const Stopped = () => {
  const { t, l } = useWords('dispute');
  return (
    <Alert
      type="warning"
      showIcon
      className="field"
      title={t('dispute.stopped')}
      description={
        <>
          <p>{t('dispute.stoppedNext')}</p>
          <p>{HELPLINES.map(({ label, telephone }) => `${l(label)} ${telephone}`).join(' · ')}</p>
        </>
      }
    />
  );
};

/** One dispute: where its own work is done. Its record, people and clocks stay on the page of the case. */
export const DisputePage = () => {
  const { t, l } = useWords('dispute');
  const { id } = useParams({ from: '/inside/disputes/$id' });
  const agreement = useQuery(agreementQuery(id));
  const about = useQuery(disputeCaseQuery(id));
  return (
    <>
      <p>
        <Link to="/disputes">‹ {t('dispute.title')}</Link>
      </p>
      <Loaded query={about}>
        {(view) => (
          <>
            <div className="row">
              <h1>{view.number}</h1>
              <Mark tone={view.stage === 'stopped' ? 'warn' : 'good'}>{l(view.stageLabel)}</Mark>
              <Link to="/cases/$id" params={{ id }}>
                {t('dispute.record')}
              </Link>
              <Link to="/disputes/$id/people" params={{ id }}>
                {t('dispute.people')}
              </Link>
            </div>
            <p>{view.text}</p>
            <NextStep id={id} stage={view.stage} />
            {view.stage === 'stopped' ? <Stopped /> : null}
            <Loaded query={agreement}>{(found) => <Workspace key={found.stage} view={found} facts={view.text ?? ''} />}</Loaded>
          </>
        )}
      </Loaded>
    </>
  );
};

/** The month before this one, which is over. */
const lastMonth = (): string => {
  const [year, month] = instantToLocalDate(new Date().toISOString()).split('-').map(Number) as [number, number];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
};

/** What everybody may know of past months and of what is paid for a case; the exact figures for whoever counts by law. */
export const DisputeCountsPage = () => {
  const { t } = useWords('dispute');
  const releases = useQuery(disputeReleasesQuery);
  return (
    <>
      <h1>{t('dispute.counts')}</h1>
      <InnerDoor route="/disputes/counts">
        <Counts />
      </InnerDoor>
      <Loaded query={releases}>
        {(found) => (
          <>
            {found.map((release) => (
              <ReleaseView key={release.month} release={release} />
            ))}
          </>
        )}
      </Loaded>
      <SubsidyRatesCard />
    </>
  );
};

/** Figures for the reports that the law asks for, exact and for this reader only; and what of them everybody may know. */
const Counts = () => {
  const { t, why } = useWords('dispute');
  const client = useQueryClient();
  const [month, setMonth] = useState(lastMonth);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const counts = useQuery(disputeCountsQuery(month));
  const publish = async (): Promise<void> => {
    setBusy(true);
    setWrong('');
    try {
      await releaseDisputes(month);
      await client.invalidateQueries({ queryKey: keys.disputeReleases });
      await client.invalidateQueries({ queryKey: keys.disputeCounts(month) });
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  return (
    <>
      <p className="quiet">{t('dispute.countsHint')}</p>
      <section className="card" aria-label={t('dispute.counts')}>
        <MonthField id="month" label={t('dispute.month')} value={month} onChange={setMonth} />
        <Loaded query={counts}>
          {(found) => (
            <>
              <CountsView counts={found.counts} />
              {wrong ? <Alert type="error" role="alert" showIcon title={wrong} className="field" /> : null}
              <Button
                loading={busy}
                onClick={() => {
                  setBusy(true);
                  setWrong('');
                  takeReport(month, t('dispute.report'))
                    .catch((problem) => setWrong(why(problem)))
                    .finally(() => setBusy(false));
                }}
              >
                {t('dispute.takeReport')}
              </Button>{' '}
              {found.releasedAt ? null : (
                <Button loading={busy} onClick={() => void publish()}>
                  {t('dispute.release')}
                </Button>
              )}
            </>
          )}
        </Loaded>
      </section>
    </>
  );
};
