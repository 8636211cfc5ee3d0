import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

export const AREA_KINDS = ['city', 'district', 'town', 'community', 'grid', 'dedicatedGrid'] as const;
export const AreaKind = Type.Enum([...AREA_KINDS]);
export type AreaKind = (typeof AREA_KINDS)[number];

export const Setting = Type.Enum(['urban', 'rural', 'urbanVillage', 'fringe']);
export type Setting = Static<typeof Setting>;

/** Longitude, latitude in WGS-84 degrees. */
export type Position = readonly [lon: number, lat: number];
/** Closed: the first position again at the end. */
export type Ring = readonly Position[];
/** GeoJSON (RFC 7946): the outer ring first, then holes. */
export interface Polygon {
  readonly type: 'Polygon';
  readonly coordinates: readonly Ring[];
}
export interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly Ring[])[];
}
export type Geometry = Polygon | MultiPolygon;

/** west, south, east, north in degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

export const AreaView = Type.Object({
  id: Type.String(),
  kind: AreaKind,
  parentId: Type.Optional(Type.String()),
  name: Label,
  /** The code in force: national (2-12 digits) or local (grids, 15). */
  code: Type.Optional(Type.String()),
  codeSource: Type.Optional(Type.Enum(['NBS2023', 'MCA', 'local'])),
  setting: Type.Optional(Setting),
  households: Type.Optional(Type.Integer()),
  synthetic: Type.Boolean(),
});
export type AreaView = Static<typeof AreaView>;

/** GET /areas/{id}: the area, its boundary where there is one, and its ancestors from the top. */
export const AreaDetail = Type.Object({
  area: AreaView,
  path: Type.Array(AreaView),
  boundary: Type.Optional(Type.Unknown({ description: 'GeoJSON Polygon or MultiPolygon, WGS-84' })),
});
export type AreaDetail = Static<typeof AreaDetail>;

/** GET /areas/resolve: the smallest area a point lies in, its ancestors, and dedicated grids laid over it. Empty outside the city. */
export const ResolvedPoint = Type.Object({
  area: Type.Optional(AreaView),
  path: Type.Array(AreaView),
  overlays: Type.Array(AreaView),
});
export type ResolvedPoint = Static<typeof ResolvedPoint>;
