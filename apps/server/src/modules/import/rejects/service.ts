import { createWriteStream, type WriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { REJECT_SENTENCES, type RejectCode } from '@tongxin/domain/import/schema.ts';
import { stringify } from 'csv-stringify/sync';

export interface Reject {
  readonly line: number;
  readonly code: RejectCode;
  readonly note?: string;
  readonly raw: readonly string[];
}

export interface Rejects {
  add(reject: Reject): void;
  /** The file's path, once it is whole; null when there was nothing to reject. */
  close(): Promise<string | null>;
}

/** A cell that a spreadsheet would run is made words. */
const harmless = (cell: string): string => (/^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell);

/** The rows that were not taken, as a table that opens in a spreadsheet: line, code, sentence, and the row as it was. Made at the first one. */
export const writeRejects = (folder: string, source: string, header: readonly string[]): Rejects => {
  const path = join(folder, `${basename(source).replace(/\.\w+$/u, '')}-rejects-${Date.now()}-${process.pid}.csv`);
  let stream: WriteStream | undefined;
  let failed: Error | undefined;
  const write = (cells: readonly string[]): void => void stream!.write(stringify([cells.map(harmless)]));
  return {
    add: ({ line, code, note, raw }) => {
      if (!stream) {
        stream = createWriteStream(path, { mode: 0o600 });
        stream.on('error', (error) => {
          failed = error;
        });
        stream.write('\ufeff');
        write(['line', 'code', 'reason', 'note', ...header]);
      }
      write([
        String(line),
        code,
        `${REJECT_SENTENCES[code].zh} (${REJECT_SENTENCES[code].en})`,
        note ?? '',
        ...raw.map((cell) => cell.slice(0, 30_000)),
      ]);
    },
    close: () =>
      new Promise((done, fail) => {
        if (!stream) done(null);
        else stream.end(() => (failed ? fail(failed) : done(path)));
      }),
  };
};
