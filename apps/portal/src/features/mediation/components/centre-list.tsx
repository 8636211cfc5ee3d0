import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { listCentres } from '../queries.ts';
import { AreaChoice } from './area-choice.tsx';

/** 调解中心: of the chosen place and above it, the nearest first. */
export const CentreList = () => {
  const { t, l, language } = useWords();
  const [areaId, setAreaId] = useState<string>();
  const { loaded, reload } = useLoad((signal) => listCentres(areaId, signal), [areaId, language]);
  return (
    <>
      <h1 tabIndex={-1}>{t('centre.title')}</h1>
      <p>{t('centre.intro')}</p>
      <AreaChoice wrong={undefined} onChange={setAreaId} />
      {loaded.state === 'ready' ? (
        loaded.data.length ? (
          <ul class="list">
            {loaded.data.map(({ id, label, tier, address }) => (
              <li key={id}>
                <Link to={`/centres/${id}`}>
                  <strong>{l(label)}</strong>
                </Link>
                <p>
                  {t(`centre.tier.${tier}`)}
                  {address ? ` · ${address}` : ''}
                </p>
              </li>
            ))}
          </ul>
        ) : (
          <p>{t('centre.none')}</p>
        )
      ) : (
        <LoadState loaded={loaded} again={reload} />
      )}
    </>
  );
};
