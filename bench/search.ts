import { type Bench, drive, percentile } from './bench.ts';
import { castOf } from './loop.ts';
import { ensureData, startProduct } from './product.ts';

const PHRASES = ['路灯不亮', '垃圾满溢', '占道经营', '井盖', '噪声', '积水', '电梯', '违停'];

/** A Chinese phrase within a town. */
export const search: Bench = async ({ sizes, seconds, say }) => {
  const figures: Record<string, number> = {};
  for (const size of sizes) {
    await ensureData(size, say);
    const product = await startProduct(size);
    try {
      const { dispatcher } = await castOf(product);
      let n = 0;
      let found = 0;
      const ask = async (): Promise<void> => {
        const { status, body } = await product.call(
          'GET',
          `/api/v1/cases?limit=20&q=${encodeURIComponent(PHRASES[n++ % PHRASES.length]!)}`,
          undefined,
          dispatcher,
        );
        if (status !== 200) throw new Error(`answered ${status} ${body}`);
        found += (JSON.parse(body) as { rows: unknown[] }).rows.length;
      };
      await drive(2, 2, ask);
      const { perSecond, samples } = await drive(4, seconds, ask);
      if (found === 0) throw new Error('nothing was found: the search is not measured');
      figures[`searchesPerSecond@${size}`] = perSecond;
      figures[`p50Ms@${size}`] = percentile(samples, 0.5);
      figures[`p99Ms@${size}`] = percentile(samples, 0.99);
      say(`${size} cases: p99 ${figures[`p99Ms@${size}`]} ms`);
    } finally {
      await product.stop();
    }
  }
  return {
    figures,
    limit: {},
    ratio: {},
    growth: {},
    aims: [],
    notes: ['four connections; eight phrases in turn; the first twenty rows are answered'],
  };
};
