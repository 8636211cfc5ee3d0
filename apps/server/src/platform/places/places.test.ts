import { boundsOf, containsPoint, wherePoint } from '@tongxin/domain/area/rules.ts';
import type { Position } from '@tongxin/domain/area/schema.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePlaces } from './places.ts';
import type { BoundaryRow } from './repo.ts';

const { areas, points } = WORLD;

const rows: BoundaryRow[] = Object.values(areas)
  .map((area): BoundaryRow => {
    const [west, south, east, north] = area.bbox;
    const ring: Position[] = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    return { area_id: area.areaId, kind: area.kind, path: area.path, code: area.code, geometry: { type: 'Polygon', coordinates: [ring] } };
  })
  .sort((a, b) => (a.code! < b.code! ? -1 : 1));
const places = makePlaces(rows);

describe('the grid of a point', () => {
  it('is nowhere for points outside and for numbers that are no coordinates', () => {
    for (const point of [
      points.outside,
      { lon: Number.NaN, lat: 22 },
      { lon: Number.POSITIVE_INFINITY, lat: 22 },
      { lon: 1e300, lat: -1e300 },
    ])
      expect(places.resolve(point)).toEqual({ overlayIds: [] });
  });

  it('comes with every level above it, and without levels the city does not have', () => {
    expect(places.resolve(points.inA12)).toEqual({
      cityId: areas.city.areaId,
      townId: areas.townA.areaId,
      communityId: areas.communityA1.areaId,
      gridId: areas.gridA12.areaId,
      overlayIds: [],
    });
  });

  it('names the dedicated grid that lies over it', () => {
    expect(places.resolve(points.inSchool)).toMatchObject({ gridId: areas.gridA11.areaId, overlayIds: [areas.schoolA.areaId] });
  });

  it('is the one with the lowest code where four grids meet', () => {
    expect(places.resolve(points.corner).gridId).toBe(areas.gridA11.areaId);
  });

  it('falls back to the smallest area that has a boundary', () => {
    const withoutGrids = makePlaces(
      rows.map((row) => (row.kind === 'grid' || row.kind === 'community' ? { ...row, geometry: null } : row)),
    );
    expect(withoutGrids.resolve(points.inB11)).toEqual({ cityId: areas.city.areaId, townId: areas.townB.areaId, overlayIds: [] });
    expect(withoutGrids.ofArea(areas.gridB11.areaId)?.communityId).toBe(areas.communityB1.areaId);
  });
});

describe('over random crooked grids', () => {
  const size = 5;
  const lattice = fc
    .array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })), {
      minLength: (size + 1) ** 2,
      maxLength: (size + 1) ** 2,
    })
    .map((moved) => {
      const at = (row: number, column: number): Position => {
        const [dx, dy] = moved[row * (size + 1) + column]!;
        return [113 + (column * 10 + dx) / 100, 22 + (row * 10 + dy) / 100];
      };
      return Array.from({ length: size * size }, (_, i): BoundaryRow => {
        const [row, column] = [Math.floor(i / size), i % size];
        const ring = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column), at(row, column)];
        const id = `grid-${String(i).padStart(3, '0')}`;
        return { area_id: id, kind: 'grid', path: [id], code: id, geometry: { type: 'Polygon', coordinates: [ring] } };
      });
    });
  // Hundredths of a degree: many points fall exactly on corners and edges.
  const coordinate = fc.integer({ min: -2, max: 52 });

  it('the index answers what looking at every grid answers', () => {
    fc.assert(
      fc.property(lattice, fc.array(fc.tuple(coordinate, coordinate), { minLength: 30, maxLength: 30 }), (grids, tried) => {
        const index = makePlaces(grids);
        for (const [x, y] of tried) {
          const point: Position = [113 + x / 100, 22 + y / 100];
          const slow = grids.find((grid) => containsPoint(grid.geometry!, point))?.area_id;
          expect(index.resolve({ lon: point[0], lat: point[1] }).gridId).toBe(slow);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('no point inside one grid is inside another, and every point inside the middle lies in some grid', () => {
    fc.assert(
      fc.property(lattice, coordinate, coordinate, (grids, x, y) => {
        const point: Position = [113 + x / 100, 22 + y / 100];
        expect(grids.filter((grid) => wherePoint(grid.geometry!, point) === 'inside').length).toBeLessThanOrEqual(1);
        if (x >= 4 && x <= 46 && y >= 4 && y <= 46) expect(grids.some((grid) => containsPoint(grid.geometry!, point))).toBe(true);
        expect(boundsOf(grids[0]!.geometry!)[0]).toBeLessThan(boundsOf(grids[0]!.geometry!)[2]);
      }),
      { numRuns: 300 },
    );
  });
});
