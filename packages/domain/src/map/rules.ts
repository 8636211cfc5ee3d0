import type { Bounds } from '../area/schema.ts';

/** A tile of the square world map (web mercator, XYZ): row 0 is the northernmost. */
export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** No map of a city is looked at closer than a house. */
export const DEEPEST_ZOOM = 20;

/** Latitude where the square map ends. */
const EDGE = 85.051_128_779_806_59;

export const isTile = ({ z, x, y }: Tile): boolean =>
  Number.isInteger(z) && z >= 0 && z <= DEEPEST_ZOOM && [x, y].every((n) => Number.isInteger(n) && n >= 0 && n < 2 ** z);

/** Degrees east of column `x` (may be broken) of zoom `z`. */
const lonOf = (x: number, z: number): number => (x / 2 ** z) * 360 - 180;
const latOf = (y: number, z: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;

/** What a tile covers, in degrees, with so much around it as a part of its side. */
export const boundsOfTile = ({ z, x, y }: Tile, around = 0): Bounds => [
  lonOf(x - around, z),
  latOf(y + 1 + around, z),
  lonOf(x + 1 + around, z),
  latOf(y - around, z),
];

/** The tile of a zoom that a point lies in; points beyond the map's edge lie in its outermost row. */
export const tileOf = (lon: number, lat: number, z: number): Tile => {
  const last = 2 ** z - 1;
  const sin = Math.sin((Math.max(-EDGE, Math.min(EDGE, lat)) * Math.PI) / 180);
  const within = (n: number): number => Math.max(0, Math.min(last, Math.floor(n * 2 ** z)));
  return { z, x: within((lon + 180) / 360), y: within(0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) };
};
