import { open, stat } from 'node:fs/promises';
import type { RejectCode, TableRow } from '@tongxin/domain/import/schema.ts';
import iconv from 'iconv-lite';
import { invalid } from '../../../platform/errors/problem.ts';
import { readFeatures } from './features/service.ts';
import { type Encoding, readLines } from './lines/service.ts';
import { readRecords } from './records/service.ts';
import { readWorkbook } from './workbook/service.ts';

/** A row that could be read, or why not. `raw` is what the rejects file repeats. */
export type ReadRow = { readonly row: TableRow } | { readonly line: number; readonly reject: RejectCode; readonly raw: readonly string[] };

export interface Table {
  readonly header: readonly string[];
  readonly bytes: number;
  /** Bytes read so far, for progress. */
  readonly position: () => number;
  readonly rows: AsyncIterable<ReadRow>;
}

const MAX_FILE = 2 * 1024 ** 3;
const MAX_CELL = 1_000_000;
const MAX_COLUMNS = 500;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The words of a record's cells: UTF-8 if all of them are, else GB 18030 if all of them are, else nothing. A file may mix the two. */
export const decodeCells = (cells: readonly Buffer[]): string[] | undefined => {
  try {
    return cells.map((cell) => strict.decode(cell));
  } catch {
    const words = cells.map((cell) => iconv.decode(cell, 'gb18030'));
    // A byte that is no character becomes U+FFFD, whose own form in GB 18030 is 84 31 A4 37.
    return words.some((word, i) => word.includes('\ufffd') && !cells[i]!.includes(Buffer.from([0x84, 0x31, 0xa4, 0x37])))
      ? undefined
      : words;
  }
};

/** The UTF-8 byte order mark, which some spreadsheets write; the parser must not see it. */
const hasMark = (start: Buffer): boolean => start.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));

type Shape = Encoding | 'workbook' | 'features';

/** What a file is by its first bytes; its name is not believed. */
const shapeOf = async (file: string): Promise<{ shape: Shape; bytes: number; start: Buffer }> => {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw invalid('unknownFile');
  const { size } = found;
  if (size === 0) throw invalid('fileEmpty');
  if (size > MAX_FILE) throw invalid('fileTooLarge', { maxBytes: MAX_FILE });
  const handle = await open(file);
  const start = Buffer.alloc(Math.min(size, 65_536));
  await handle.read(start, 0, start.length, 0);
  await handle.close();
  if (start.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))) return { shape: 'workbook', bytes: size, start };
  if (start.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) throw invalid('oldWorkbook');
  if (start[0] === 0xff && start[1] === 0xfe) return { shape: 'utf-16le', bytes: size, start };
  if (start[0] === 0xfe && start[1] === 0xff) return { shape: 'utf-16be', bytes: size, start };
  if (start.includes(0)) throw invalid('notATable');
  if (/^(\xef\xbb\xbf)?\s*\{/u.test(start.toString('latin1'))) return { shape: 'features', bytes: size, start };
  return { shape: 'bytes', bytes: size, start };
};

/** The separator that stands most often in the first line, outside quotation marks. */
const delimiterOf = (start: string): string => {
  const line = start.replace(/"[^"]*"/gu, '').split(/\r?\n/u, 1)[0] ?? '';
  const counts = [',', '\t', ';'].map((mark) => [mark, line.split(mark).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
};

async function* csvRows(file: string, shape: Encoding, start: Buffer, seen: { bytes: number }): AsyncGenerator<string[] | ReadRow> {
  const head = shape === 'bytes' ? start.toString('latin1') : iconv.decode(start, shape);
  const lines = readLines(file, shape, shape === 'bytes' ? (hasMark(start) ? 3 : 0) : 2, seen);
  let header: string[] | undefined;
  for await (const { line, cells, raw } of readRecords(lines, delimiterOf(head))) {
    const words = cells && decodeCells(cells);
    if (!header) {
      if (!words) throw invalid(cells ? 'headerUndecodable' : 'headerMissing');
      header = words.map((name) => name.trim());
      yield header;
    } else if (!cells) yield { line, reject: 'unreadable', raw: [raw.toString('utf8').slice(0, 2000)] };
    else if (!words) yield { line, reject: 'undecodable', raw: cells.map((cell) => cell.toString('latin1')) };
    else if (words.length !== header.length) yield { line, reject: 'ragged', raw: words };
    else if (words.some((word) => word.length > MAX_CELL))
      yield { line, reject: 'cellTooLarge', raw: words.map((word) => word.slice(0, 200)) };
    else yield { row: { line, cells: Object.fromEntries(header.map((name, i) => [name, words[i]!])) } };
  }
}

const assertHeader = (header: readonly string[] | undefined): readonly string[] => {
  if (!header || header.every((name) => name === '')) throw invalid('headerMissing');
  if (header.length > MAX_COLUMNS) throw invalid('tooManyColumns', { most: MAX_COLUMNS });
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i);
  if (twice !== undefined) throw invalid('columnTwice', { column: twice });
  return header;
};

/**
 * Opens a table of any of the forms people send: CSV in UTF-8, GB 18030 (also mixed), UTF-16 with a mark, an .xlsx workbook's first sheet, or
 * the points of a GeoJSON file.
 */
export const openTable = async (file: string): Promise<Table> => {
  const { shape, bytes, start } = await shapeOf(file);
  const seen = { bytes: 0 };
  const source =
    shape === 'workbook'
      ? readWorkbook(file, seen, bytes)
      : shape === 'features'
        ? readFeatures(file, bytes, seen)
        : csvRows(file, shape, start, seen);
  const first = await source.next();
  const header = assertHeader(first.done ? undefined : (first.value as string[]));
  return { header, bytes, position: () => seen.bytes, rows: source as AsyncIterable<ReadRow> };
};
