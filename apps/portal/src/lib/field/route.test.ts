import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrderOfWalking, metresBetween } from './route.ts';

const at = (id: string, lon: number, lat = 22) => ({ id, point: { lon, lat } });

test('stops along a street are walked along the street', () => {
  const stops = [at('far', 113.03), at('near', 113.01), at('middle', 113.02)];
  expect(inOrderOfWalking({ lon: 113, lat: 22 }, stops).map(({ id }) => id)).toEqual(['near', 'middle', 'far']);
});

test('a hundredth of a degree of latitude is a little more than a kilometre', () => {
  expect(Math.round(metresBetween({ lon: 113, lat: 22 }, { lon: 113, lat: 22.01 }))).toBe(1113);
});

test('every stop is walked to once, whatever the places', () => {
  const place = fc.record({ lon: fc.double({ min: 113, max: 113.1, noNaN: true }), lat: fc.double({ min: 22, max: 22.1, noNaN: true }) });
  fc.assert(
    fc.property(place, fc.array(place, { maxLength: 8 }), (from, places) => {
      const stops = places.map((point, i) => ({ id: String(i), point }));
      expect(
        inOrderOfWalking(from, stops)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(stops.map(({ id }) => id).sort());
    }),
    { numRuns: 100 },
  );
});
