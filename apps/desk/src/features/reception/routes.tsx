import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { isOnDay } from '@tongxin/domain/reception/rules.ts';
import type { HoursKind, SessionRow, SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatDay, formatMonth, formatTime } from '@tongxin/ui/time.ts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { meQuery } from '../../lib/me.ts';
import { CallOff } from './components/call-off.tsx';
import { PublishSession } from './components/publish-session.tsx';
import { Talk } from './components/talk.tsx';
import { monthsQuery, sessionQuery, sessionsQuery } from './queries.ts';

const useHours = () => {
  const { language } = useWords();
  return ({ startsAt, endsAt }: SessionView): string =>
    `${formatDay(startsAt, language)} ${formatTime(startsAt, language)}–${formatTime(endsAt, language)}`;
};

const Row = ({ row, callOff }: { row: SessionRow; callOff: () => void }) => {
  const { t, l } = useWords('reception');
  const hours = useHours();
  const { session, own, booked, came } = row;
  const begun = Date.parse(session.startsAt) <= Date.now();
  return (
    <li className="row">
      {session.calledOff || !own ? (
        <span>{hours(session)}</span>
      ) : (
        <Link to="/reception/$id" params={{ id: session.id }}>
          {hours(session)}
        </Link>
      )}
      <span>{l(session.postLabel)}</span>
      <span className="quiet">{session.kind === 'legal' ? `${t(`legal.way.${session.way}`)} · ${session.place}` : session.place}</span>
      <span className="quiet">{t('reception.taken', { n: booked, of: session.slots })}</span>
      {came ? <span className="quiet">{t('reception.cameOf', { n: came })}</span> : null}
      {session.calledOff ? <Mark>{t('reception.calledOff', { why: session.calledOff })}</Mark> : null}
      {session.calledOff || begun ? null : (
        <Button size="small" onClick={callOff}>
          {t('reception.callOff')}
        </Button>
      )}
    </li>
  );
};

/** Month by month, how often and how many: sums, of nobody. */
const Months = () => {
  const { t, language } = useWords('reception');
  const query = useQuery(monthsQuery);
  return (
    <Loaded query={query}>
      {(months) =>
        months.length ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
          <section className="card scroll" tabIndex={0} aria-label={t('reception.months')}>
            <table className="plain stacked">
              <caption>{t('reception.months')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('reception.month')}</th>
                  {(['sessions', 'slots', 'booked', 'came', 'cases'] as const).map((column) => (
                    <th key={column} scope="col" className="n">
                      {t(`reception.sum.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {months.map((one) => (
                  <tr key={`${one.month} ${one.organizationId}`}>
                    <th scope="row">{formatMonth(`${one.month}-15T04:00:00Z`, language)}</th>
                    {(['sessions', 'slots', 'booked', 'came', 'cases'] as const).map((column) => (
                      <td key={column} className="n" data-label={t(`reception.sum.${column}`)}>
                        {one[column]}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ) : null
      }
    </Loaded>
  );
};

const Hours = ({ kind, office }: { kind: HoursKind; office: string | undefined }) => {
  const { t } = useWords('reception');
  const client = useQueryClient();
  const query = useQuery(sessionsQuery);
  const [publishing, setPublishing] = useState(false);
  const [calling, setCalling] = useState<SessionRow>();
  return (
    <>
      {office ? (
        <p>
          <Button type="primary" onClick={() => setPublishing(true)}>
            {t(kind === 'legal' ? 'legal.publish' : 'reception.publish')}
          </Button>
        </p>
      ) : null}
      <section className="card" aria-labelledby="sessions">
        <h2 id="sessions">{t('reception.sessions')}</h2>
        <Loaded query={query}>
          {(all) => {
            const rows = all.filter(({ session }) => session.kind === kind);
            return rows.length ? (
              <ul className="cards">
                {rows.map((row) => (
                  <Row key={row.session.id} row={row} callOff={() => setCalling(row)} />
                ))}
              </ul>
            ) : (
              <p className="quiet">{t(kind === 'legal' ? 'legal.none' : 'reception.none')}</p>
            );
          }}
        </Loaded>
      </section>
      {publishing && office ? <PublishSession kind={kind} organizationId={office} close={() => setPublishing(false)} /> : null}
      {calling ? (
        <CallOff
          id={calling.session.id}
          booked={calling.booked}
          close={() => setCalling(undefined)}
          done={() => {
            setCalling(undefined);
            void client.invalidateQueries({ queryKey: keys.receptions });
          }}
        />
      ) : null}
    </>
  );
};

/** 接待日: hours the own body published, and what was held. */
export const ReceptionsPage = () => {
  const { t } = useWords('reception');
  const { data: me } = useQuery(meQuery);
  return (
    <>
      <h1>{t('reception.title')}</h1>
      <p className="quiet">{t('reception.hint')}</p>
      <Hours kind="reception" office={me?.posts.find(({ capabilities }) => capabilities.includes('reception.manage'))?.organizationId} />
      <Months />
    </>
  );
};

/** 法律咨询: the reader's own duty hours. */
export const DutyPage = () => {
  const { t } = useWords('reception');
  const { data: me } = useQuery(meQuery);
  return (
    <>
      <h1>{t('legal.title')}</h1>
      <p className="quiet">{t('legal.hint')}</p>
      <Hours kind="legal" office={me?.posts.find(({ capabilities }) => capabilities.includes('legal.advise'))?.organizationId} />
    </>
  );
};

/** The list of one session by its turns: who comes when, and what about. */
export const ReceptionPage = () => {
  const { id } = useParams({ from: '/inside/reception/$id' });
  const { t, l } = useWords('reception');
  const hours = useHours();
  const client = useQueryClient();
  const query = useQuery(sessionQuery(id));
  return (
    <Loaded query={query}>
      {({ session, bookings }) => (
        <>
          <h1>{hours(session)}</h1>
          <p>{[l(session.organizationLabel), l(session.postLabel), session.place, session.matters].filter(Boolean).join(' · ')}</p>
          <Alert type="info" showIcon title={t(session.kind === 'legal' ? 'legal.dayHint' : 'reception.dayHint')} className="field" />
          {bookings.length ? (
            <ol className="cards card" aria-label={t('reception.turns')}>
              {bookings.map((booking) => (
                <Talk
                  key={booking.id}
                  booking={booking}
                  kind={session.kind}
                  onDay={isOnDay(session.startsAt, new Date().toISOString())}
                  changed={(list) => {
                    if (list) client.setQueryData(keys.reception(id), list);
                    else void client.invalidateQueries({ queryKey: keys.reception(id) });
                  }}
                />
              ))}
            </ol>
          ) : (
            <p className="card">{t('reception.nobody')}</p>
          )}
          <p>
            <Link to={session.kind === 'legal' ? '/legal' : '/reception'}>{t('reception.back')}</Link>
          </p>
        </>
      )}
    </Loaded>
  );
};
