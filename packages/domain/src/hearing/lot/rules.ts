import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * The lot by which a panel is found, as anybody can do it again with nothing but SHA-256 of UTF-8. Numbers of the candidates, sorted, are joined
 * by commas. Published before: `commitment` = SHA-256 of `seed`, a line feed, and those numbers. Published after: the seed, and the words that
 * were spoken in the room before it was opened. The order of the lot: candidates sorted by SHA-256 of `seed:spoken:number`. The first who sit
 * are the panel; whoever falls out makes room for the next in the same order.
 */
const hash = (words: string): string => bytesToHex(sha256(utf8ToBytes(words)));

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Numbers as the list is frozen: each once, sorted by their characters. */
export const frozen = (candidates: readonly string[]): readonly string[] => [...new Set(candidates)].sort(byCode);

export const commitmentOf = (seed: string, candidates: readonly string[]): string => hash(`${seed}\n${frozen(candidates).join(',')}`);

/** All candidates in the order of the lot. */
export const orderOf = (seed: string, spoken: string, candidates: readonly string[]): readonly string[] =>
  frozen(candidates)
    .map((number) => ({ number, ticket: hash(`${seed}:${spoken}:${number}`) }))
    .sort((a, b) => byCode(a.ticket, b.ticket) || byCode(a.number, b.number))
    .map(({ number }) => number);

/** Who sits: the first of the order, without those who fell out. Fewer than `seats` where the list is used up. */
export const panelOf = (order: readonly string[], seats: number, fallenOut: readonly string[] = []): readonly string[] =>
  order.filter((number) => !fallenOut.includes(number)).slice(0, seats);

export interface Lot {
  readonly candidates: readonly string[];
  readonly seats: number;
  readonly commitment: string;
  readonly seed: string;
  readonly spoken: string;
  readonly fallenOut: readonly string[];
  readonly panel: readonly string[];
}

/** Whether what was published after a lot is what was committed to before it, and the panel what follows. */
export const verifyLot = (lot: Lot): { readonly committed: boolean; readonly panel: readonly string[]; readonly same: boolean } => {
  const panel = panelOf(orderOf(lot.seed, lot.spoken, lot.candidates), lot.seats, lot.fallenOut);
  return {
    committed: commitmentOf(lot.seed, lot.candidates) === lot.commitment,
    panel,
    same: panel.join() === lot.panel.join(),
  };
};
