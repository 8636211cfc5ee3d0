import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOfTile, isTile, tileOf } from './rules.ts';

const zoom = fc.integer({ min: 0, max: 20 });
const tile = zoom.chain((z) => fc.record({ z: fc.constant(z), x: fc.nat(2 ** z - 1), y: fc.nat(2 ** z - 1) }));

describe('a tile of the map', () => {
  it('is none outside the square, between tiles, or closer than a house', () => {
    for (const none of [
      { z: -1, x: 0, y: 0 },
      { z: 21, x: 0, y: 0 },
      { z: 1, x: 2, y: 0 },
      { z: 1, x: 0, y: -1 },
      { z: 1.5, x: 0, y: 0 },
      { z: 3, x: 1.5, y: 0 },
      { z: Number.NaN, x: 0, y: 0 },
    ])
      expect([none, isTile(none)]).toEqual([none, false]);
    expect(isTile({ z: 0, x: 0, y: 0 })).toBe(true);
  });

  it('covers the points that lie in it, and its middle lies in it', () => {
    fc.assert(
      fc.property(tile, (one) => {
        const [west, south, east, north] = boundsOfTile(one);
        expect(tileOf((west + east) / 2, (south + north) / 2, one.z)).toEqual(one);
      }),
    );
    fc.assert(
      fc.property(zoom, fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -85, max: 85, noNaN: true }), (z, lon, lat) => {
        const found = tileOf(lon, lat, z);
        const [west, south, east, north] = boundsOfTile(found);
        expect(isTile(found)).toBe(true);
        expect(lon >= west - 1e-9 && lon <= east + 1e-9 && lat >= south - 1e-9 && lat <= north + 1e-9).toBe(true);
      }),
    );
  });

  it('knows where Zhongshan lies', () => {
    expect(tileOf(113.38, 22.52, 10)).toEqual({ z: 10, x: 834, y: 446 });
  });
});
