import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';
import { useTheme } from '../theme.tsx';
import { charts } from './charts.ts';

/**
 * Draws into the element it answers, anew when `drawn` (what is drawn, as text) or the colours of the page change, and fits it to its place. Every chart
 * has a table beside it that says the same: without the library that is what stays.
 */
export const useChart = (drawn: string, option: () => EChartsCoreOption): RefObject<HTMLDivElement | null> => {
  const { dark } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for what `option` reads; colours are read from the page, which turns with `dark`
  useEffect(() => {
    let here = true;
    const draw = async (): Promise<void> => {
      const echarts = await charts();
      if (!here || !place.current) return;
      chart.current ??= echarts.init(place.current, null, { renderer: 'svg' });
      chart.current.resize();
      chart.current.setOption({ animation: false, ...option() });
    };
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
  return place;
};
