import { Link } from '@tanstack/react-router';
import type { AreaCounts } from '@tongxin/domain/map/schema.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { FIGURES, type Figure, inboxOf, type MapSearch } from '../filter.ts';

/** The figures of the chosen area and of what lies below it: what the map shows, as a table, with the way into the inbox. */
export const AreaPanel = ({ counts, search, figure: by }: { counts: AreaCounts; search: MapSearch; figure: Figure }) => {
  const { t, l } = useWords('map');
  const { area, path, elsewhere, total } = counts;
  const rows = [...counts.rows].sort((a, b) => b[by] - a[by]);
  const open = search.show !== 'filed';
  const inbox = inboxOf(search, Date.now(), { area: [...path, area].map(({ id }) => id) });
  const columns = open ? FIGURES : (['n', 'today'] as const);
  const headOf = (figure: (typeof FIGURES)[number]): string =>
    t(figure === 'n' ? `onemap.n.${open ? 'open' : 'filed'}` : `onemap.${figure}`);
  return (
    <section className="card" aria-labelledby="map-area">
      {path.length ? (
        <nav aria-label={t('onemap.path')} className="quiet">
          {path.map((one) => (
            <span key={one.id}>
              <Link to="/map" search={{ ...search, areaId: one.id }}>
                {l(one.label)}
              </Link>
              {' › '}
            </span>
          ))}
        </nav>
      ) : null}
      <h2 id="map-area">{l(area.label)}</h2>
      <dl className="figures">
        {columns.map((figure) => (
          <div key={figure}>
            <dt>{headOf(figure)}</dt>
            <dd>{total[figure].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      <p className="row">
        <Link to="/" search={inbox}>
          {t('onemap.toInbox', { area: l(area.label) })}
        </Link>
        {open && total.late > 0 ? (
          <Link to="/" search={{ ...inbox, view: 'overdue' }}>
            {t('onemap.toOverdue', { n: total.late })}
          </Link>
        ) : null}
      </p>
      {total.n === 0 ? <p role="status">{t('onemap.empty')}</p> : null}
      {rows.length ? (
        <div className="scrolls">
          <table className="plain">
            <caption>{t('onemap.below')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('inbox.area')}</th>
                {columns.map((figure) => (
                  <th key={figure} scope="col" className="n">
                    {headOf(figure)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row" className="long">
                    <Link to="/map" search={{ ...search, areaId: row.id }}>
                      {l(row.label)}
                    </Link>
                  </th>
                  {columns.map((figure) => (
                    <td key={figure} className="n">
                      {row[figure].toLocaleString()}
                    </td>
                  ))}
                </tr>
              ))}
              {elsewhere.n || elsewhere.today ? (
                <tr>
                  <th scope="row" className="long">
                    {t('onemap.elsewhere')}
                  </th>
                  {columns.map((figure) => (
                    <td key={figure} className="n">
                      {elsewhere[figure].toLocaleString()}
                    </td>
                  ))}
                </tr>
              ) : null}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
};
