import { boundsOf, namePointOf, polygonsOf } from '@tongxin/domain/area/rules.ts';
import type { AreaKind, Geometry } from '@tongxin/domain/area/schema.ts';
import type { Point } from '@tongxin/domain/case/schema.ts';
import Flatbush from 'flatbush';
import type pg from 'pg';
import type { Place, PlaceIndex } from '../deps.ts';
import { type BoundaryRow, findBoundaries } from './repo.ts';

/** A ring as x, y, x, y … for a tight loop. */
type FlatRing = Float64Array;
/** Polygons of rings, outer first. */
type Shape = readonly (readonly FlatRing[])[];

const flatten = (geometry: Geometry): Shape => polygonsOf(geometry).map((rings) => rings.map((ring) => Float64Array.from(ring.flat())));

/** 1 inside, 0 on the border, -1 outside; the arithmetic of domain/area `wherePoint` on flat rings. */
const whereInRing = (ring: FlatRing, x: number, y: number): 1 | 0 | -1 => {
  let inside = false;
  let ax = ring[0]!;
  let ay = ring[1]!;
  for (let i = 2; i < ring.length; i += 2) {
    const bx = ring[i]!;
    const by = ring[i + 1]!;
    const above = ay > y;
    const across = above !== by > y;
    if (across || ay === y || by === y) {
      const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
      if (side === 0 && (ax < bx ? ax <= x && x <= bx : bx <= x && x <= ax) && (ay < by ? ay <= y && y <= by : by <= y && y <= ay))
        return 0;
      if (across && side > 0 === by > ay) inside = !inside;
    }
    ax = bx;
    ay = by;
  }
  return inside ? 1 : -1;
};

const contains = (shape: Shape, x: number, y: number): boolean => {
  for (const rings of shape) {
    const outer = whereInRing(rings[0]!, x, y);
    if (outer === 0) return true;
    if (outer < 0) continue;
    let hole = -1;
    for (let i = 1; i < rings.length && hole < 0; i++) hole = whereInRing(rings[i]!, x, y);
    if (hole <= 0) return true;
  }
  return false;
};

/** Areas in the order of their codes, found by bounding box and then by shape. */
interface Layer {
  readonly tree?: Flatbush;
  readonly ids: readonly string[];
  readonly shapes: readonly Shape[];
}

const layerOf = (rows: readonly BoundaryRow[]): Layer => {
  const drawn = rows.filter((row) => row.geometry !== null);
  if (drawn.length === 0) return { ids: [], shapes: [] };
  const tree = new Flatbush(drawn.length);
  for (const row of drawn) tree.add(...boundsOf(row.geometry!));
  tree.finish();
  return { tree, ids: drawn.map((row) => row.area_id), shapes: drawn.map((row) => flatten(row.geometry!)) };
};

/** The area of a layer that a point lies in; the lowest code when it lies on a shared border. */
const findIn = (layer: Layer, x: number, y: number): string | undefined => {
  if (!layer.tree) return undefined;
  let found = -1;
  layer.tree.search(x, y, x, y, (i) => {
    if ((found < 0 || i < found) && contains(layer.shapes[i]!, x, y)) found = i;
    return false;
  });
  return found < 0 ? undefined : layer.ids[found];
};

const allIn = (layer: Layer, x: number, y: number): string[] => {
  const found = layer.tree?.search(x, y, x, y, (i) => contains(layer.shapes[i]!, x, y)) ?? [];
  return found.sort((a, b) => a - b).map((i) => layer.ids[i]!);
};

const COLUMNS: Partial<Record<AreaKind, keyof Omit<Place, 'overlayIds'>>> = {
  city: 'cityId',
  district: 'districtId',
  town: 'townId',
  community: 'communityId',
  grid: 'gridId',
};
/** From the smallest up: the first layer that has the point decides. */
const LEVELS: readonly AreaKind[] = ['grid', 'community', 'town', 'district', 'city'];
const NOWHERE: Place = { overlayIds: [] };

/** Builds the index over rows in code order. Points in no area answer an empty place; numbers that are no coordinates lie nowhere. */
export const makePlaces = (rows: readonly BoundaryRow[]): PlaceIndex => {
  const kinds = new Map(rows.map((row) => [row.area_id, row.kind]));
  const places = new Map<string, Place>();
  for (const row of rows) {
    const place: Record<string, unknown> = { overlayIds: row.kind === 'dedicatedGrid' ? [row.area_id] : [] };
    for (const areaId of row.path) {
      const column = COLUMNS[kinds.get(areaId) ?? 'dedicatedGrid'];
      if (column) place[column] = areaId;
    }
    places.set(row.area_id, place as unknown as Place);
  }
  const middles = new Map<string, Point>();
  for (const { area_id, kind, geometry } of rows)
    if (geometry && kind !== 'grid' && kind !== 'dedicatedGrid') {
      const [lon, lat] = namePointOf(geometry);
      middles.set(area_id, { lon, lat });
    }
  const layers = LEVELS.map((kind) => layerOf(rows.filter((row) => row.kind === kind)));
  const overlays = layerOf(rows.filter((row) => row.kind === 'dedicatedGrid'));
  return {
    resolve: ({ lon, lat }: Point): Place => {
      if (!Number.isFinite(lon) || !Number.isFinite(lat)) return NOWHERE;
      const laid = allIn(overlays, lon, lat);
      for (const layer of layers) {
        const areaId = findIn(layer, lon, lat);
        if (areaId === undefined) continue;
        const place = places.get(areaId)!;
        return laid.length ? { ...place, overlayIds: laid } : place;
      }
      return laid.length ? { overlayIds: laid } : NOWHERE;
    },
    ofArea: (areaId) => places.get(areaId),
    middleOf: (areaId) => middles.get(areaId),
  };
};

/** The index over the areas in force; `reload` after areas or boundaries changed. */
export const openPlaces = async (pool: pg.Pool): Promise<PlaceIndex & { reload(): Promise<void> }> => {
  let index = makePlaces(await findBoundaries(pool));
  return {
    resolve: (point) => index.resolve(point),
    ofArea: (areaId) => index.ofArea(areaId),
    middleOf: (areaId) => index.middleOf(areaId),
    reload: async () => {
      index = makePlaces(await findBoundaries(pool));
    },
  };
};
