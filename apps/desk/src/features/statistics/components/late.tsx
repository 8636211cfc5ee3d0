import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { lateQuery } from '../queries.ts';

/** Who was late, from imported and live limits. */
export const Late = ({ areaId }: { areaId?: string }) => {
  const { t, l } = useWords();
  const query = useQuery(lateQuery(areaId));
  return (
    <section className="card" aria-label={t('stats.late')}>
      <h2>{t('stats.late')}</h2>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">{t('stats.lateBody')}</th>
                  <th scope="col" className="n">
                    {t('stats.lateN')}
                  </th>
                  <th scope="col" className="n">
                    {t('stats.lateTotal')}
                  </th>
                  <th scope="col" className="n">
                    {t('stats.lateShare')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, i) => (
                  <tr key={row.organizationId ?? i}>
                    <th scope="row">{l(row.label)}</th>
                    <td className="n">{row.late.toLocaleString('en')}</td>
                    <td className="n">{row.total.toLocaleString('en')}</td>
                    <td className="n">{row.total ? `${((100 * row.late) / row.total).toFixed(1)} %` : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p>{t('stats.lateNone')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
