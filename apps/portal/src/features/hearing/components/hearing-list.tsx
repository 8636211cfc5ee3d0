import { formatDay, formatTime } from '@tongxin/ui/time.ts';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { listHearings } from '../queries.ts';

/** Public hearings, those to come and those that were held. */
export const HearingList = () => {
  const { t, l, language } = useWords();
  const { loaded, reload } = useLoad(listHearings, []);
  return (
    <>
      <h1 tabIndex={-1}>{t('hearing.title')}</h1>
      <p>{t('hearing.intro')}</p>
      {loaded.state === 'ready' ? (
        loaded.data.length ? (
          <ul class="list">
            {loaded.data.map(({ id, matter, startsAt, place, organizationLabel, stageLabel }) => (
              <li key={id}>
                <Link to={`/hearings/${id}`}>
                  <strong>{matter}</strong>
                  <br />
                  {formatDay(startsAt, language)} {formatTime(startsAt, language)} · {place}
                  <br />
                  <small>
                    {l(organizationLabel)} · {l(stageLabel)}
                  </small>
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <p>{t('hearing.none')}</p>
        )
      ) : (
        <LoadState loaded={loaded} again={reload} />
      )}
    </>
  );
};
