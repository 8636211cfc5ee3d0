import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOfCells, boundsOfTile, boxOf, boxText, isTile, keysOfBox, keysOfTile, placeKeyOf, tileOf } from './rules.ts';

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

describe('a point’s number', () => {
  it('lies among the numbers of exactly those tiles the point lies in', () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -85, max: 85, noNaN: true });
    fc.assert(
      fc.property(tile, lon, lat, (one, pointLon, pointLat) => {
        const key = placeKeyOf(pointLon, pointLat);
        for (const candidate of [one, tileOf(pointLon, pointLat, one.z)]) {
          const [from, to] = keysOfTile(candidate);
          const home = tileOf(pointLon, pointLat, one.z);
          expect(key >= from && key < to).toBe(home.x === candidate.x && home.y === candidate.y);
        }
      }),
    );
  });

  it('without its last bits is that of a cell of its tile', () => {
    const [from, to] = keysOfTile({ z: 10, x: 834, y: 446 });
    expect(to - from).toBe(4 ** 10);
    const bits = bitsOfCells(10, 4);
    expect(Math.floor((to - 1) / 2 ** bits) - Math.floor(from / 2 ** bits)).toBe(255);
    expect(bitsOfCells(19, 4)).toBe(0);
  });
});

describe('a box on the map', () => {
  const lon = fc.double({ min: -180, max: 180, noNaN: true });
  const lat = fc.double({ min: -85, max: 85, noNaN: true });
  const box = fc.tuple(lon, lat, lon, lat).map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] as const);

  it('is read from an address as it was written there, a metre wider at most, and nothing else is', () => {
    fc.assert(
      fc.property(box, (one) => {
        const read = boxOf(boxText(one))!;
        for (const [i, side] of one.entries()) {
          const out = i < 2 ? side - read[i]! : read[i]! - side;
          expect(out >= -1e-12 && out <= 1.001e-5).toBe(true);
        }
      }),
    );
    for (const none of ['', '1,2,3', 'a,b,c,d', '1,2,,4', '114,22,113,23', '113,23,114,22', '1,2,3,4,5'])
      expect([none, boxOf(none)]).toEqual([none, undefined]);
  });

  it('is a few ranges of numbers, apart from each other, and every point of it has its number in one of them', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(box, part, part, (one, across, up) => {
        const [west, south, east, north] = one;
        const ranges = keysOfBox(one);
        expect(ranges.length).toBeLessThanOrEqual(16);
        for (const [i, [from, to]] of ranges.entries()) expect(from < to && (i === 0 || from > ranges[i - 1]![1])).toBe(true);
        const key = placeKeyOf(west + (east - west) * across, south + (north - south) * up);
        expect(ranges.some(([from, to]) => key >= from && key < to)).toBe(true);
      }),
    );
  });

  it('reaches no further beyond itself than three times over', () => {
    const [west, south, east, north] = [113.35, 22.5, 113.4, 22.55];
    const cells = keysOfBox([west, south, east, north]).reduce((sum, [from, to]) => sum + to - from, 0);
    const [low, high] = [tileOf(west, south, 20), tileOf(east, north, 20)];
    expect(cells).toBeLessThanOrEqual(3 * (high.x - low.x + 1) * (low.y - high.y + 1));
  });
});
