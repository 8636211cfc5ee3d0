import { useQuery } from '@tanstack/react-query';
import type { CountFilter } from '@tongxin/client/api.ts';
import type { CountRow } from '@tongxin/client/shapes.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { countsQuery } from '../queries.ts';

interface CountsProps {
  readonly title: string;
  readonly filter: CountFilter;
}

const MOST_ROWS = 31;

/** One count as a table whose bars are only decoration. */
export const Counts = ({ title, filter }: CountsProps) => {
  const { t, l } = useWords();
  const query = useQuery(countsQuery(filter));
  // A row without words is a case without a category, or a day, which speaks for itself.
  const name = (row: CountRow): string => (row.label ? l(row.label) : filter.by === 'day' ? row.key : t('stats.noCategory'));
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <Loaded query={query}>
        {({ rows }) => {
          const sorted = filter.by === 'day' ? [...rows].sort((a, b) => (a.key < b.key ? 1 : -1)) : [...rows].sort((a, b) => b.n - a.n);
          const shown = sorted.filter(({ n }) => n > 0).slice(0, MOST_ROWS);
          const most = Math.max(1, ...shown.map(({ n }) => n));
          if (!shown.length) return <p>{t('stats.none')}</p>;
          return (
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">{t('stats.key')}</th>
                  <th scope="col" className="n">
                    {t('stats.n')}
                  </th>
                  <td aria-hidden="true" style={{ width: '45%' }} />
                </tr>
              </thead>
              <tbody>
                {shown.map((row) => (
                  <tr key={row.key}>
                    <th scope="row">{name(row)}</th>
                    <td className="n">{row.n.toLocaleString('en')}</td>
                    <td aria-hidden="true">
                      <span className="bar" style={{ width: `${(100 * row.n) / most}%` }} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          );
        }}
      </Loaded>
    </section>
  );
};
