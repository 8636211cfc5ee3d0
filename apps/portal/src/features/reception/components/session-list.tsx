import type { SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatDay, formatTime } from '@tongxin/ui/time.ts';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { listSessions } from '../queries.ts';

const Row = ({ session }: { session: SessionView }) => {
  const { t, l, language } = useWords();
  const { id, organizationLabel, postLabel, startsAt, endsAt, place, free, matters, closesAt } = session;
  const open = free.length > 0 && Date.parse(closesAt) > Date.now();
  const facts = (
    <>
      <strong>
        {formatDay(startsAt, language)} {formatTime(startsAt, language)}–{formatTime(endsAt, language)}
      </strong>
      <br />
      {l(organizationLabel)} {l(postLabel)}
      <br />
      <small>{[place, matters].filter(Boolean).join(' · ')}</small>
      <br />
      <small>{open ? t('reception.left', { n: free.length }) : t(free.length ? 'reception.closed' : 'reception.full')}</small>
    </>
  );
  return <li>{open ? <Link to={`/reception/${id}`}>{facts}</Link> : <p>{facts}</p>}</li>;
};

/** When offices receive in the next time: for everybody to read. */
export const SessionList = () => {
  const { t } = useWords();
  const { loaded, reload } = useLoad(listSessions, []);
  return (
    <>
      <h1 tabIndex={-1}>{t('reception.title')}</h1>
      <p>{t('reception.intro')}</p>
      {loaded.state === 'ready' ? (
        loaded.data.length ? (
          <ul class="list">
            {loaded.data.map((session) => (
              <Row key={session.id} session={session} />
            ))}
          </ul>
        ) : (
          <p>{t('reception.none')}</p>
        )
      ) : (
        <LoadState loaded={loaded} again={reload} />
      )}
      <p class="hint">{t('reception.rights')}</p>
      <Link to="/letter" class="button">
        {t('home.letter')}
      </Link>
    </>
  );
};
