import { v7 } from 'uuid';
import { type Bench, drive, percentile, round } from './bench.ts';
import { ensureData, startBare, startProduct } from './product.ts';

/** The same report as the product's: the bare server stores rows of the same shapes and sizes, without any of the product's work. */
const body = (id: string) => ({
  id,
  text: `小区北门斜坡边第三盏路灯不亮，晚上看不清路，请尽快安排维修。编号 ${id.slice(-6)}`,
  demandKind: 'help',
  categoryId: 'municipal.lampOut',
  point: { lon: 113.38, lat: 22.52 },
  reporter: { phone: '13800138000', callBackWanted: true },
});

/** POST of a case, durable, at 1, 8 and 64 connections, against a bare server that writes the same rows and bytes. */
export const intake: Bench = async ({ seconds, say }) => {
  await ensureData(0, say);
  const product = await startProduct(0);
  const figures: Record<string, number> = {};
  const limit: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  try {
    let first = await product.call('POST', '/api/v1/cases', body(v7()));
    // Right after its start a server on a busy machine may still say that it is busy.
    for (let i = 0; first.status === 503 && i < 30; i++) {
      await new Promise((done) => setTimeout(done, 1000));
      first = await product.call('POST', '/api/v1/cases', body(v7()));
    }
    if (first.status !== 201) throw new Error(`filing answered ${first.status} ${first.body}`);
    const bare = await startBare('bare.ts', 0);
    const file = (client: { call: typeof product.call }) => async (): Promise<void> => {
      const { status, body: said } = await client.call('POST', '/api/v1/cases', body(v7()));
      if (status !== 201) throw new Error(`answered ${status} ${said}`);
    };
    for (const client of [product, bare]) await drive(8, 2, file(client));
    for (const width of [1, 8, 64]) {
      // In turn, twice, so that a drift of the machine falls on both.
      const runs = { product: [] as number[], bare: [] as number[] };
      const rates = { product: 0, bare: 0 };
      for (let turn = 0; turn < 2; turn++) {
        const ours = await drive(width, seconds / 2, file(product));
        const theirs = await drive(width, seconds / 2, file(bare));
        runs.product.push(...ours.samples);
        runs.bare.push(...theirs.samples);
        rates.product += ours.perSecond / 2;
        rates.bare += theirs.perSecond / 2;
      }
      figures[`casesPerSecond@${width}`] = round(rates.product, 0);
      figures[`p50Ms@${width}`] = percentile(runs.product, 0.5);
      figures[`p99Ms@${width}`] = percentile(runs.product, 0.99);
      limit[`casesPerSecond@${width}`] = round(rates.bare, 0);
      limit[`p50Ms@${width}`] = percentile(runs.bare, 0.5);
      limit[`p99Ms@${width}`] = percentile(runs.bare, 0.99);
      ratio[`@${width}`] = round(rates.product / rates.bare);
      say(`${width} connections: ${figures[`casesPerSecond@${width}`]}/s of ${limit[`casesPerSecond@${width}`]}/s`);
    }
    bare.stop();
  } finally {
    await product.stop();
  }
  return {
    figures,
    limit,
    ratio,
    growth: {},
    aims: [1, 8, 64].map((width) => ({ aim: `≥ 0.5 of the bare server at ${width} connections`, met: ratio[`@${width}`]! >= 0.5 })),
    notes: ['product, bare server, Postgres and the load generator share the machine’s cores; feed and clock run in the product meanwhile'],
  };
};
