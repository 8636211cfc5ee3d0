import type { Bench, Result } from './bench.ts';
import { exports } from './desk/exports.ts';
import { frames } from './desk/frames.ts';
import { inbox } from './desk/inbox.ts';
import { mapTiles } from './desk/map.ts';
import { weight } from './desk/weight.ts';
import { ensureData, type Product, startProduct, warmFiles } from './product.ts';

/** What one part of the desk's bench adds for one size. */
export interface Part {
  readonly figures: Readonly<Record<string, number>>;
  readonly limit?: Readonly<Record<string, number>>;
  readonly ratio?: Readonly<Record<string, number>>;
  readonly aims: Result['aims'];
  readonly notes: readonly string[];
}
export type PartOf = (on: { product: Product; size: number; seconds: number; say: (line: string) => void }) => Promise<Part>;

/** Parts by name; each is measured on the same running server, one after the other. */
const PARTS: Readonly<Record<string, PartOf>> = { inbox, weight, map: mapTiles, frames, exports };

/** What staff wait for: the aims of the desk, in milliseconds and bytes as the browser gets them. */
export const desk: Bench = async ({ sizes, seconds, say }) => {
  const figures: Record<string, number> = {};
  const limit: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  let last: Part[] = [];
  for (const size of sizes) {
    await ensureData(size, say);
    await warmFiles(size);
    const product = await startProduct(size, { TONGXIN_WEB: 'build' });
    try {
      last = [];
      for (const [name, measure] of Object.entries(PARTS)) {
        const part = await measure({ product, size, seconds, say: (line) => say(`${name}: ${line}`) });
        last.push(part);
        for (const [key, value] of Object.entries(part.figures)) figures[`${name}.${key}@${size}`] = value;
        for (const [key, value] of Object.entries(part.limit ?? {})) limit[`${name}.${key}@${size}`] = value;
        for (const [key, value] of Object.entries(part.ratio ?? {})) ratio[`${name}.${key}@${size}`] = value;
      }
    } finally {
      await product.stop();
    }
  }
  return {
    figures,
    limit,
    ratio,
    growth: {},
    // Aims speak of a million cases: those of the largest size are told.
    aims: last.flatMap(({ aims }) => aims),
    notes: last.flatMap(({ notes }) => notes),
  };
};
