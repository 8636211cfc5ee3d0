import { wherePoint } from '../../rules.ts';
import type { Position, Ring } from '../../schema.ts';

export type Segment = readonly [Position, Position];
export interface Face {
  readonly type: 'Polygon';
  readonly coordinates: readonly Ring[];
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

const keyOf = ([x, y]: Position): string => `${x},${y}`;
const signed = (ring: Ring): number => ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]![0] * y - x * ring[i]![1]), 0);

/** Corners with the corners they are joined to, counter-clockwise. Ends that hang loose are cut back until none is left. */
const netOf = (segments: readonly Segment[], cut: ReadonlySet<string>) => {
  const at = new Map<string, Position>();
  const joined = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => void joined.set(a, (joined.get(a) ?? new Set()).add(b));
  for (const [a, b] of segments) {
    const [from, to] = [keyOf(a), keyOf(b)];
    if (from === to || cut.has(`${from} ${to}`) || cut.has(`${to} ${from}`)) continue;
    at.set(from, a).set(to, b);
    join(from, to);
    join(to, from);
  }
  const loose = [...joined].filter(([, others]) => others.size === 1).map(([corner]) => corner);
  for (let corner = loose.pop(); corner !== undefined; corner = loose.pop()) {
    const [other] = joined.get(corner) ?? [];
    joined.delete(corner);
    if (other === undefined) continue;
    const rest = joined.get(other)!;
    rest.delete(corner);
    if (rest.size === 1) loose.push(other);
    if (rest.size === 0) joined.delete(other);
  }
  const around = new Map<string, string[]>();
  for (const [corner, others] of joined) {
    const [x, y] = at.get(corner)!;
    const angle = (other: string): number => Math.atan2(at.get(other)![1] - y, at.get(other)![0] - x);
    around.set(
      corner,
      [...others].sort((a, b) => angle(a) - angle(b)),
    );
  }
  return { at, around };
};

/** Walks round every face, keeping it on the left: rings counter-clockwise are faces, clockwise ones the outsides of what hangs together. */
const walksOf = ({ around }: ReturnType<typeof netOf>): Edge[][] => {
  const walked = new Set<string>();
  const walks: Edge[][] = [];
  for (const [start, others] of around)
    for (const first of others) {
      if (walked.has(`${start} ${first}`)) continue;
      const walk: Edge[] = [];
      let [from, to] = [start, first];
      while (!walked.has(`${from} ${to}`)) {
        walked.add(`${from} ${to}`);
        walk.push({ from, to });
        const ways = around.get(to)!;
        const next = ways[(ways.indexOf(from) - 1 + ways.length) % ways.length]!;
        [from, to] = [to, next];
      }
      walks.push(walk);
    }
  return walks;
};

/** Edges that have the same face on both sides divide nothing: a line that only leads to a hole. */
const bridgesOf = (walks: readonly Edge[][]): string[] =>
  walks.flatMap((walk) => {
    const edges = new Set(walk.map(({ from, to }) => `${from} ${to}`));
    return walk.filter(({ from, to }) => edges.has(`${to} ${from}`)).map(({ from, to }) => `${from} ${to}`);
  });

/** A walk that passes a corner twice is several rings that touch there. */
const simpleRings = (walk: readonly Edge[]): string[][] => {
  const rings: string[][] = [];
  const path: string[] = [];
  for (const { from } of walk) {
    const before = path.indexOf(from);
    if (before >= 0) rings.push(path.splice(before));
    path.push(from);
  }
  return path.length ? [...rings, path] : rings;
};

/**
 * The faces that segments enclose, each with its holes. Segments may meet only in their ends. Pure; any number of them, in about n log n but
 * for the holes, which are looked for in every face.
 */
export const facesOf = (segments: readonly Segment[]): Face[] => {
  const cut = new Set<string>();
  let net = netOf(segments, cut);
  let walks = walksOf(net);
  for (let bridges = bridgesOf(walks); bridges.length > 0; bridges = bridgesOf(walks)) {
    for (const bridge of bridges) cut.add(bridge);
    net = netOf(segments, cut);
    walks = walksOf(net);
  }
  const rings = walks.flatMap((walk) =>
    simpleRings(walk).map((corners): Ring => [...corners, corners[0]!].map((corner) => net.at.get(corner)!)),
  );
  const shells = rings.filter((ring) => signed(ring) > 0);
  const holes = rings.filter((ring) => signed(ring) < 0);
  const faces = shells.map((shell): Ring[] => [shell]);
  for (const hole of holes) {
    const corners = new Set(hole.map(keyOf));
    // The smallest face around it that shares no edge with it; sharing two corners or more, it is the outside of that very face.
    const around = shells
      .map((shell, i) => ({ i, shell, size: signed(shell) }))
      .filter(({ shell }) => shell.filter((corner) => corners.has(keyOf(corner))).length < 2)
      .filter(
        ({ shell, size }) =>
          size > -signed(hole) && hole.every((corner) => wherePoint({ type: 'Polygon', coordinates: [shell] }, corner) !== 'outside'),
      )
      .sort((a, b) => a.size - b.size)[0];
    if (around) faces[around.i]!.push(hole);
  }
  return faces.map((coordinates) => ({ type: 'Polygon', coordinates }));
};
