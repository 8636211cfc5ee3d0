import type { Causes } from '@tongxin/domain/source/schema.ts';
import type { EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { charts } from '../../../lib/chart/charts.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { colourOf, useTheme } from '../../../lib/theme.tsx';

const HEIGHT_PX = 220;

/** Disputes month by month: the season is seen at once. The table below says the same. */
export const MonthChart = ({ months }: { months: Causes['months'] }) => {
  const { t } = useWords();
  const { dark } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const drawn = JSON.stringify(months);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for the months; colours are read from the page, which turns with `dark`
  useEffect(() => {
    let here = true;
    const draw = async (): Promise<void> => {
      const echarts = await charts();
      if (!here || !place.current) return;
      chart.current ??= echarts.init(place.current, null, { renderer: 'svg' });
      chart.current.resize();
      const axis = { color: colourOf('--quiet'), fontSize: 12 };
      chart.current.setOption({
        animation: false,
        grid: { left: 4, right: 12, top: 20, bottom: 4, containLabel: true },
        xAxis: {
          type: 'category',
          data: months.map(({ month }) => month),
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
      });
    };
    // Without the library the table still says it.
    draw().catch(() => undefined);
    return () => {
      here = false;
    };
  }, [drawn, dark]);
  useEffect(() => {
    const watch = new ResizeObserver(() => chart.current?.resize());
    if (place.current) watch.observe(place.current);
    return () => {
      watch.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);
  return <div ref={place} className="chart" role="img" aria-label={t('source.byMonth')} style={{ height: HEIGHT_PX }} />;
};
