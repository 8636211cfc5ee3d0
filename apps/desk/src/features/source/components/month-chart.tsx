import type { Causes } from '@tongxin/domain/source/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { useChart } from '../../../lib/chart/use-chart.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { colourOf } from '../../../lib/theme.tsx';

const HEIGHT_PX = 220;

/** Disputes month by month: the season is seen at once. The table below says the same. */
export const MonthChart = ({ months }: { months: Causes['months'] }) => {
  const { t, language } = useWords('source');
  const place = useChart(JSON.stringify([months, language]), () => {
    const axis = { color: colourOf('--quiet'), fontSize: 12 };
    return {
      grid: { left: 4, right: 12, top: 20, bottom: 4, containLabel: true },
      xAxis: {
        type: 'category',
        data: months.map(({ month }) => formatEntered(month, language)),
        axisLabel: axis,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colourOf('--edge') } },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: axis, splitLine: { lineStyle: { color: colourOf('--line') } } },
      series: [
        {
          type: 'bar',
          barMaxWidth: 36,
          itemStyle: { color: colourOf('--link') },
          label: { show: true, position: 'top', color: colourOf('--text'), fontSize: 12 },
          data: months.map(({ cases }) => cases),
        },
      ],
    };
  });
  return <div ref={place} className="chart" role="img" aria-label={t('source.byMonth')} style={{ height: HEIGHT_PX }} />;
};
