import type { WallView } from '@tongxin/domain/wall/view.ts';
import { useChart } from '../../../lib/chart/use-chart.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { colourOf } from '../../../lib/theme.tsx';

/** One letter of the wall, in pixels of this screen. */
const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Today's cases by the hour, with what the same weekdays usually bring as a line. */
export const Flow = ({ flow }: Pick<WallView, 'flow'>) => {
  const { t } = useWords('wall');
  const received = flow.steps.find(({ step }) => step === 'received')!;
  const hours = received.byHour.map((_, hour) => hour);

  const place = useChart(JSON.stringify(flow), () => {
    const text = { color: colourOf('--quiet'), fontSize: rem() * 0.85 };
    return {
      grid: { left: rem() * 2.2, right: rem() * 0.5, top: rem() * 0.8, bottom: rem() * 1.6 },
      xAxis: { type: 'category', data: hours, axisLabel: { ...text, interval: 3 }, axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1, splitNumber: 3, axisLabel: text, splitLine: { lineStyle: { color: colourOf('--line') } } },
      series: [
        { type: 'bar', data: received.byHour, itemStyle: { color: colourOf('--link') }, barCategoryGap: '25%' },
        {
          type: 'line',
          data: flow.usualByHour ?? [],
          symbol: 'none',
          lineStyle: { color: colourOf('--warn'), width: rem() * 0.12, type: 'dashed' },
          itemStyle: { color: colourOf('--warn') },
        },
      ],
    };
  });
  return (
    <section className="wall-panel wall-flow" aria-labelledby="wall-flow">
      <h2 id="wall-flow">
        {t('wall.byHour')} <span className="quiet">{flow.usualByHour ? t('wall.usualLine', { n: flow.weekdays }) : t('wall.noUsual')}</span>
      </h2>
      <div ref={place} className="wall-chart" aria-hidden="true" />
      <table className="unseen">
        <caption>{t('wall.byHour')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('wall.hour')}</th>
            <th scope="col">{t('wall.step.received')}</th>
            <th scope="col">{t('wall.usualHead')}</th>
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour}>
              <th scope="row">{hour}</th>
              <td>{received.byHour[hour]}</td>
              <td>{flow.usualByHour?.[hour] ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
