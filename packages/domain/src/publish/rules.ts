import type { Counted, Released } from './schema.ts';

/** Below this nobody is counted in public, unless the law of a module says another number. */
export const LEAST_PUBLISHED = 5;

const withheld = ({ id, parts }: Counted): Released => ({ id, parts: parts.map((part) => part.map(withheld)) });

const sum = (part: readonly Counted[]): number => part.reduce((total, { count }) => total + count, 0);

/**
 * Which figures of one breakdown of a sum that is told are withheld. Every one from 1 to k − 1, and with them the first in the order of ids that is
 * not small: the order must not follow the figures, nor the number of companions the sum, or who knows these rules reads them backwards. Where
 * there is no such companion, or the sum of what is withheld is so small that only one way leads to it, nothing of the breakdown is told.
 */
const withheldOf = (part: readonly Counted[], least: number): ReadonlySet<string> => {
  const small = part.filter(({ count }) => count > 0 && count < least);
  if (small.length === 0) return new Set();
  const [companion] = part.filter(({ count }) => count >= least).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const isTold = companion && sum([...small, companion]) > small.length + least;
  return new Set((isTold ? [...small, companion] : part).map(({ id }) => id));
};

const releaseShown = (node: Counted, least: number): Released => ({
  id: node.id,
  count: node.count,
  parts: node.parts.map((part) => {
    const away = withheldOf(part, least);
    return part.map((child) => (away.has(child.id) ? withheld(child) : releaseShown(child, least)));
  }),
});

/**
 * What may be published of a tree of counts of persons' matters (R4). No figure from 1 to k − 1 is told or follows from those told, also for who
 * knows these rules: small figures are withheld, others beside them where a difference would tell, and everything below what is withheld. Zero is
 * told, but for a breakdown of which nothing is. Several breakdowns of one sum are safe together as long as they are not crossed. Two releases over the same matters are not: a period
 * and its areas are released once, as one tree, and never again (that is the caller's key). Throws where parts do not add up.
 */
export const release = (root: Counted, least: number = LEAST_PUBLISHED): Released => {
  if (!Number.isInteger(least) || least < 4) throw new RangeError('below four there is nothing to hide among');
  const check = ({ id, count, parts }: Counted): void => {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`no count: ${id}`);
    for (const part of parts) {
      if (sum(part) !== count) throw new RangeError(`parts of ${id} do not add up`);
      if (new Set(part.map((child) => child.id)).size !== part.length) throw new RangeError(`twice in ${id}`);
      part.forEach(check);
    }
  };
  check(root);
  return root.count > 0 && root.count < least ? withheld(root) : releaseShown(root, least);
};

/** So many, and the areas they stand in from the top down. */
export interface AreaCount {
  readonly path: readonly string[];
  readonly cases: number;
}
/** An area and those below it that figures are told of. */
export interface CountedArea {
  readonly id: string;
  readonly below: readonly CountedArea[];
}

const total = (counts: readonly AreaCount[]): number => counts.reduce((all, { cases }) => all + cases, 0);

/** What of an area stands in none of those below it, as a part of its own, so that parts add up. */
export const elsewhereIn = (areaId: string): string => `${areaId}-elsewhere`;

/** The counts of an area as a tree: every area, also those without one (who is left out would tell). */
export const countedBelow = ({ id, below }: CountedArea, groups: readonly AreaCount[]): Counted => {
  if (below.length === 0) return { id, count: total(groups), parts: [] };
  const inside = (area: CountedArea): AreaCount[] => groups.filter(({ path }) => path.includes(area.id));
  const rest = groups.filter(({ path }) => !below.some((area) => path.includes(area.id)));
  const parts = [...below.map((area) => countedBelow(area, inside(area))), { id: elsewhereIn(id), count: total(rest), parts: [] }];
  return { id, count: total(groups), parts: [parts] };
};
