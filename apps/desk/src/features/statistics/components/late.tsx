import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LateTotal } from '@tongxin/client/shapes.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { lateQuery } from '../queries.ts';

const Totals = ({ caption, of, rows }: { caption: string; of: string; rows: readonly LateTotal[] }) => {
  const { t, l } = useWords('statistics');
  return (
    <table className="plain">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{of}</th>
          <th scope="col" className="n">
            {t('stats.lateN')}
          </th>
          <th scope="col" className="n">
            {t('stats.lateOpen')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, 30).map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label ? l(row.label) : row.key === '-' ? t('stats.lateUnnamed') : row.key}</th>
            <td className="n">{row.late.toLocaleString('en')}</td>
            <td className="n">{row.stillOpen.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Who was late, from imported and live limits. */
export const Late = ({ areaId }: { areaId?: string }) => {
  const { t, l } = useWords('statistics');
  const query = useQuery(lateQuery(areaId));
  return (
    <section className="card" aria-label={t('stats.late')}>
      <h2>{t('stats.late')}</h2>
      <Loaded query={query}>
        {(late) =>
          late.rows.length ? (
            <>
              <div className="columns even">
                <Totals caption={t('stats.lateByBody')} of={t('stats.lateBody')} rows={late.byOrganization} />
                <Totals
                  caption={t('stats.lateByMonth')}
                  of={t('stats.lateMonth')}
                  rows={late.byMonth.filter(({ key }) => key !== '-').sort((a, b) => (a.key < b.key ? 1 : -1))}
                />
              </div>
              <table className="plain">
                <caption>{t('stats.lateLongest')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('stats.lateCase')}</th>
                    <th scope="col">{t('stats.lateBody')}</th>
                    <th scope="col" className="n">
                      {t('stats.lateDays')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {late.rows.map((row) => (
                    <tr key={row.id}>
                      <th scope="row" className="long">
                        <Link to="/cases/$id" params={{ id: row.id }}>
                          {row.sourceNumber ?? row.number} {row.title}
                        </Link>
                      </th>
                      <td>{row.organizationLabel ? l(row.organizationLabel) : '–'}</td>
                      <td className="n">{row.daysLate.toLocaleString('en')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          ) : (
            <p>{t('stats.lateNone')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
