import { asked, perDay } from '@tongxin/domain/burden/rules.ts';
import type { BurdenView } from '@tongxin/domain/burden/view.ts';
import { useChart } from '../../../lib/chart/use-chart.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { colourOf } from '../../../lib/theme.tsx';

const ROW_PX = 34;
const FOOT_PX = 34;

/** Minutes of one post and day: what each department asks, all of them, and what was in fact filled in. The table beside it says the same. */
export const BurdenChart = ({ row, title }: { readonly row: BurdenView['rows'][number]; readonly title: string }) => {
  const { t, l } = useWords('statistics');
  const bars = [
    ...row.departments.map((one) => ({ name: one.label ? l(one.label) : one.code, of: one, colour: '--link' as const })),
    { name: t('burden.all'), of: asked(row), colour: '--warn' as const },
    { name: t('burden.once'), of: row.once, colour: '--good' as const },
  ].map(({ name, of, colour }) => ({ name, minutes: perDay(of, row.postDays).minutes, colour }));
  const place = useChart(JSON.stringify(bars), () => {
    const text = { color: colourOf('--text'), fontSize: 13 };
    return {
      grid: { left: 4, right: 44, top: 4, bottom: 4, containLabel: true },
      xAxis: {
        type: 'value',
        axisLabel: { ...text, color: colourOf('--quiet') },
        splitLine: { lineStyle: { color: colourOf('--line') } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map(({ name }) => name),
        axisLabel: { ...text, width: 150, lineHeight: 15, overflow: 'break' },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colourOf('--edge') } },
      },
      series: [
        {
          type: 'bar',
          barCategoryGap: '35%',
          label: { show: true, position: 'right', ...text },
          data: bars.map(({ minutes, colour }) => ({ value: minutes, itemStyle: { color: colourOf(colour) } })),
        },
      ],
    };
  });
  return (
    <div
      ref={place}
      className="chart"
      role="img"
      aria-label={t('burden.chart', { posts: title })}
      style={{ height: bars.length * ROW_PX + FOOT_PX }}
    />
  );
};
