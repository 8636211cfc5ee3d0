import { sha256 } from '@noble/hashes/sha2.js';
import { effortText, leadingZeroBits } from '@tongxin/domain/effort/rules.ts';

/** Tries between two breaths: the page stays awake under the finger. */
const AT_ONCE = 1500;

/**
 * Looks for the number the server asks for, on the page's own thread in short turns: a web view without workers or without a secure context
 * solves it too. Answers the header `x-effort`.
 */
export const makeEffort = async (
  stamp: string,
  bits: number,
  breathe = () => new Promise<void>((done) => setTimeout(done, 0)),
): Promise<string> => {
  const encoder = new TextEncoder();
  for (let nonce = 0; ; nonce++) {
    if (leadingZeroBits(sha256(encoder.encode(effortText(stamp, nonce)))) >= bits) return `${stamp}.${nonce}`;
    if (nonce % AT_ONCE === AT_ONCE - 1) await breathe();
  }
};
