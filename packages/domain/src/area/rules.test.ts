import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDARY_LIMITS, checkBoundary, containsPoint, levelOfCode, squareMetres, wherePoint } from './rules.ts';
import type { Geometry, Position, Ring } from './schema.ts';

const square = (west: number, south: number, side: number): Ring => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const polygon = (...rings: Ring[]): Geometry => ({ type: 'Polygon', coordinates: rings });

describe('a boundary somebody hands in', () => {
  const refused: [string, unknown, string][] = [
    ['nothing', null, 'notPolygon'],
    ['words', 'POLYGON((0 0))', 'notPolygon'],
    [
      'a line',
      {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
      'notPolygon',
    ],
    ['no ring', { type: 'Polygon', coordinates: [] }, 'notPolygon'],
    ['rings that are no lists', { type: 'Polygon', coordinates: [7] }, 'notPolygon'],
    [
      'two corners',
      polygon([
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
      'tooFewPositions',
    ],
    [
      'one corner four times',
      polygon([
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
      'tooFewPositions',
    ],
    [
      'an open ring',
      polygon([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ]),
      'notClosed',
    ],
    [
      'a corner beyond the globe',
      polygon([
        [0, 0],
        [181, 0],
        [1, 1],
        [0, 0],
      ]),
      'badPosition',
    ],
    [
      'a corner that is not a number',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 'x'],
            [1, 1],
            [0, 0],
          ],
        ],
      },
      'badPosition',
    ],
    [
      'a corner at infinity',
      polygon([
        [0, 0],
        [1, Number.POSITIVE_INFINITY],
        [1, 1],
        [0, 0],
      ]),
      'badPosition',
    ],
    [
      'a figure of eight',
      polygon([
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
      'selfCrossing',
    ],
    [
      'a spike',
      polygon([
        [0, 0],
        [1, 0],
        [2, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ]),
      'selfCrossing',
    ],
    [
      'a ring that touches itself',
      polygon([
        [0, 0],
        [2, 0],
        [2, 2],
        [1, 0],
        [0, 2],
        [0, 0],
      ]),
      'selfCrossing',
    ],
    ['a hole outside', polygon(square(0, 0, 1), square(3, 3, 1)), 'holeOutside'],
    ['a hole across the border', polygon(square(0, 0, 1), square(0.5, 0.5, 1)), 'selfCrossing'],
    ['parts that overlap', { type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(0.5, 0.5, 1)]] }, 'selfCrossing'],
    ['less than a square metre', polygon(square(113, 22, 0.000001)), 'tooSmall'],
    [
      'too many parts',
      { type: 'MultiPolygon', coordinates: Array.from({ length: BOUNDARY_LIMITS.polygons + 1 }, () => [square(0, 0, 1)]) },
      'tooManyPolygons',
    ],
    [
      'too many corners',
      polygon(Array.from({ length: BOUNDARY_LIMITS.positions + 1 }, (_, i): Position => [i / 1e5, 0])),
      'tooManyPositions',
    ],
    [
      'too many holes',
      polygon(square(0, 0, 1), ...Array.from({ length: BOUNDARY_LIMITS.holes + 1 }, () => square(0.4, 0.4, 0.1))),
      'tooManyHoles',
    ],
  ];
  it.each(refused)('is refused when it is %s', (_what, input, code) => {
    expect(checkBoundary(input)).toMatchObject({ ok: false, code });
  });

  it('is taken with holes, parts that touch in a corner, a third coordinate and repeated corners', () => {
    expect(checkBoundary(polygon(square(0, 0, 3), square(1, 1, 1))).ok).toBe(true);
    expect(checkBoundary({ type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(1, 1, 1)]] }).ok).toBe(true);
    const checked = checkBoundary({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0, 5],
          [1, 0, 5],
          [1, 0, 5],
          [1, 1, 5],
          [0, 0, 5],
        ],
      ],
    });
    expect(checked).toEqual({
      ok: true,
      geometry: polygon([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ]),
    });
  });

  it('never throws, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), (input) => typeof checkBoundary(input).ok === 'boolean'));
    fc.assert(
      fc.property(
        fc.constantFrom('Polygon', 'MultiPolygon'),
        fc.array(fc.array(fc.array(fc.anything({ maxDepth: 2 })))),
        (type, coordinates) => {
          expect(typeof checkBoundary({ type, coordinates }).ok).toBe('boolean');
        },
      ),
    );
  });
});

describe('a point', () => {
  const holed = polygon(square(0, 0, 3), square(1, 1, 1));

  it('is inside, on the border or outside; a hole is outside and its edge is border', () => {
    expect(wherePoint(holed, [0.5, 0.5])).toBe('inside');
    expect(wherePoint(holed, [1.5, 1.5])).toBe('outside');
    expect(wherePoint(holed, [1, 1.5])).toBe('border');
    expect(wherePoint(holed, [3, 3])).toBe('border');
    expect(wherePoint(holed, [0, 1])).toBe('border');
    expect(wherePoint(holed, [4, 1])).toBe('outside');
    expect(containsPoint(holed, [3, 2])).toBe(true);
  });

  it('lies in at least one and, off the borders, exactly one cell of a crooked lattice', () => {
    const corner = fc.record({ dx: fc.double({ min: -0.2, max: 0.2, noNaN: true }), dy: fc.double({ min: -0.2, max: 0.2, noNaN: true }) });
    const size = 4;
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: (size + 1) ** 2, maxLength: (size + 1) ** 2 }),
        fc.double({ min: 0.3, max: size - 0.3, noNaN: true }),
        fc.double({ min: 0.3, max: size - 0.3, noNaN: true }),
        (moved, x, y) => {
          const at = (row: number, column: number): Position => {
            const { dx, dy } = moved[row * (size + 1) + column]!;
            return [column + dx, row + dy];
          };
          const found = Array.from({ length: size * size }, (_, i) => {
            const [row, column] = [Math.floor(i / size), i % size];
            return wherePoint(
              polygon([at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column), at(row, column)]),
              [x, y],
            );
          });
          const inside = found.filter((where) => where === 'inside').length;
          expect(found.includes('border') ? inside : inside - 1).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('measures a square kilometre within a percent', () => {
  const side = 1000 / 111_320;
  const wide = side / Math.cos((22.5 * Math.PI) / 180);
  const area = squareMetres(
    polygon([
      [113, 22.5],
      [113 + wide, 22.5],
      [113 + wide, 22.5 + side],
      [113, 22.5 + side],
      [113, 22.5],
    ]),
  );
  expect(Math.abs(area - 1e6)).toBeLessThan(1e4);
});

it('knows levels of codes and refuses what is none', () => {
  expect(['44', '4420', '442000', '442000001', '442000001007', '442000001007001'].map(levelOfCode)).toEqual([
    'province',
    'city',
    'district',
    'town',
    'community',
    'grid',
  ]);
  expect(['', '4', '442', '44200000100700a', '4420000010070012', 'DROP'].map(levelOfCode)).toEqual(Array(6).fill(undefined));
});
