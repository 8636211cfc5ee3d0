import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { release } from './rules.ts';
import type { Counted, Released } from './schema.ts';

/** Shapes as nested lists: a number of leaves, or one shape for each child; several breakdowns of a sum stand side by side. */
type Shape = readonly (readonly Shape[])[];
const LEAF: Shape = [];
const of = (...parts: (readonly Shape[])[]): Shape => parts;
const leaves = (n: number): readonly Shape[] => Array.from({ length: n }, () => LEAF);

/** Every way to write a count as an ordered sum of so many. */
const sums = (count: number, n: number): number[][] => {
  if (n === 1) return [[count]];
  return Array.from({ length: count + 1 }, (_, first) => first).flatMap((first) =>
    sums(count - first, n - 1).map((rest) => [first, ...rest]),
  );
};

const product = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((made, list) => made.flatMap((one) => list.map((next) => [...one, next])), [[]]);

/** Every tree of a shape with a count at its root. */
const trees = (shape: Shape, count: number, id: string): Counted[] => {
  const breakdowns = shape.map((part, p) =>
    sums(count, part.length).flatMap((counts) => product(part.map((child, i) => trees(child, counts[i]!, `${id}.${p}${i}`)))),
  );
  return product(breakdowns).map((parts) => ({ id, count, parts }));
};

const figures = (node: Counted): [string, number][] => [[node.id, node.count], ...node.parts.flat().flatMap(figures)];
const shown = (node: Released): [string, number | undefined][] => [[node.id, node.count], ...node.parts.flat().flatMap(shown)];

/**
 * The attacker knows the rules, the threshold and everything that is published, and thinks through every city there could be: whatever is the
 * same in all that would have been published so, the attacker knows. Answers what follows that was withheld.
 */
const learnt = (shape: Shape, most: number, least: number): string[] => {
  const worlds = Array.from({ length: most + 1 }, (_, count) => trees(shape, count, 'r')).flat();
  const alike = new Map<string, Counted[]>();
  for (const world of worlds) {
    const told = JSON.stringify(release(world, least));
    alike.set(told, [...(alike.get(told) ?? []), world]);
  }
  const found: string[] = [];
  for (const [told, could] of alike) {
    const all = could.map((world) => new Map(figures(world)));
    for (const [id, count] of shown(JSON.parse(told) as Released)) {
      const values = new Set(all.map((one) => one.get(id)!));
      if (count !== undefined ? values.size !== 1 : values.size < 2) found.push(`${id} of ${told}: ${[...values].join(' ')}`);
      // What is told is zero or large, whatever else is known.
      if (count !== undefined && count > 0 && count < least) found.push(`${id} of ${told}: told though small`);
    }
  }
  return found;
};

describe('what may be published', () => {
  it.each([
    ['three areas of a town', of(leaves(3)), 18, 5],
    ['four areas, some of which may be taken along', of(leaves(4)), 15, 4],
    ['one area alone', of(leaves(1)), 12, 4],
    ['two towns of two areas each', of([of(leaves(2)), of(leaves(2))]), 13, 4],
    ['a town of one area beside another', of([of(leaves(1)), of(leaves(2))]), 14, 4],
    ['areas and kinds of one sum', of(leaves(2), leaves(3)), 11, 4],
  ] as const)('lets an attacker who knows the rules find no withheld figure: %s', (_, shape, most, least) => {
    expect(learnt(shape, most, least)).toEqual([]);
  });

  it('would find what a release without companions tells', () => {
    // The attack itself is held against a release that only hides what is small.
    const naive = (node: Counted): Released => ({
      id: node.id,
      ...(node.count > 0 && node.count < 4 ? {} : { count: node.count }),
      parts: node.parts.map((part) => part.map(naive)),
    });
    const tree: Counted = {
      id: 'r',
      count: 12,
      parts: [
        [
          { id: 'a', count: 2, parts: [] },
          { id: 'b', count: 10, parts: [] },
        ],
      ],
    };
    expect(naive(tree).parts[0]!.map(({ count }) => count)).toEqual([undefined, 10]);
    expect(release(tree, 4).parts[0]!.map(({ count }) => count)).toEqual([undefined, undefined]);
  });

  const flat = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }).map(
    (counts): Counted => ({
      id: 'r',
      count: counts.reduce((a, b) => a + b, 0),
      parts: [counts.map((count, i) => ({ id: String(i).padStart(2, '0'), count, parts: [] }))],
    }),
  );
  it('tells true figures only, and never one from 1 to k − 1', () =>
    fc.assert(
      fc.property(flat, fc.integer({ min: 4, max: 10 }), (tree, least) => {
        const counted = new Map(figures(tree));
        for (const [id, count] of shown(release(tree, least)))
          if (count !== undefined) expect([count, count === 0 || count >= least]).toEqual([counted.get(id), true]);
      }),
    ));
  it('withholds of a breakdown at most one that is not small, or all of it', () =>
    fc.assert(
      fc.property(flat, fc.integer({ min: 4, max: 10 }), (tree, least) => {
        if (tree.count < least) return;
        const [part] = release(tree, least).parts;
        const away = part!.filter(({ count }) => count === undefined);
        const large = away.filter(({ id }) => tree.parts[0]!.find((one) => one.id === id)!.count >= least);
        expect(large.length <= 1 || away.length === part!.length).toBe(true);
      }),
    ));
  it('refuses what does not add up, what stands twice and what would hide nobody', () => {
    const leaf = (id: string, count: number): Counted => ({ id, count, parts: [] });
    expect(() => release({ id: 'r', count: 9, parts: [[leaf('a', 4), leaf('b', 4)]] })).toThrow(/add up/);
    expect(() => release({ id: 'r', count: 8, parts: [[leaf('a', 4), leaf('a', 4)]] })).toThrow(/twice/);
    expect(() => release(leaf('r', -1))).toThrow(/no count/);
    expect(() => release(leaf('r', 9), 3)).toThrow(RangeError);
  });
});
