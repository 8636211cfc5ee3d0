import { createHash } from 'node:crypto';

/** A seeded stream of numbers (sfc32): the same seed gives the same numbers on every machine. Not for secrets. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [from, to], both included. */
  whole(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
  /** Index of a weight, chosen in proportion to it. */
  weighted(weights: readonly number[]): number;
  chance(probability: number): boolean;
  /** Standard normal. */
  normal(): number;
  bytes(n: number): Buffer;
}

export const makeRandom = (seed: string): Random => {
  const digest = createHash('sha256').update(seed).digest();
  let a = digest.readUInt32LE(0) | 0;
  let b = digest.readUInt32LE(4) | 0;
  let c = digest.readUInt32LE(8) | 0;
  let d = digest.readUInt32LE(12) | 0;
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  const next = (): number => word() / 4294967296;
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    weighted: (weights) => {
      let left = next() * weights.reduce((sum, w) => sum + w, 0);
      for (const [i, weight] of weights.entries()) {
        left -= weight;
        if (left < 0) return i;
      }
      return weights.length - 1;
    },
    chance: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    bytes: (n) => {
      const out = Buffer.allocUnsafe(n);
      for (let i = 0; i < n; i += 4) {
        const w = word();
        for (let k = 0; k < 4 && i + k < n; k++) out[i + k] = (w >>> (8 * k)) & 255;
      }
      return out;
    },
  };
};

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

/** Writes 16 bytes as a UUID of the given version. */
export const uuidOf = (bytes: Uint8Array, version: 7 | 8): string => {
  const h = (i: number): string => HEX[bytes[i]!]!;
  const six = HEX[(bytes[6]! & 15) | (version << 4)]!;
  const eight = HEX[(bytes[8]! & 63) | 128]!;
  return `${h(0)}${h(1)}${h(2)}${h(3)}-${h(4)}${h(5)}-${six}${h(7)}-${eight}${h(9)}-${h(10)}${h(11)}${h(12)}${h(13)}${h(14)}${h(15)}`;
};

/**
 * The id of a named thing of a pack: SHA-256 of `pack/kind/name`, written as a UUID of version 8 (RFC 9562: vendor-specific). The same name
 * always has the same id, so that loading twice changes nothing and documents can cite it.
 */
export const idOf = (pack: string, kind: string, name: string): string =>
  uuidOf(createHash('sha256').update(`${pack}/${kind}/${name}`).digest(), 8);

/** A UUIDv7 at a past instant with bits from the stream. */
export const idAt = (milliseconds: number, random: Random): string => {
  const bytes = random.bytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  return uuidOf(bytes, 7);
};
