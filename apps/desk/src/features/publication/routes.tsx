import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { mayDo, meQuery } from '../../lib/me.ts';
import { ReviewRow } from './components/review-row.tsx';
import { Settings } from './components/settings.tsx';
import { type ReviewState, reviewsQuery } from './queries.ts';

const Reviews = () => {
  const { t } = useWords('publication');
  const client = useQueryClient();
  const [state, setState] = useState<ReviewState>('waiting');
  const query = useQuery(reviewsQuery(state));
  const again = (): void => void client.invalidateQueries({ queryKey: keys.publications });
  return (
    <section className="card" aria-labelledby="publication-reviews">
      <h2 id="publication-reviews">{t('publication.reviews')}</h2>
      <p className="quiet">{t('publication.reviewsHint')}</p>
      <Segmented
        value={state}
        onChange={setState}
        aria-label={t('publication.reviews')}
        options={(['waiting', 'shown', 'refused'] as const).map((value) => ({ value, label: t(`publication.state.${value}`) }))}
      />
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="cards">
              {rows.map((row) => (
                <ReviewRow key={`${row.id} ${row.version}`} row={row} decided={again} />
              ))}
            </ul>
          ) : (
            <p>{t('publication.none')}</p>
          )
        }
      </Loaded>
    </section>
  );
};

/** What everybody may see of reports: looked over one by one, and switched on area by area. */
export const PublicationPage = () => {
  const { t } = useWords('publication');
  const { data: me } = useQuery(meQuery);
  const [reviews, settings] = [mayDo(me, 'publication.review'), mayDo(me, 'publication.manage')];
  return (
    <>
      <h1>{t('publication.title')}</h1>
      {reviews ? <Reviews /> : null}
      {settings ? <Settings /> : null}
    </>
  );
};
