import { type Static, Type } from 'typebox';
import { AREA_KINDS } from '../area/schema.ts';
import { Label } from '../label/schema.ts';

/** west, south, east, north in degrees. */
const Box = Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]);

const AREA = { id: Type.String(), kind: Type.Enum([...AREA_KINDS]), label: Label, bounds: Type.Optional(Box) };
export const AreaOnMap = Type.Object(AREA);
export type AreaOnMap = Static<typeof AreaOnMap>;

const FIGURES = {
  /** Open now, or filed in the days asked for. */
  n: Type.Integer(),
  /** Of what is open, with a red light. */
  late: Type.Integer(),
  /** Reported today. */
  today: Type.Integer(),
};
export const Figures = Type.Object(FIGURES);
export type Figures = Static<typeof Figures>;

/** GET /map/counts: what the reader answers for in an area, by what lies directly below it. */
export const AreaCounts = Type.Object({
  area: AreaOnMap,
  path: Type.Array(AreaOnMap),
  rows: Type.Array(Type.Object({ ...AREA, ...FIGURES })),
  /** In the area and in none of those below it. */
  elsewhere: Figures,
  total: Figures,
});
export type AreaCounts = Static<typeof AreaCounts>;

/** GET /map/areas: areas by a part of their name, each with the names above it. */
export const FoundAreas = Type.Object({ areas: Type.Array(Type.Object({ ...AREA, path: Type.Array(Label) })) });
export type FoundAreas = Static<typeof FoundAreas>;

/** Pictures that the installation puts below its maps. */
export const Backdrop = Type.Object({
  /** XYZ pictures, or a PMTiles archive of pictures or of vector tiles. */
  kind: Type.Enum(['xyz', 'pmtiles']),
  /** Pictures by {z}, {x}, {y}, the later over the earlier; or one archive. */
  urls: Type.Array(Type.String()),
  attribution: Type.String(),
  /** Not WGS-84 but shifted as the law of the country demands of public maps: hundreds of metres beside what is drawn over it. */
  shifted: Type.Boolean(),
});
export type Backdrop = Static<typeof Backdrop>;

/** GET /map: where the map lies, and what lies under it. */
export const MapGround = Type.Object({ bounds: Type.Optional(Box), backdrop: Type.Optional(Backdrop) });
export type MapGround = Static<typeof MapGround>;
