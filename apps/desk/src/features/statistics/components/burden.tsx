import { useQuery } from '@tanstack/react-query';
import { spanBefore } from '@tongxin/domain/burden/rules.ts';
import { Alert } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { burdenQuery } from '../queries.ts';
import { BurdenChart } from './burden-chart.tsx';
import { BurdenTable } from './burden-table.tsx';

export interface Span {
  readonly areaId?: string;
  readonly from: string;
  readonly to: string;
}

/** What departments ask of each kind of post, in a span of days and the one before. */
export const Burden = ({ areaId, ...days }: Span) => {
  const { t, of } = useWords('statistics');
  const query = useQuery(burdenQuery({ areaId, ...days }));
  const before = useQuery(burdenQuery({ areaId, ...spanBefore(days) }));
  return (
    <Loaded query={query}>
      {({ rows, leastPosts }) =>
        rows.length ? (
          rows.map((row) => {
            const title = of('admin.role', row.role, t('burden.otherPosts'));
            return (
              <section key={row.role} className="card" aria-label={title}>
                <h2>{title}</h2>
                <p className="quiet">{t('burden.of', { posts: row.posts, days: row.postDays, records: row.records })}</p>
                <div className="columns even">
                  <BurdenChart row={row} title={title} />
                  <BurdenTable row={row} days={days} before={before.data?.rows.find(({ role }) => role === row.role)} />
                </div>
              </section>
            );
          })
        ) : (
          <Alert type="info" showIcon title={t('burden.none', { n: leastPosts })} />
        )
      }
    </Loaded>
  );
};
