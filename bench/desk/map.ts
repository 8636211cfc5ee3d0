import { boundsOfTile, keysOfTile, type Tile, tileOf } from '@tongxin/domain/map/rules.ts';
import pg from 'pg';
import { drive, percentile, round } from '../bench.ts';
import type { PartOf } from '../desk.ts';
import { adminUrlOf } from '../product.ts';

/** As many as a browser asks for at once of one host. */
const AT_ONCE = 6;
/** How often each is asked for. */
const ROUNDS = 5;
/** Tiles of a screen of 1920 × 1080 at a zoom, and the ring a pan brings into sight. */
const [WIDE, HIGH] = [6, 4];
const ZOOMS = [9, 10, 11, 12, 13, 14, 15, 16];
const MOST_MS = 150;
const MOST_KB = 200;

/** Tiles around a point, those that touch the box. */
const screenful = (lon: number, lat: number, zoom: number, [west, south, east, north]: readonly number[]): Tile[] => {
  const middle = tileOf(lon, lat, zoom);
  return Array.from({ length: WIDE * HIGH }, (_, i) => ({
    z: zoom,
    x: middle.x - WIDE / 2 + (i % WIDE),
    y: middle.y - HIGH / 2 + Math.floor(i / WIDE),
  })).filter((tile) => {
    const [w, s, e, n] = boundsOfTile(tile);
    return w < east! && e > west! && s < north! && n > south!;
  });
};

/** Every one once, so many at a time: a screen has few tiles from afar and many from close by, and each counts once. */
const askAll = async (tiles: readonly Tile[], ask: (tile: Tile) => Promise<void>): Promise<number[]> => {
  const samples: number[] = [];
  const waiting = tiles.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const tile of waiting) {
        const since = performance.now();
        await ask(tile);
        samples.push(performance.now() - since);
      }
    }),
  );
  return samples;
};

/** Panning over the whole city as its leader, zoom by zoom: open cases, and all that was filed in a quarter, the most that may be asked for. */
export const mapTiles: PartOf = async ({ product, size, seconds, say }) => {
  const leader = await product.signIn('city-leader');
  const db = new pg.Client({ connectionString: await adminUrlOf(size) });
  await db.connect();
  await db.query('vacuum analyze cases');
  const { rows } = await db.query<{ open: number; newest: string; first: string }>(
    `select count(*) filter (where mapped and ended_at is null)::int as open, max(filed_on)::text as newest, (max(filed_on) - 91)::text as first from cases`,
  );
  const { open, newest, first } = rows[0]!;
  const { bounds } = JSON.parse((await product.call('GET', '/api/v1/map')).body) as { bounds: [number, number, number, number] };
  const [west, south, east, north] = bounds;
  const { rows: quarter } = await db.query<{ n: number }>('select count(*)::int as n from cases where mapped and filed_on >= $1', [first]);
  const figures: Record<string, number> = { openCases: open, filedInTheQuarter: quarter[0]!.n };
  const limit: Record<string, number> = {};
  const all: number[] = [];
  let largest = 0;
  for (const [name, query] of [
    ['open', ''],
    ['filed', `?show=filed&from=${first}&to=${newest}`],
  ] as const) {
    const ofThese: number[] = [];
    let most = 0;
    for (const zoom of ZOOMS) {
      const tiles = screenful((west + east) / 2, (south + north) / 2, zoom, bounds);
      const samples = await askAll(Array.from({ length: ROUNDS }, () => tiles).flat(), async ({ z, x, y }) => {
        const { status, body, bytes } = await product.call('GET', `/api/v1/map/tiles/cases/${z}/${x}/${y}.mvt${query}`, undefined, {
          ...leader,
          'accept-encoding': 'gzip',
        });
        if (status !== 200) throw new Error(`answered ${status} ${body}`);
        most = Math.max(most, bytes);
      });
      figures[`${name}.z${zoom}.p95Ms`] = percentile(samples, 0.95);
      ofThese.push(...samples);
    }
    figures[`${name}.p95Ms`] = percentile(ofThese, 0.95);
    figures[`${name}.largestKb`] = round(most / 1024, 1);
    largest = Math.max(largest, most);
    all.push(...ofThese);
    say(`${size} cases, ${name}: p95 ${figures[`${name}.p95Ms`]} ms, largest ${figures[`${name}.largestKb`]} kB`);
  }
  // The same cells read and counted by the database alone, whole city in one tile, nobody else asking.
  const [from, to] = keysOfTile(tileOf((west + east) / 2, (south + north) / 2, 7));
  const alone: number[] = [];
  for (let i = 0; i < 10; i++) {
    const since = performance.now();
    await db.query(
      'select place_key >> 14, count(*), avg(lon), avg(lat) from cases where mapped and filed_on >= $3 and place_key >= $1 and place_key < $2 group by 1',
      [from, to, first],
    );
    alone.push(performance.now() - since);
  }
  limit.quarterInOneTileMs = percentile(alone, 0.5);
  const { samples: counts } = await drive(1, Math.max(1, seconds / 4), async () => {
    const { status } = await product.call('GET', '/api/v1/map/counts', undefined, leader);
    if (status !== 200) throw new Error(`counts answered ${status}`);
  });
  figures['counts.p95Ms'] = percentile(counts, 0.95);
  await db.end();
  const enough = size >= 1_000_000;
  return {
    figures,
    limit,
    aims: [
      { aim: `a tile of cases in ${MOST_MS} ms (p95) at 10⁶ cases`, met: enough && percentile(all, 0.95) <= MOST_MS },
      { aim: `no tile of cases above ${MOST_KB} kB`, met: largest <= MOST_KB * 1024 },
    ],
    notes: [
      `tiles of a 1920 × 1080 screen panned over the whole city by its leader, each ${ROUNDS} times, zooms ${ZOOMS[0]}–${ZOOMS.at(-1)}, ${AT_ONCE} at once, packed, from a warm database`,
      'the limit is the same counting by the database alone, of the city’s quarter in one tile, without scope, HTTP or encoding',
    ],
  };
};
