import { askedBy } from '@tongxin/server/modules/search/segment/service.ts';
import pg from 'pg';
import { type Bench, drive, percentile, round } from './bench.ts';
import { castOf } from './loop.ts';
import { adminUrlOf, ensureData, startProduct } from './product.ts';

const PHRASES = ['路灯不亮', '垃圾满溢', '占道经营', '井盖', '噪声', '积水', '电梯', '违停'];

/** A Chinese phrase within a town. */
export const search: Bench = async ({ sizes, seconds, say }) => {
  const figures: Record<string, number> = {};
  const limit: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  for (const size of sizes) {
    await ensureData(size, say);
    const product = await startProduct(size);
    try {
      const { dispatcher, townId } = await castOf(product);
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
      // The same words in the same index, straight from Postgres: newest twenty of those that match, without scope and without HTTP.
      const db = new pg.Pool({ connectionString: await adminUrlOf(size), max: 4 });
      const bare = await drive(4, seconds, async () => {
        const words = askedBy(PHRASES[n++ % PHRASES.length]!, [`a:${townId}`]).query;
        await db.query({
          name: 'bare-search',
          text: `select c.* from (select case_id from search_document where words @@ $1::tsquery limit 5000) m
            join cases c using (case_id) order by c.updated_at desc, c.case_id limit 20`,
          values: [words],
        });
      });
      await db.end();
      limit[`searchesPerSecond@${size}`] = bare.perSecond;
      limit[`p99Ms@${size}`] = percentile(bare.samples, 0.99);
      ratio[`@${size}`] = round(perSecond / bare.perSecond);
      say(`${size} cases: p99 ${figures[`p99Ms@${size}`]} ms`);
    } finally {
      await product.stop();
    }
  }
  return {
    figures,
    limit,
    ratio,
    growth: {},
    aims: [],
    notes: [
      'four connections; eight phrases in turn; the first twenty rows are answered',
      'the limit is the same index asked directly, without scope, rules and HTTP',
    ],
  };
};
