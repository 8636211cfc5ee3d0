import type { Ring } from '@tongxin/domain/area/schema.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contains, spotInside } from './place.ts';

/** A star-shaped ring around a centre: always simple, often far from convex. */
const ring = fc
  .record({
    lon: fc.double({ min: 113, max: 114, noNaN: true }),
    lat: fc.double({ min: 22, max: 23, noNaN: true }),
    reach: fc.array(fc.double({ min: 0.001, max: 0.05, noNaN: true }), { minLength: 4, maxLength: 24 }),
  })
  .map(({ lon, lat, reach }): Ring => {
    const open = reach.map((r, i): [number, number] => {
      const turn = (2 * Math.PI * i) / reach.length;
      return [lon + r * Math.cos(turn), lat + r * Math.sin(turn)];
    });
    return [...open, open[0]!];
  });

test('whoever chooses an area from the list gets a spot inside it, whatever its shape', () => {
  fc.assert(
    fc.property(ring, (outer) => {
      const spot = spotInside({ type: 'Polygon', coordinates: [outer] });
      expect(spot && contains([outer], spot)).toBe(true);
    }),
  );
});

test('a spot never falls into a hole', () => {
  const outer: Ring = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
    [0, 0],
  ];
  const hole: Ring = [
    [1, 1],
    [9, 1],
    [9, 9],
    [1, 9],
    [1, 1],
  ];
  const spot = spotInside({ type: 'Polygon', coordinates: [outer, hole] })!;
  expect(contains([outer, hole], spot)).toBe(true);
});

test('a boundary that encloses nothing has no spot', () => {
  expect(spotInside({ type: 'Polygon', coordinates: [] })).toBeUndefined();
});
