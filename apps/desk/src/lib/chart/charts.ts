/** The chart library comes when there is something to draw: the first figures do not wait for it. */
export const charts = async () => {
  const [core, bars, parts, renderer] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  core.use([bars.BarChart, bars.LineChart, parts.GridComponent, renderer.SVGRenderer]);
  return core;
};
