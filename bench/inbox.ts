import pg from 'pg';
import { type Bench, drive, percentile, round } from './bench.ts';
import { castOf } from './loop.ts';
import { adminUrlOf, ensureData, startBare, startProduct } from './product.ts';

/** First page and a deep page of town and community lists under row-level security, against a bare server that selects the same rows without. */
export const inbox: Bench = async ({ sizes, seconds, say }) => {
  const figures: Record<string, number> = {};
  const limit: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  const growth: Record<string, number> = {};
  for (const size of sizes) {
    await ensureData(size, say);
    const product = await startProduct(size);
    try {
      const { dispatcher } = await castOf(product);
      const db = new pg.Client({ connectionString: await adminUrlOf(size) });
      await db.connect();
      const me = JSON.parse((await product.call('GET', '/api/v1/me', undefined, dispatcher)).body) as { posts: { areaId: string }[] };
      const town = me.posts[0]!.areaId;
      const { rows: communities } = await db.query<{ community_id: string }>(
        'select community_id from cases where town_id = $1 and community_id is not null group by 1 order by count(*) desc limit 1',
        [town],
      );
      await db.end();
      const bare = await startBare('bare-inbox.ts', size);
      for (const [scope, query] of [
        ['town', `areaId=${town}`],
        ['community', `areaId=${communities[0]!.community_id}`],
      ] as const) {
        for (const depth of ['first', 'deep'] as const) {
          let cursor = '';
          if (depth === 'deep')
            for (let page = 0; page < 40; page++) {
              const { next } = JSON.parse(
                (await product.call('GET', `/api/v1/cases?${query}&limit=50${cursor && `&cursor=${cursor}`}`, undefined, dispatcher)).body,
              ) as { next?: string };
              if (!next) break;
              cursor = next;
            }
          const path = `?${query}&limit=50${cursor && `&cursor=${cursor}`}`;
          const read =
            (client: { call: typeof product.call }, prefix: string, headers: Record<string, string>) => async (): Promise<void> => {
              const { status, body } = await client.call('GET', `${prefix}${path}`, undefined, headers);
              if (status !== 200) throw new Error(`answered ${status} ${body}`);
            };
          const ours = await drive(8, seconds / 2, read(product, '/api/v1/cases', dispatcher));
          const theirs = await drive(8, seconds / 2, read(bare, '/', { 'x-level': scope }));
          const key = `${scope}.${depth}@${size}`;
          figures[`pagesPerSecond.${key}`] = ours.perSecond;
          figures[`p99Ms.${key}`] = percentile(ours.samples, 0.99);
          limit[`pagesPerSecond.${key}`] = theirs.perSecond;
          ratio[key] = round(ours.perSecond / theirs.perSecond);
        }
        growth[`${scope}.deepOverFirst@${size}`] = round(
          figures[`pagesPerSecond.${scope}.first@${size}`]! / figures[`pagesPerSecond.${scope}.deep@${size}`]!,
        );
      }
      bare.stop();
      say(`${size} cases: ${JSON.stringify(ratio)}`);
    } finally {
      await product.stop();
    }
  }
  const last = Object.entries(ratio).filter(([key]) => key.endsWith(`@${sizes.at(-1)}`));
  return {
    figures,
    limit,
    ratio,
    growth,
    aims: [
      { aim: '≥ 0.5 of the bare server’s throughput at 10⁶', met: sizes.includes(1_000_000) && last.every(([, value]) => value >= 0.5) },
      { aim: 'a deep page costs what the first does (within 1.3)', met: Object.values(growth).every((value) => value <= 1.3) },
    ],
    notes: ['eight connections; fifty rows a page; the deep page is the fortieth, or the last there is'],
  };
};
