import type { Polygon, Position, Ring } from '@tongxin/domain/area/schema.ts';
import type { Random } from './random.ts';

/**
 * An invented city as a patch of a crooked lattice. Every cell is one grid; communities, towns and the city are unions of cells. All corners
 * come from one table, so neighbours share their edges exactly: nothing overlaps and nothing is left out, whatever the shapes.
 */
export interface Lattice {
  readonly width: number;
  /** Cells inside the outline, as `row * width + column`. */
  readonly cells: readonly number[];
  readonly inside: ReadonlySet<number>;
  /** Corner `row * (width + 1) + column` in degrees. */
  corner(index: number): Position;
  /** Middle of a cell in degrees. */
  middle(cell: number): Position;
}

export interface Outline {
  readonly lon: number;
  readonly lat: number;
  /** Half the extent from west to east in degrees of longitude, and from south to north of latitude. */
  readonly lonRadius: number;
  readonly latRadius: number;
}

const six = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** The invented outline: how far out of a lobed blob a direction reaches. */
const reach = (angle: number): number => 1 + 0.16 * Math.sin(2 * angle + 1) + 0.11 * Math.sin(3 * angle + 2.1) + 0.05 * Math.sin(5 * angle);

/** A lattice of exactly `count` cells around the outline's middle; cells are smaller in the middle, as in a town. */
export const makeLattice = (count: number, outline: Outline, random: Random): Lattice => {
  const width = Math.ceil(Math.sqrt(count) * 1.6);
  const half = width / 2;
  const corners: Position[] = [];
  const scale = half * 0.72;
  for (let row = 0; row <= width; row++)
    for (let column = 0; column <= width; column++) {
      const x = (column - half + (random.next() - 0.5) * 0.44) / scale;
      const y = (row - half + (random.next() - 0.5) * 0.44) / scale;
      const pull = 0.5 + 0.5 * Math.min(1.4, Math.hypot(x, y));
      corners.push([six(outline.lon + x * pull * outline.lonRadius), six(outline.lat + y * pull * outline.latRadius)]);
    }
  const far = (cell: number): number => {
    const x = (cell % width) + 0.5 - half;
    const y = Math.floor(cell / width) + 0.5 - half;
    return Math.hypot(x, y) / reach(Math.atan2(y, x));
  };
  const cells = Array.from({ length: width * width }, (_, i) => i)
    .sort((a, b) => far(a) - far(b) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
  const corner = (index: number): Position => corners[index]!;
  return {
    width,
    cells,
    inside: new Set(cells),
    corner,
    middle: (cell) => {
      const around = cornersOf(cell, width).map(corner);
      return [around.reduce((sum, p) => sum + p[0], 0) / 4, around.reduce((sum, p) => sum + p[1], 0) / 4];
    },
  };
};

/** Corners of a cell, counter-clockwise from the south-west. */
export const cornersOf = (cell: number, width: number): readonly [number, number, number, number] => {
  const at = Math.floor(cell / width) * (width + 1) + (cell % width);
  return [at, at + 1, at + width + 2, at + width + 1];
};

const neighbours = (cell: number, width: number): number[] => {
  const column = cell % width;
  return [...(column > 0 ? [cell - 1] : []), ...(column < width - 1 ? [cell + 1] : []), cell - width, cell + width];
};

/**
 * Parts `cells` among seeds so that each part is connected and has about its share: the emptiest part takes the nearest free cell at its
 * border, until none is left.
 */
export const grow = (
  cells: readonly number[],
  seeds: readonly { readonly cell: number; readonly share: number }[],
  lattice: Lattice,
): number[][] => {
  const free = new Set(cells);
  const parts: number[][] = seeds.map(() => []);
  const borders: Set<number>[] = seeds.map(() => new Set());
  const take = (part: number, cell: number): void => {
    free.delete(cell);
    parts[part]!.push(cell);
    for (const border of borders) border.delete(cell);
    for (const near of neighbours(cell, lattice.width)) if (free.has(near)) borders[part]!.add(near);
  };
  for (const [part, seed] of seeds.entries()) take(part, seed.cell);
  const distance = (a: number, b: number): number => {
    const [ax, ay] = lattice.middle(a);
    const [bx, by] = lattice.middle(b);
    return (ax - bx) ** 2 + (ay - by) ** 2;
  };
  while (free.size > 0) {
    let part = -1;
    for (const [i, seed] of seeds.entries()) {
      if (borders[i]!.size === 0) continue;
      if (part < 0 || parts[i]!.length / seed.share < parts[part]!.length / seeds[part]!.share) part = i;
    }
    if (part < 0) throw new Error('cells are not connected');
    let best = -1;
    for (const cell of borders[part]!) if (best < 0 || distance(cell, seeds[part]!.cell) < distance(best, seeds[part]!.cell)) best = cell;
    take(part, best);
  }
  return parts.map((part) => part.sort((a, b) => a - b));
};

/** `count` cells far from one another: each next one is the farthest from those before. */
export const spread = (cells: readonly number[], count: number, lattice: Lattice, random: Random): number[] => {
  const seeds = [random.pick(cells)];
  const away = (cell: number): number => {
    const [x, y] = lattice.middle(cell);
    return Math.min(...seeds.map((seed) => (lattice.middle(seed)[0] - x) ** 2 + (lattice.middle(seed)[1] - y) ** 2));
  };
  while (seeds.length < count) seeds.push(cells.reduce((best, cell) => (away(cell) > away(best) ? cell : best), cells[0]!));
  return seeds;
};

const signedArea = (ring: Ring): number => ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]![0] * y - x * ring[i]![1]), 0);

/**
 * The polygon of a connected set of cells: the edges that belong to one cell only, joined into rings. Where two cells touch at a corner the
 * ring turns right, so that no ring crosses or touches itself. The outer ring is counter-clockwise and first, holes follow.
 */
export const outlineOf = (cells: readonly number[], lattice: Lattice): Polygon => {
  const edges = new Map<number, number[]>();
  const has = new Set(cells);
  const { width } = lattice;
  for (const cell of cells) {
    const [sw, se, ne, nw] = cornersOf(cell, width);
    const column = cell % width;
    const sides: [boolean, number, number][] = [
      [has.has(cell - width), sw, se],
      [column < width - 1 && has.has(cell + 1), se, ne],
      [has.has(cell + width), ne, nw],
      [column > 0 && has.has(cell - 1), nw, sw],
    ];
    for (const [shared, from, to] of sides) if (!shared) edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  // Directions in order of turning left: east, north, west, south.
  const direction = (from: number, to: number): number => [1, width + 1, -1, -(width + 1)].indexOf(to - from);
  const rings: Ring[] = [];
  while (edges.size > 0) {
    const [start] = edges.keys();
    const ring: number[] = [start!];
    let at = start!;
    let heading = -1;
    do {
      const ways = edges.get(at)!;
      const turn = (to: number): number => (heading < 0 ? 0 : (direction(at, to) - heading + 5) % 4);
      const to = ways.reduce((best, way) => (turn(way) < turn(best) ? way : best));
      if (ways.length === 1) edges.delete(at);
      else
        edges.set(
          at,
          ways.filter((way) => way !== to),
        );
      heading = direction(at, to);
      at = to;
      ring.push(at);
    } while (at !== start);
    rings.push(ring.map(lattice.corner));
  }
  rings.sort((a, b) => signedArea(b) - signedArea(a));
  return { type: 'Polygon', coordinates: rings };
};

/** A point inside a cell, at fractions of its width and height (0.15–0.85 keeps clear of the crooked edges). */
export const pointIn = (cell: number, lattice: Lattice, x: number, y: number): Position => {
  const [sw, se, ne, nw] = cornersOf(cell, lattice.width).map(lattice.corner) as [Position, Position, Position, Position];
  const mix = (k: 0 | 1): number => (sw[k] * (1 - x) + se[k] * x) * (1 - y) + (nw[k] * (1 - x) + ne[k] * x) * y;
  return [six(mix(0)), six(mix(1))];
};
