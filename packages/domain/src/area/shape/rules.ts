import { difference } from '@turf/difference';
import { featureCollection } from '@turf/helpers';
import { intersect } from '@turf/intersect';
import { union } from '@turf/union';
import { boundsOf, polygonsOf } from '../rules.ts';
import type { Bounds, Geometry, Position } from '../schema.ts';
import { facesOf, type Segment } from './faces/rules.ts';

/** Below this many square metres an overlap, a gap or what sticks out is noise of drawing and conversion, and nobody's fault. */
export const TOLERANCE_M2 = 100;
/** A piece smaller than this is no piece. */
const CRUMB_M2 = 1;
/** Intersections are kept to a tenth of a millimetre, so that two lines that meet share one corner. */
const GRAIN = 1e9;
/** Points a dividing line may have. */
export const MOST_LINE_POINTS = 500;

type Feature = Parameters<typeof union>[0]['features'][number];
const feature = (geometry: Geometry): Feature => ({ type: 'Feature', properties: {}, geometry }) as unknown as Feature;
const geometryOf = (found: { geometry: unknown } | null): Geometry | undefined => (found?.geometry as Geometry | undefined) ?? undefined;

/** Mean radius of the earth in metres (IUGG). */
const RADIUS = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Area in square metres on a sphere, of edges that are straight in longitude and latitude as maps draw them: the integral of sin φ over λ along
 * each edge, so that parts add up to their whole and a corner added on an edge changes nothing. (`@turf/area` takes sin φ as straight between
 * corners, which is metres off along an edge of some kilometres.)
 */
export const metresOf = (geometry: Geometry | undefined): number => {
  const ring = (points: readonly Position[]): number => {
    const west = points[0]![0];
    const sum = points.slice(1).reduce((all, [x, y], i) => {
      const [fromX, fromY] = points[i]!;
      const half = radians(y - fromY) / 2;
      const sine = Math.sin(radians(y + fromY) / 2) * (half === 0 ? 1 : Math.sin(half) / half);
      return all + (radians(x - west) - radians(fromX - west)) * sine;
    }, 0);
    return Math.abs(sum) * RADIUS ** 2;
  };
  return geometry
    ? polygonsOf(geometry).reduce((all, [outer, ...holes]) => all + ring(outer!) - holes.reduce((n, hole) => n + ring(hole), 0), 0)
    : 0;
};

const boxesMeet = (a: Bounds, b: Bounds): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

/** What two areas have in common; undefined where nothing. */
export const commonOf = (a: Geometry, b: Geometry): Geometry | undefined =>
  boxesMeet(boundsOf(a), boundsOf(b)) ? geometryOf(intersect(featureCollection([feature(a), feature(b)]))) : undefined;

/** What of an area lies in none of the others. */
export const restOf = (whole: Geometry, others: readonly Geometry[]): Geometry | undefined => {
  const box = boundsOf(whole);
  const near = others.filter((other) => boxesMeet(box, boundsOf(other)));
  return near.length === 0 ? whole : geometryOf(difference(featureCollection([feature(whole), ...near.map(feature)])));
};

const withoutCrumbs = (geometry: Geometry): Geometry => {
  const kept = polygonsOf(geometry).map(([outer, ...holes]) => [
    outer!,
    ...holes.filter((ring) => metresOf({ type: 'Polygon', coordinates: [ring] }) >= CRUMB_M2),
  ]);
  return kept.length === 1 ? { type: 'Polygon', coordinates: kept[0]! } : { type: 'MultiPolygon', coordinates: kept };
};

export type Merged = { readonly ok: true; readonly geometry: Geometry } | { readonly ok: false; readonly code: 'partsApart' };

/** One area of several that touch; refused when some part lies by itself. */
export const mergeShapes = (geometries: readonly Geometry[]): Merged => {
  const merged = geometryOf(geometries.length === 1 ? feature(geometries[0]!) : union(featureCollection(geometries.map(feature))));
  const pieces = geometries.reduce((n, geometry) => n + polygonsOf(geometry).length, 0);
  if (!merged || polygonsOf(merged).length > pieces - (geometries.length - 1)) return { ok: false, code: 'partsApart' };
  return { ok: true, geometry: withoutCrumbs(merged) };
};

const round = ([x, y]: Position): Position => [Math.round(x * GRAIN) / GRAIN, Math.round(y * GRAIN) / GRAIN];
const near = (a: Position, b: Position): boolean => Math.abs(a[0] - b[0]) < 2 / GRAIN && Math.abs(a[1] - b[1]) < 2 / GRAIN;

/** Where two segments cross or touch; a corner that is already there is taken as it is. Parallel ones never do. */
const crossing = (a: Position, b: Position, c: Position, d: Position): Position | undefined => {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const across = rx * sy - ry * sx;
  if (across === 0) return undefined;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / across;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / across;
  const slack = 1e-9;
  if (t < -slack || t > 1 + slack || u < -slack || u > 1 + slack) return undefined;
  const met = round([a[0] + t * rx, a[1] + t * ry]);
  return [c, d, a, b].find((corner) => near(corner, met)) ?? met;
};

/** A segment cut at the points found on it, in order. */
const cut = (from: Position, to: Position, at: readonly Position[]): [Position, Position][] => {
  const along = (p: Position): number => (p[0] - from[0]) * (to[0] - from[0]) + (p[1] - from[1]) * (to[1] - from[1]);
  const inside = at.filter((p) => !near(p, from) && !near(p, to)).sort((p, q) => along(p) - along(q));
  const stops = [from, ...inside.filter((p, i) => i === 0 || !near(p, inside[i - 1]!)), to];
  return stops.slice(1).map((stop, i): [Position, Position] => [stops[i]!, stop]);
};

const segmentsOf = (points: readonly Position[]): Segment[] => points.slice(1).map((point, i): Segment => [points[i]!, point]);

export type Split = { readonly ok: true; readonly parts: readonly Geometry[] } | { readonly ok: false; readonly code: 'lineMissesArea' };

/** Border and line as one net of segments that meet only in corners. */
const nettedWith = (whole: Geometry, line: readonly Position[]): Segment[] => {
  const borders = polygonsOf(whole).flatMap((rings) => rings.flatMap(segmentsOf));
  const cuts = segmentsOf(line);
  const onLine = cuts.map((): Position[] => []);
  const pieces: [Position, Position][] = [];
  for (const [a, b] of borders) {
    const found: Position[] = [];
    for (const [i, [c, d]] of cuts.entries()) {
      const met = crossing(c, d, a, b);
      if (!met) continue;
      found.push(met);
      onLine[i]!.push(met);
    }
    pieces.push(...cut(a, b, found));
  }
  // A line may cross itself: a loop cuts a piece out.
  for (const [i, [a, b]] of cuts.entries())
    for (const [j, [c, d]] of cuts.entries()) {
      const met = j > i + 1 ? crossing(a, b, c, d) : undefined;
      if (met) {
        onLine[i]!.push(met);
        onLine[j]!.push(met);
      }
    }
  for (const [i, [a, b]] of cuts.entries()) {
    const ends = (p: Position): Position => onLine[i]!.find((met) => near(met, p)) ?? p;
    pieces.push(...cut(ends(a), ends(b), onLine[i]!));
  }
  return pieces;
};

/**
 * The parts a drawn line divides an area into: two, or more where it crosses several times. The line must reach from border to border; what
 * hangs over is ignored. Every corner of the border stays, so that neighbours keep the edges they share.
 */
export const splitShape = (whole: Geometry, line: readonly Position[]): Split => {
  const drawn = line.map(round).filter((point, i, all) => i === 0 || !near(point, all[i - 1]!));
  const faces = facesOf(nettedWith(whole, drawn));
  const parts = faces.filter((face) => {
    const metres = metresOf(face);
    return metres >= CRUMB_M2 && metresOf(commonOf(face, whole)) > metres / 2;
  });
  const total = metresOf(whole);
  const sum = parts.reduce((n, part) => n + metresOf(part), 0);
  if (parts.length <= polygonsOf(whole).length || Math.abs(sum - total) > total * 1e-5) return { ok: false, code: 'lineMissesArea' };
  return { ok: true, parts };
};

export interface Drawn {
  readonly areaId: string;
  readonly geometry: Geometry;
}
export interface Overlap {
  readonly areaIds: readonly [string, string];
  readonly squareMetres: number;
  readonly geometry: Geometry;
}

/** Pairs that lie over each other by more than the tolerance; only pairs with one of `of`, where it is given. */
export const overlapsOf = (areas: readonly Drawn[], of?: ReadonlySet<string>, tolerance = TOLERANCE_M2): Overlap[] => {
  const boxed = areas.map((one) => ({ ...one, box: boundsOf(one.geometry) })).sort((a, b) => a.box[0] - b.box[0]);
  const found: Overlap[] = [];
  for (const [i, one] of boxed.entries())
    for (let j = i + 1; j < boxed.length && boxed[j]!.box[0] <= one.box[2]; j++) {
      const other = boxed[j]!;
      if (of && !of.has(one.areaId) && !of.has(other.areaId)) continue;
      const geometry = commonOf(one.geometry, other.geometry);
      const squareMetres = metresOf(geometry);
      if (geometry && squareMetres > tolerance) found.push({ areaIds: [one.areaId, other.areaId], squareMetres, geometry });
    }
  return found;
};

export interface Gap {
  readonly squareMetres: number;
  readonly geometry: Geometry;
}

/** Pieces of an area that none of its parts covers, larger than the tolerance, the largest first. */
export const gapsOf = (whole: Geometry, parts: readonly Geometry[], tolerance = TOLERANCE_M2): Gap[] => {
  const rest = restOf(whole, parts);
  return (rest ? polygonsOf(rest) : [])
    .map((coordinates): Gap => {
      const geometry: Geometry = { type: 'Polygon', coordinates };
      return { squareMetres: metresOf(geometry), geometry };
    })
    .filter((gap) => gap.squareMetres > tolerance)
    .sort((a, b) => b.squareMetres - a.squareMetres);
};

/** Square metres of an area that stick out of another. */
export const metresOutside = (inner: Geometry, outer: Geometry): number => metresOf(restOf(inner, [outer]));
