import { Readable, Writable } from 'node:stream';
import type { Deps } from '../deps.ts';

type Store = Pick<Deps, 'crypto' | 'files'>;

/** Bytes of a piece before sealing: large enough that syncing each costs little, small enough to hold a few in memory. */
const PIECE = 4 * 1024 ** 2;

const addressOf = ({ crypto }: Store, place: string, n: number): string => crypto.fileAddress(`${place}:${n}`, Buffer.alloc(0));

/** A long file sealed in pieces, each bound to its place and number: written and read at constant memory, and read from any byte. */
export interface SealedWriter extends Writable {
  /** Bytes taken so far. */
  readonly taken: () => number;
}

/** Writes below `place`; what stands there already must have been removed. Durable once finished. */
export const sealedWriter = (store: Store, place: string): SealedWriter => {
  let held: Buffer[] = [];
  let size = 0;
  let taken = 0;
  let n = 0;
  const flush = async (least: number): Promise<void> => {
    while (size > 0 && size >= least) {
      const all = Buffer.concat(held);
      const piece = all.subarray(0, PIECE);
      await store.files.put(addressOf(store, place, n), store.crypto.seal(piece, `${place}:${n}`));
      n += 1;
      held = all.length > piece.length ? [Buffer.from(all.subarray(piece.length))] : [];
      size = all.length - piece.length;
    }
  };
  const writer = new Writable({
    highWaterMark: 256 * 1024,
    write: (chunk: Buffer, _encoding, done) => {
      held.push(chunk);
      size += chunk.length;
      taken += chunk.length;
      if (size < PIECE) done();
      else flush(PIECE).then(() => done(), done);
    },
    final: (done) => {
      flush(1).then(() => done(), done);
    },
  });
  return Object.assign(writer, { taken: () => taken });
};

/** Bytes from `from` up to `to`, both included, of a file of `bytes`. Fails where a piece is missing or was changed. */
export const readSealed = (store: Store, place: string, { from, to }: { readonly from: number; readonly to: number }): Readable => {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let n = Math.floor(from / PIECE); n * PIECE <= to; n++) {
      const sealed = await store.files.get(addressOf(store, place, n));
      if (!sealed) throw new Error('a piece of the file is missing');
      const piece = store.crypto.open(sealed, `${place}:${n}`);
      yield piece.subarray(Math.max(0, from - n * PIECE), Math.min(piece.length, to + 1 - n * PIECE));
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: 1 });
};

/** Lets go of every piece, also of a file that was never finished. */
export const removeSealed = async (store: Store, place: string, bytes = 0): Promise<void> => {
  for (let n = 0; ; n++) {
    const address = addressOf(store, place, n);
    if (n * PIECE >= bytes && !(await store.files.get(address))) return;
    await store.files.remove(address);
  }
};
