import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBoundary, containsPoint, polygonsOf, wherePoint } from '../rules.ts';
import type { Geometry, Position } from '../schema.ts';
import { gapsOf, mergeShapes, metresOf, metresOutside, overlapsOf, restOf, splitShape, TOLERANCE_M2 } from './rules.ts';

const polygon = (...rings: Position[][]): Geometry => ({ type: 'Polygon', coordinates: rings });
const square = (west: number, south: number, side = 0.01): Position[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];

/** A star around a point: any number of corners at any distance, never crossing itself. */
const star = fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 4, maxLength: 14 }).map((radii): Geometry => {
  const ring = radii.map((radius, i): Position => {
    const angle = (2 * Math.PI * i) / radii.length;
    return [113.4 + 0.01 * radius * Math.cos(angle), 22.5 + 0.01 * radius * Math.sin(angle)];
  });
  return polygon([...ring, ring[0]!]);
});
/** A line right through the middle, with bends. */
const through = fc
  .tuple(fc.double({ min: 0, max: Math.PI, noNaN: true }), fc.array(fc.double({ min: -0.002, max: 0.002, noNaN: true }), { maxLength: 4 }))
  .map(([angle, bends]): Position[] => {
    const at = (far: number, aside: number): Position => [
      113.4 + far * Math.cos(angle) - aside * Math.sin(angle),
      22.5 + far * Math.sin(angle) + aside * Math.cos(angle),
    ];
    return [at(-0.02, 0), ...bends.map((aside, i) => at(-0.004 + (0.008 * (i + 1)) / (bends.length + 1), aside)), at(0.02, 0)];
  });

describe('square metres', () => {
  it('are those of the sphere for a cell of the graticule, and a corner added on a border of kilometres changes nothing', () => {
    const degree = (6_371_008.8 * Math.PI) / 180;
    const cell = metresOf(polygon(square(113, 22, 1)));
    const between = Math.sin((23 * Math.PI) / 180) - Math.sin((22 * Math.PI) / 180);
    expect(cell / (degree * 6_371_008.8 * between)).toBeCloseTo(1, 9);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (at) => {
        const a: Position = [113, 22];
        const b: Position = [113.04, 22.01];
        const c: Position = [113.01, 22.03];
        const added: Position = [a[0] + at * (b[0] - a[0]), a[1] + at * (b[1] - a[1])];
        expect(Math.abs(metresOf(polygon([a, added, b, c, a])) - metresOf(polygon([a, b, c, a])))).toBeLessThan(0.1);
      }),
    );
  });
});

describe('a grid that a line divides', () => {
  it('is the same ground again when its parts are merged: nothing lost, nothing twice', () => {
    fc.assert(
      fc.property(star, through, (whole, line) => {
        const split = splitShape(whole, line);
        if (!split.ok) return;
        const total = metresOf(whole);
        const sum = split.parts.reduce((n, part) => n + metresOf(part), 0);
        expect(Math.abs(sum - total)).toBeLessThan(1);
        expect(
          overlapsOf(
            split.parts.map((geometry, i) => ({ areaId: `${i}`, geometry })),
            undefined,
            1,
          ),
        ).toEqual([]);
        expect(metresOf(restOf(whole, split.parts))).toBeLessThan(1);
        for (const part of split.parts) {
          expect(metresOutside(part, whole)).toBeLessThan(1);
          expect(checkBoundary(part).ok).toBe(true);
        }
        const merged = mergeShapes(split.parts);
        if (!merged.ok) throw new Error(merged.code);
        expect(Math.abs(metresOf(merged.geometry) - total)).toBeLessThan(1);
        expect(metresOf(restOf(merged.geometry, [whole]))).toBeLessThan(1);
      }),
      { numRuns: 150 },
    );
  });

  it('by a straight line through its middle always falls apart', () => {
    fc.assert(
      fc.property(star, fc.double({ min: 0, max: Math.PI, noNaN: true }), (whole, angle) => {
        const end = (side: number): Position => [113.4 + side * 0.02 * Math.cos(angle), 22.5 + side * 0.02 * Math.sin(angle)];
        const split = splitShape(whole, [end(-1), end(1)]);
        expect(split.ok && split.parts.length >= 2).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('every point of it lies in one part, and off the borders in exactly one', () => {
    fc.assert(
      fc.property(
        star,
        through,
        fc.double({ min: -0.008, max: 0.008, noNaN: true }),
        fc.double({ min: -0.008, max: 0.008, noNaN: true }),
        (whole, line, x, y) => {
          const split = splitShape(whole, line);
          const point: Position = [113.4 + x, 22.5 + y];
          if (!split.ok || wherePoint(whole, point) !== 'inside') return;
          const found = split.parts.filter((part) => containsPoint(part, point));
          expect(found.length).toBeGreaterThanOrEqual(1);
          if (found.length > 1) for (const part of found) expect(wherePoint(part, point)).toBe('border');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps its hole, also where the line runs through it', () => {
    const whole = polygon(square(113, 22, 0.03), square(113.01, 22.01));
    const split = splitShape(whole, [
      [112.99, 22.015],
      [113.04, 22.015],
    ]);
    if (!split.ok) throw new Error(split.code);
    expect(split.parts).toHaveLength(2);
    expect(split.parts.reduce((n, part) => n + metresOf(part), 0)).toBeCloseTo(metresOf(whole), 0);
    const beside = splitShape(whole, [
      [112.99, 22.005],
      [113.04, 22.005],
    ]);
    expect(beside.ok && beside.parts.map((part) => polygonsOf(part)[0]!.length).sort()).toEqual([1, 2]);
  });

  it('is refused where the line misses it, ends inside or runs along the border', () => {
    const whole = polygon(square(113, 22));
    for (const line of [
      [
        [112, 22],
        [112, 23],
      ],
      [
        [112.99, 22.005],
        [113.005, 22.005],
      ],
      [
        [113, 22],
        [113.01, 22],
      ],
      [[113.005, 22.005]],
      [
        [113.005, 22.005],
        [113.005, 22.005],
      ],
    ] as Position[][])
      expect(splitShape(whole, line)).toEqual({ ok: false, code: 'lineMissesArea' });
  });
});

describe('grids that become one', () => {
  it('must touch', () => {
    const [a, b, c] = [polygon(square(113, 22)), polygon(square(113.01, 22)), polygon(square(113.03, 22))];
    const merged = mergeShapes([a, b]);
    expect(merged.ok && metresOf(merged.geometry)).toBeCloseTo(metresOf(a) + metresOf(b), 0);
    expect(mergeShapes([a, b, c])).toEqual({ ok: false, code: 'partsApart' });
  });
});

describe('the check of a net', () => {
  it('finds overlaps beyond the tolerance, and only those', () => {
    const a = { areaId: 'a', geometry: polygon(square(113, 22)) };
    const b = { areaId: 'b', geometry: polygon(square(113.009, 22)) };
    const hair = { areaId: 'c', geometry: polygon(square(113.01 - 1e-9, 22)) };
    expect(overlapsOf([a, hair])).toEqual([]);
    const [found, ...more] = overlapsOf([a, b]);
    expect(more).toEqual([]);
    expect(found!.areaIds).toEqual(['a', 'b']);
    expect(found!.squareMetres).toBeGreaterThan(TOLERANCE_M2);
    expect(overlapsOf([a, b], new Set(['c']))).toEqual([]);
  });

  it('finds the ground that nobody has', () => {
    const whole = polygon(square(113, 22, 0.02));
    expect(gapsOf(whole, [polygon(square(113, 22, 0.02))])).toEqual([]);
    const gaps = gapsOf(whole, [polygon(square(113, 22)), polygon(square(113.01, 22.01))]);
    expect(gaps).toHaveLength(2);
    expect(gaps.reduce((n, gap) => n + gap.squareMetres, 0)).toBeCloseTo(metresOf(whole) / 2, -3);
    expect(gapsOf(whole, [])).toHaveLength(1);
  });
});
