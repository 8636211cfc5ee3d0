import type { Bounds, Geometry, Position, Ring } from './schema.ts';

/** Every polygon of a geometry: outer ring first, then holes. */
export const polygonsOf = (geometry: Geometry): readonly (readonly Ring[])[] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;

export const boundsOf = (geometry: Geometry): Bounds => {
  let [west, south, east, north] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [outer] of polygonsOf(geometry))
    for (const [lon, lat] of outer ?? []) {
      west = Math.min(west, lon);
      south = Math.min(south, lat);
      east = Math.max(east, lon);
      north = Math.max(north, lat);
    }
  return [west, south, east, north];
};

/** Twice the signed area of the triangle a, b, c: positive when c lies left of a→b. Zero on the line. */
const side = (a: Position, b: Position, c: Position): number => (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);

const within = (a: number, b: number, x: number): boolean => (a < b ? a <= x && x <= b : b <= x && x <= a);

/** Whether p lies on the segment, its ends included. */
const onSegment = (a: Position, b: Position, p: Position): boolean =>
  side(a, b, p) === 0 && within(a[0], b[0], p[0]) && within(a[1], b[1], p[1]);

type Where = 'inside' | 'border' | 'outside';

const whereInRing = (ring: Ring, p: Position): Where => {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1]!;
    const b = ring[i]!;
    if (onSegment(a, b, p)) return 'border';
    // The half-open rule: a corner belongs to one of the two edges that meet there, so it is never counted twice.
    if (a[1] > p[1] !== b[1] > p[1] && side(a, b, p) > 0 === b[1] > a[1]) inside = !inside;
  }
  return inside ? 'inside' : 'outside';
};

/** Where a point lies: a border counts as its own answer, so that callers can settle shared borders the same way each time. */
export const wherePoint = (geometry: Geometry, p: Position): Where => {
  for (const [outer, ...holes] of polygonsOf(geometry)) {
    const where = outer ? whereInRing(outer, p) : 'outside';
    if (where === 'border') return 'border';
    if (where === 'outside') continue;
    const hole = holes.map((ring) => whereInRing(ring, p)).find((inHole) => inHole !== 'outside');
    if (hole === 'border') return 'border';
    if (hole === undefined) return 'inside';
  }
  return 'outside';
};

/** Inside or on the border. Two areas that share a border both contain its points; `PlaceIndex` then takes the lowest code. */
export const containsPoint = (geometry: Geometry, p: Position): boolean => wherePoint(geometry, p) !== 'outside';

/** Metres between two points on a sphere (haversine): good to half a per cent. */
export const metresBetween = (
  a: { readonly lon: number; readonly lat: number },
  b: { readonly lon: number; readonly lat: number },
): number => {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)));
};

/** Area in square metres on a sphere of equal area, by the shoelace on an equirectangular plane; good to 1 % for a town. */
export const squareMetres = (geometry: Geometry): number => {
  const [, south, , north] = boundsOf(geometry);
  const metres = 111_320;
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const ringArea = (ring: Ring): number =>
    Math.abs(ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]![0] * y - x * ring[i]![1]), 0) / 2) * metres * metres * shrink;
  return polygonsOf(geometry).reduce((sum, [outer, ...holes]) => sum + ringArea(outer!) - holes.reduce((s, h) => s + ringArea(h), 0), 0);
};

/** A point well inside, for a name: the middle of the longest stretch of land on the parallel half-way up the largest polygon. */
export const namePointOf = (geometry: Geometry): Position => {
  const boxes = polygonsOf(geometry).map((rings) => ({ rings, box: boundsOf({ type: 'Polygon', coordinates: rings }) }));
  const sizeOf = ([west, south, east, north]: Bounds): number => (east - west) * (north - south);
  const { rings, box } = boxes.reduce((a, b) => (sizeOf(b.box) > sizeOf(a.box) ? b : a));
  const [west, south, east, north] = box;
  const lat = (south + north) / 2;
  const cuts = rings
    .flatMap((ring) =>
      ring.slice(1).flatMap(([bx, by], i) => {
        const [ax, ay] = ring[i]!;
        return ay > lat === by > lat ? [] : [ax + ((lat - ay) / (by - ay)) * (bx - ax)];
      }),
    )
    .sort((a, b) => a - b);
  let widest: readonly [number, number] = [west, east];
  let width = -1;
  for (let i = 0; i + 1 < cuts.length; i += 2)
    if (cuts[i + 1]! - cuts[i]! > width) {
      widest = [cuts[i]!, cuts[i + 1]!];
      width = widest[1] - widest[0];
    }
  return [(widest[0] + widest[1]) / 2, lat];
};

/** Limits for a boundary that somebody hands in. */
export const BOUNDARY_LIMITS = { polygons: 200, holes: 200, positions: 10_000, minSquareMetres: 1 } as const;

export type BoundaryFault =
  | 'notPolygon'
  | 'tooManyPolygons'
  | 'tooManyHoles'
  | 'tooManyPositions'
  | 'tooFewPositions'
  | 'notClosed'
  | 'badPosition'
  | 'selfCrossing'
  | 'holeOutside'
  | 'tooSmall';
export type CheckedBoundary =
  | { readonly ok: true; readonly geometry: Geometry }
  | { readonly ok: false; readonly code: BoundaryFault; readonly params?: Readonly<Record<string, number>> };

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  value.length >= 2 &&
  value.length <= 3 &&
  value.every((n) => typeof n === 'number' && Number.isFinite(n)) &&
  Math.abs(value[0]) <= 180 &&
  Math.abs(value[1]) <= 90;

const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Whether two segments meet anywhere. */
const meet = (a: Position, b: Position, c: Position, d: Position): boolean => {
  const [s1, s2, s3, s4] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (s1 > 0 !== s2 > 0 && s3 > 0 !== s4 > 0 && s1 !== 0 && s2 !== 0 && s3 !== 0 && s4 !== 0) return true;
  return onSegment(a, b, c) || onSegment(a, b, d) || onSegment(c, d, a) || onSegment(c, d, b);
};

/**
 * Whether any two edges of the rings meet except where neighbours join; also finds figures of eight and spikes. Edges are swept from west to
 * east, so that only edges whose longitudes overlap are compared. Separate rings may touch in a point.
 */
const selfCrosses = (rings: readonly Ring[]): boolean => {
  const edges = rings.flatMap((ring, r) =>
    ring.slice(1).map((b, i) => ({
      r,
      i,
      last: ring.length - 2,
      a: ring[i]!,
      b,
      west: Math.min(ring[i]![0], b[0]),
      east: Math.max(ring[i]![0], b[0]),
    })),
  );
  edges.sort((e, f) => e.west - f.west);
  const proper = (a: Position, b: Position, c: Position, d: Position): boolean =>
    side(a, b, c) > 0 !== side(a, b, d) > 0 &&
    side(c, d, a) > 0 !== side(c, d, b) > 0 &&
    side(a, b, c) !== 0 &&
    side(a, b, d) !== 0 &&
    side(c, d, a) !== 0 &&
    side(c, d, b) !== 0;
  for (const [k, e] of edges.entries()) {
    for (let m = k + 1; m < edges.length && edges[m]!.west <= e.east; m++) {
      const f = edges[m]!;
      if (e.r !== f.r) {
        if (proper(e.a, e.b, f.a, f.b)) return true;
        continue;
      }
      const gap = Math.abs(e.i - f.i);
      if (gap !== 1 && gap !== e.last) {
        if (meet(e.a, e.b, f.a, f.b)) return true;
        continue;
      }
      const [first, second] = (f.i - e.i + e.last + 1) % (e.last + 1) === 1 ? [e, f] : [f, e];
      // Neighbours share one corner; lying on each other is a spike.
      if (onSegment(first.a, first.b, second.b) || onSegment(second.a, second.b, first.a)) return true;
    }
  }
  return false;
};

/** Checks a boundary from outside (a file, a screen) and returns it typed, or a stable code. Nothing of the input is trusted. */
export const checkBoundary = (input: unknown): CheckedBoundary => {
  const fault = (code: BoundaryFault, params?: Record<string, number>): CheckedBoundary => ({
    ok: false,
    code,
    ...(params ? { params } : {}),
  });
  if (typeof input !== 'object' || input === null) return fault('notPolygon');
  const { type, coordinates } = input as { type?: unknown; coordinates?: unknown };
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(coordinates)) return fault('notPolygon');
  const polygons: unknown[] = type === 'Polygon' ? [coordinates] : coordinates;
  if (polygons.length === 0) return fault('notPolygon');
  if (polygons.length > BOUNDARY_LIMITS.polygons) return fault('tooManyPolygons', { most: BOUNDARY_LIMITS.polygons });
  let positions = 0;
  const checked: Ring[][] = [];
  for (const rings of polygons) {
    if (!Array.isArray(rings) || rings.length === 0) return fault('notPolygon');
    if (rings.length - 1 > BOUNDARY_LIMITS.holes) return fault('tooManyHoles', { most: BOUNDARY_LIMITS.holes });
    const typed: Ring[] = [];
    for (const ring of rings) {
      if (!Array.isArray(ring)) return fault('notPolygon');
      positions += ring.length;
      if (positions > BOUNDARY_LIMITS.positions) return fault('tooManyPositions', { most: BOUNDARY_LIMITS.positions });
      if (ring.length < 4) return fault('tooFewPositions');
      if (!ring.every(isPosition)) return fault('badPosition');
      const flat = ring.map(([lon, lat]): Position => [lon, lat]).filter((p, i, all) => i === 0 || !same(p, all[i - 1]!));
      if (!same(flat[0]!, flat.at(-1)!)) return fault('notClosed');
      if (flat.length < 4) return fault('tooFewPositions');
      typed.push(flat);
    }
    if (selfCrosses(typed)) return fault('selfCrossing');
    const [outer, ...holes] = typed;
    for (const hole of holes) if (hole.some((p) => whereInRing(outer!, p) === 'outside')) return fault('holeOutside');
    checked.push(typed);
  }
  if (checked.length > 1 && selfCrosses(checked.flat())) return fault('selfCrossing');
  const geometry: Geometry = type === 'Polygon' ? { type, coordinates: checked[0]! } : { type, coordinates: checked };
  if (squareMetres(geometry) < BOUNDARY_LIMITS.minSquareMetres) return fault('tooSmall');
  return { ok: true, geometry };
};

/** Codes of national divisions and grids by level: 2, 4, 6, 9, 12 digits, grids 15 (community + 3). Undefined when it is none of these. */
export const levelOfCode = (code: string): 'province' | 'city' | 'district' | 'town' | 'community' | 'grid' | undefined => {
  if (!/^\d{2,15}$/.test(code)) return undefined;
  const levels = { 2: 'province', 4: 'city', 6: 'district', 9: 'town', 12: 'community', 15: 'grid' } as const;
  return levels[code.length as keyof typeof levels];
};
