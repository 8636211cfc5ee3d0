import { parse } from 'csv-parse/sync';
import type { Line } from '../lines/service.ts';

/** A record's cells as bytes, or nothing when it is malformed; `line` is where it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells?: readonly Buffer[];
  readonly raw: Buffer;
}

const QUOTE = 34;
/** A quoted cell longer than this is an unclosed quotation mark. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_LINES = 5000;

/** Whether a line that begins inside or outside a quoted cell ends inside one. A quotation mark opens a cell only at its beginning. */
const endsQuoted = (bytes: Buffer, quoted: boolean, delimiter: number): boolean => {
  let inside = quoted;
  let start = !quoted;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (inside) {
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE) at += 1;
      else inside = false;
    } else if (byte === QUOTE && start) inside = true;
    start = !inside && byte === delimiter;
  }
  return inside;
};

const cellsOf = (bytes: Buffer, delimiter: string): readonly Buffer[] | undefined => {
  try {
    const [record] = parse(bytes, {
      delimiter,
      encoding: null,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: '\u0000\u0000\u0000',
    }) as unknown as Buffer[][];
    return record ?? [];
  } catch {
    return undefined;
  }
};

/**
 * Records of lines: quoted cells may hold line breaks. A record that cannot be read costs its first line only; reading goes on with the next
 * line, so that one unclosed quotation mark does not swallow the rest of a file. Blank lines are no records.
 */
export async function* readRecords(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<CsvRecord> {
  const mark = delimiter.charCodeAt(0);
  let held: Line[] = [];
  let bytes = 0;
  let quoted = false;
  const flush = function* (final: boolean): Generator<CsvRecord> {
    while (held.length > 0) {
      const first = held[0]!;
      let inside = false;
      let n = 0;
      for (const { bytes: line } of held) {
        inside = endsQuoted(line, inside, mark);
        n += 1;
        if (!inside) break;
      }
      if (inside && !final) return;
      const raw = Buffer.concat(held.slice(0, n).flatMap((one, i) => (i === 0 ? [one.bytes] : [Buffer.from('\n'), one.bytes])));
      const cells = inside ? undefined : cellsOf(raw, delimiter);
      if (cells) {
        if (raw.length > 0) yield { line: first.line, cells, raw };
        held = held.slice(n);
      } else {
        yield { line: first.line, raw: first.bytes };
        held = held.slice(1);
      }
    }
  };
  for await (const line of lines) {
    held.push(line);
    bytes += line.bytes.length;
    quoted = endsQuoted(line.bytes, quoted, mark);
    if (quoted && bytes < MOST_BYTES && held.length < MOST_LINES) continue;
    yield* flush(quoted);
    bytes = held.reduce((sum, one) => sum + one.bytes.length, 0);
    quoted = false;
  }
  yield* flush(true);
}
