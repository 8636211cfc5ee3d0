import { randomUUID } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { REJECT_SENTENCES, type RejectCode } from '@tongxin/domain/import/schema.ts';
import { stringify } from 'csv-stringify/sync';

export interface Reject {
  readonly line: number;
  readonly code: string;
  /** Words of a code that is not of every table. */
  readonly reason?: string;
  readonly note?: string;
  readonly raw: readonly string[];
}

export interface Rejects {
  add(reject: Reject): void;
}

interface Writing extends Rejects {
  /** The file's path, once it is whole; null when there was nothing to reject. */
  close(): Promise<string | null>;
  /** The import failed: nothing is left of the file. */
  abandon(): Promise<void>;
}

/** A cell that a spreadsheet would run is made words. */
const harmless = (cell: string): string => (/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell);

/**
 * The rows that were not taken, as a table that opens in a spreadsheet: line, code, sentence, and the row as it was, with whatever personal data
 * it holds, unsealed. Made at the first one, for the account that runs the import alone; never over another file, nor through a link laid before it.
 */
const writeRejects = (folder: string, source: string, header: readonly string[]): Writing => {
  const path = join(folder, `${basename(source).replace(/\.\w+$/u, '')}-rejects-${randomUUID().slice(0, 13)}.csv`);
  let stream: WriteStream | undefined;
  let failed: Error | undefined;
  const write = (cells: readonly string[]): void => void stream!.write(stringify([cells.map(harmless)]));
  return {
    add: ({ line, code, reason, note, raw }) => {
      const { zh, en } = REJECT_SENTENCES[code as RejectCode] ?? {};
      if (!stream) {
        stream = createWriteStream(path, { flags: 'wx', mode: 0o600 });
        stream.on('error', (error) => {
          failed = error;
        });
        stream.write('\ufeff');
        write(['line', 'code', 'reason', 'note', ...header]);
      }
      write([String(line), code, reason ?? `${zh} (${en})`, note ?? '', ...raw.map((cell) => cell.slice(0, 30_000))]);
    },
    abandon: async () => {
      if (!stream) return;
      const closed = new Promise<void>((done) => stream!.once('close', () => done()));
      stream.destroy();
      await closed;
      await rm(path, { force: true });
    },
    close: () =>
      new Promise((done, fail) => {
        if (!stream) done(null);
        else stream.end(() => (failed ? fail(failed) : done(path)));
      }),
  };
};

/** How long rows that were not taken are kept, in days: time to mend them at their source. They are people's words, unsealed. */
export const REJECTS_KEPT_DAYS = 30;
const REJECTS_FILE = /-rejects-[\da-f-]{13}\.csv$/u;

/** Removes the rejects files that are older than that; answers how many. A folder that is not there holds none. */
export const sweepRejects = async (folder: string, now: Date): Promise<number> => {
  const names = await readdir(folder).catch(() => []);
  let removed = 0;
  for (const name of names.filter((each) => REJECTS_FILE.test(each))) {
    const path = join(folder, name);
    const written = await stat(path).catch(() => undefined);
    if (!written || now.getTime() - written.mtimeMs < REJECTS_KEPT_DAYS * 86_400_000) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
};

/** Runs an import with a rejects file beside it; answers its path with the result. Nothing is left of the file when the import fails. */
export const withRejects = async <T extends object>(
  folder: string,
  source: string,
  header: readonly string[],
  work: (rejects: Rejects) => Promise<T>,
): Promise<T & { rejects: string | null }> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const writing = writeRejects(folder, source, header);
  try {
    const result = await work(writing);
    return { ...result, rejects: await writing.close() };
  } catch (error) {
    await writing.abandon();
    throw error;
  }
};
