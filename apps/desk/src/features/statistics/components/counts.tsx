import { useQuery } from '@tanstack/react-query';
import type { CountFilter } from '@tongxin/client/api.ts';
import type { CountRow } from '@tongxin/client/shapes.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { countsQuery } from '../queries.ts';
import { Bars } from './bars.tsx';

interface CountsProps {
  readonly title: string;
  readonly filter: CountFilter;
}

const MOST_ROWS = 31;

/** One count by one dimension. */
export const Counts = ({ title, filter }: CountsProps) => {
  const { t, l, language } = useWords('statistics');
  const query = useQuery(countsQuery(filter));
  // A row without words is a case without a category, or a day, which speaks for itself.
  const name = (row: CountRow): string => {
    if (row.label) return l(row.label);
    return filter.by === 'day' ? formatEntered(row.key, language) : t('stats.noCategory');
  };
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <Loaded query={query}>
        {({ rows }) => {
          const sorted = filter.by === 'day' ? [...rows].sort((a, b) => (a.key < b.key ? 1 : -1)) : [...rows].sort((a, b) => b.n - a.n);
          const shown = sorted.filter(({ n }) => n > 0).slice(0, MOST_ROWS);
          if (!shown.length) return <p>{t('stats.none')}</p>;
          return <Bars rows={shown.map((row) => ({ key: row.key, name: name(row), n: row.n }))} />;
        }}
      </Loaded>
    </section>
  );
};
