/**
 * Proof of work instead of a puzzle of pictures (hashcash, http://www.hashcash.org/papers/hashcash.pdf): whoever files much from one address
 * looks for a number whose SHA-256, behind the stamp of the filing, begins with so many zero bits. The stamp is of that filing alone, so a
 * solution is worth nothing for another and nobody keeps a list of used ones.
 */

/** 2^14 tries on average: some tenths of a second on a cheap phone. */
const FIRST_BITS = 14;
/** Four times as long, and no longer: whole quarters sit behind one address of a mobile network. */
const MOST_BITS = 16;

/** How hard: undefined while the address has not used up what is free; one bit more with each four times as much. */
export const bitsFor = (filed: number, free: number): number | undefined =>
  filed <= free ? undefined : Math.min(FIRST_BITS + Math.floor(Math.log2(filed / free) / 2), MOST_BITS);

/** What is hashed, as ASCII. */
export const effortText = (stamp: string, nonce: number): string => `${stamp}:${nonce}`;

export const leadingZeroBits = (bytes: Uint8Array): number => {
  let bits = 0;
  for (const byte of bytes) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
};

/** `stamp.nonce`, as the header x-effort carries it; undefined for what is none. */
export const readEffort = (header: string | undefined): { readonly stamp: string; readonly nonce: number } | undefined => {
  const [, stamp, nonce] = /^([\w-]{16,64})\.(\d{1,12})$/u.exec(header ?? '') ?? [];
  return stamp && nonce ? { stamp, nonce: Number(nonce) } : undefined;
};
