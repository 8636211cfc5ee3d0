import { makePlaces } from '@tongxin/server/platform/places/places.ts';
import Flatbush from 'flatbush';
import { type Bench, round } from './bench.ts';

const SIDE = 100;
const POINTS = 1_000_000;

/** A million points over ten thousand square grids, against the index of boxes alone. */
export const place: Bench = async ({ say }) => {
  const size = 0.004;
  const rows = Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [west, south] = [113 + (i % SIDE) * size, 22 + Math.floor(i / SIDE) * size];
    const [east, north] = [west + size, south + size];
    const id = `a0000000-0000-8000-8000-${String(i).padStart(12, '0')}`;
    return {
      area_id: id,
      kind: 'grid',
      code: `442000${String(i).padStart(9, '0')}`,
      path: [id],
      kinds: ['grid'],
      bbox: [west, south, east, north],
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
      },
    };
  });
  const places = makePlaces(rows as never);
  const box = new Flatbush(rows.length);
  for (const { bbox } of rows) box.add(bbox[0]!, bbox[1]!, bbox[2]!, bbox[3]!);
  box.finish();
  const points = Array.from({ length: POINTS }, (_, i) => ({
    lon: 113 + ((i * 7919) % 100_003) / 100_003 / 2.5,
    lat: 22 + ((i * 104_729) % 99_991) / 99_991 / 2.5,
  }));
  const time = (work: (point: { lon: number; lat: number }) => unknown): number => {
    const since = performance.now();
    for (const point of points) work(point);
    return round((performance.now() - since) / 1000, 3);
  };
  time(({ lon, lat }) => box.search(lon, lat, lon, lat));
  let inside = 0;
  const ours = time((point) => {
    if (places.resolve(point).gridId) inside += 1;
  });
  const theirs = time(({ lon, lat }) => box.search(lon, lat, lon, lat));
  say(`${inside} of ${POINTS} points lie in a grid`);
  return {
    figures: { secondsForAMillionPoints: ours, pointsInAGrid: inside },
    limit: { secondsForAMillionPoints: theirs },
    ratio: { limitOverOurs: round(theirs / ours) },
    growth: {},
    aims: [],
    notes: ['one thread; the limit is flatbush’s search of boxes, without any test of a polygon'],
  };
};
