import { useQuery } from '@tanstack/react-query';
import type { DurationFilter } from '@tongxin/client/api.ts';
import type { Durations } from '@tongxin/client/shapes.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { durationsQuery } from '../queries.ts';
import { Bars } from './bars.tsx';

const DAY_HOURS = 24;

/** How long what ended took, by elapsed time. */
export const Took = ({ filter }: { readonly filter: DurationFilter }) => {
  const { t } = useWords('statistics');
  const query = useQuery(durationsQuery(filter));
  const name = ({ fromHours, underHours }: Durations['rows'][number]): string => {
    if (underHours === undefined) return t('stats.tookOver', { from: fromHours / DAY_HOURS });
    if (fromHours === 0) return t('stats.tookUnder', { under: underHours });
    return fromHours < DAY_HOURS
      ? t('stats.tookHours', { from: fromHours, under: underHours })
      : t('stats.tookDays', { from: fromHours / DAY_HOURS, under: underHours / DAY_HOURS });
  };
  return (
    <section className="card" aria-label={t('stats.took')}>
      <h2>{t('stats.took')}</h2>
      <Loaded query={query}>
        {({ rows }) =>
          rows.some(({ n }) => n > 0) ? (
            <>
              <Bars rows={rows.map((row) => ({ key: `${row.fromHours}`, name: name(row), n: row.n }))} />
              <p className="quiet">{t('stats.tookHow')}</p>
            </>
          ) : (
            <p>{t('stats.none')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
