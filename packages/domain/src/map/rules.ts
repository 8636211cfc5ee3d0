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

/** Zoom of the cells that points are numbered by. */
const KEY_ZOOM = 20;

/** Column and row interleaved, the column in the last bit; a tile one zoom closer has two bits more. */
const interleave = (x: number, y: number, bits: number): number => {
  let key = 0;
  for (let bit = bits - 1; bit >= 0; bit--) key = key * 4 + 2 * (Math.floor(y / 2 ** bit) % 2) + (Math.floor(x / 2 ** bit) % 2);
  return key;
};

/** Number of the smallest cell a point lies in, along the Morton order; the same as the database's `place_key`. */
export const placeKeyOf = (lon: number, lat: number): number => {
  const { x, y } = tileOf(lon, lat, KEY_ZOOM);
  return interleave(x, y, KEY_ZOOM);
};

/** Numbers of all cells of a tile: from the first up to, and without, the last. */
export const keysOfTile = ({ z, x, y }: Tile): readonly [from: number, to: number] => {
  const cells = 4 ** (KEY_ZOOM - z);
  const first = interleave(x, y, z) * cells;
  return [first, first + cells];
};

/** The middle of a cell, in degrees to five places; the cell is a place's number without its last `bits`, an even number of them. */
export const middleOfCell = (cell: number, bits: number): { readonly lon: number; readonly lat: number } => {
  let [x, y] = [0, 0];
  for (let bit = 0, rest = cell; rest > 0; bit++, rest = Math.floor(rest / 4)) {
    x += (rest % 2) * 2 ** bit;
    y += (Math.floor(rest / 2) % 2) * 2 ** bit;
  }
  const side = 2 ** (KEY_ZOOM - bits / 2);
  const mercator = Math.PI * (1 - (2 * (y + 0.5)) / side);
  const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
  return { lon: round(((x + 0.5) / side) * 360 - 180), lat: round((Math.atan(Math.sinh(mercator)) * 180) / Math.PI) };
};

/** How many bits of a cell's number to leave out so that cells are 1/2^`finer` of a tile of the zoom; none below the smallest cell. */
export const bitsOfCells = (zoom: number, finer: number): number => 2 * Math.max(0, KEY_ZOOM - zoom - finer);

/** `west,south,east,north` in degrees as a box, or undefined where it is none. */
export const boxOf = (text: string): Bounds | undefined => {
  const numbers = text.split(',').map((one) => (one.trim() ? Number(one) : Number.NaN));
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || west! > east! || south! > north!) return undefined;
  return [west!, south!, east!, north!];
};

/** Digits behind the point of a box in an address: a metre. */
const BOX_DIGITS = 1e5;
/** The same box in words for an address, its sides pushed out to the next metre. */
export const boxText = ([west, south, east, north]: Bounds): string =>
  [Math.floor(west * BOX_DIGITS), Math.floor(south * BOX_DIGITS), Math.ceil(east * BOX_DIGITS), Math.ceil(north * BOX_DIGITS)]
    .map((n) => n / BOX_DIGITS)
    .join(',');

/** Tiles a side that a box is laid out with: fewer reach further beyond it, more are more ranges to walk. */
const LAID_WITH = 4;

/** Ranges of points' numbers that hold every point of a box, and little else; in order, none touching the next. */
export const keysOfBox = ([west, south, east, north]: Bounds): (readonly [from: number, to: number])[] => {
  const corners = (z: number) => [tileOf(west, north, z), tileOf(east, south, z)] as const;
  let zoom = KEY_ZOOM;
  const wide = ([from, to]: ReturnType<typeof corners>): boolean => to.x - from.x >= LAID_WITH || to.y - from.y >= LAID_WITH;
  while (wide(corners(zoom))) zoom--;
  const [from, to] = corners(zoom);
  const tiles: (readonly [from: number, to: number])[] = [];
  for (let x = from.x; x <= to.x; x++) for (let y = from.y; y <= to.y; y++) tiles.push(keysOfTile({ z: zoom, x, y }));
  const ranges: [from: number, to: number][] = [];
  for (const [first, end] of tiles.sort((a, b) => a[0] - b[0])) {
    const last = ranges.at(-1);
    if (last?.[1] === first) last[1] = end;
    else ranges.push([first, end]);
  }
  return ranges;
};
