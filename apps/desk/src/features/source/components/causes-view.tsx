import type { Causes } from '@tongxin/domain/source/schema.ts';
import { formatMonth } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { MonthChart } from './month-chart.tsx';

/** Place, trade and season of disputes, in tables and one chart. */
export const CausesView = ({ causes: { total, places, kinds, months } }: { causes: Causes }) => {
  const { t, l, language } = useWords('source');
  if (total === 0) return <p>{t('source.none')}</p>;
  return (
    <>
      <p>{t('source.total', { n: total })}</p>
      <MonthChart months={months} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('source.byPlace')}>
        <table className="plain stacked">
          <caption>{t('source.byPlace')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('source.place')}</th>
              {kinds.map(({ kind }) => (
                <th key={kind} scope="col" className="n">
                  {t(`dispute.kind.${kind}`)}
                </th>
              ))}
              <th scope="col" className="n">
                {t('source.all')}
              </th>
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <tr key={place.areaId}>
                <th scope="row">{l(place.label)}</th>
                {kinds.map(({ kind }) => (
                  <td key={kind} className="n" data-label={t(`dispute.kind.${kind}`)}>
                    {place.kinds[kind] ?? 0}
                  </td>
                ))}
                <td className="n" data-label={t('source.all')}>
                  {place.cases}
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('source.all')}</th>
              {kinds.map(({ kind, cases }) => (
                <td key={kind} className="n" data-label={t(`dispute.kind.${kind}`)}>
                  {cases}
                </td>
              ))}
              <td className="n" data-label={t('source.all')}>
                {total}
              </td>
            </tr>
          </tbody>
        </table>
      </section>
      <details>
        <summary>{t('source.byMonth')}</summary>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('dispute.month')}</th>
              <th scope="col" className="n">
                {t('source.all')}
              </th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, cases }) => (
              <tr key={month}>
                <th scope="row">{formatMonth(`${month}-15T04:00:00Z`, language)}</th>
                <td className="n">{cases}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
};
