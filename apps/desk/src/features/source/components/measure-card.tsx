import type { Compared, MeasureView } from '@tongxin/domain/source/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';

const TONE = { fewer: 'good', more: 'warn', unclear: 'quiet', tooEarly: 'quiet', noBefore: 'quiet' } as const;
const two = (n: number): string => n.toFixed(2);

/** One measure, what was counted before and after it, and how sure that is. */
export const MeasureCard = ({ measure }: { measure: MeasureView }) => {
  const { t, l, language } = useWords('source');
  const { what, areaLabel, kind, organizationLabel, from, verdict, days, here, elsewhere, yearBefore } = measure;
  const rows = [
    ['source.here', here],
    ['source.elsewhere', elsewhere],
    ['source.yearBefore', yearBefore],
  ] as const;
  const interval = ({ low, high }: Compared): string => `${two(low)}–${high === undefined ? '∞' : two(high)}`;
  return (
    <li>
      <strong>{what}</strong>
      <div className="row">
        <Mark tone={TONE[verdict]}>{t(`source.verdict.${verdict}`)}</Mark>
        <span>{l(areaLabel)}</span>
        <span>{kind ? t(`dispute.kind.${kind}`) : t('source.allKinds')}</span>
        <span className="quiet">{t('source.since', { day: formatEntered(from, language), body: l(organizationLabel) })}</span>
      </div>
      {here ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        <section className="scroll" tabIndex={0} aria-label={what}>
          <table className="plain stacked">
            <caption>{t('source.spans', { n: days })}</caption>
            <thead>
              <tr>
                <td />
                {(['before', 'after', 'ratio', 'interval'] as const).map((column) => (
                  <th key={column} scope="col" className="n">
                    {t(`source.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, found]) =>
                found ? (
                  <tr key={name}>
                    <th scope="row">{t(name)}</th>
                    <td className="n" data-label={t('source.column.before')}>
                      {found.before}
                    </td>
                    <td className="n" data-label={t('source.column.after')}>
                      {found.after}
                    </td>
                    <td className="n" data-label={t('source.column.ratio')}>
                      {found.ratio === undefined ? '–' : two(found.ratio)}
                    </td>
                    <td className="n" data-label={t('source.column.interval')}>
                      {interval(found)}
                    </td>
                  </tr>
                ) : null,
              )}
            </tbody>
          </table>
        </section>
      ) : null}
    </li>
  );
};
