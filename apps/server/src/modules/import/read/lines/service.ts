import { createReadStream } from 'node:fs';

/** A physical line, without its end, and its number from 1. */
export interface Line {
  readonly line: number;
  readonly bytes: Buffer;
}

export type Encoding = 'bytes' | 'utf-16le' | 'utf-16be';

/** Marks what no encoding can read: this byte stands in neither UTF-8 nor GB 18030. */
const UNREADABLE = Buffer.from([0xff]);
const NEWLINE = 10;
/** A longer line is no line of a table; what is kept of it says which one it was. */
const MOST_BYTES = 8 * 1024 * 1024;
const KEPT_BYTES = 2000;

/** The beginning of a line that is too long, marked so that no decoder accepts it and its row is rejected. */
const shortened = (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, KEPT_BYTES), UNREADABLE]);

/** UTF-16 as UTF-8; half a character becomes a byte that no decoder accepts, so that its row is rejected instead of mended in silence. */
const asUtf8 = (units: Buffer): Buffer => {
  const whole = units.length % 2 === 0;
  const text = units.subarray(0, units.length - (units.length % 2)).toString('utf16le');
  return text.isWellFormed() && whole ? Buffer.from(text, 'utf8') : Buffer.concat([Buffer.from(text.toWellFormed(), 'utf8'), UNREADABLE]);
};

const trimmed = (bytes: Buffer): Buffer => (bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes);

/** Splits a UTF-16 buffer at its line feeds; answers the lines and what is left. */
const splitUnits = (units: Buffer): { lines: Buffer[]; rest: Buffer } => {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = 0; at + 1 < units.length; at += 2)
    if (units[at] === NEWLINE && units[at + 1] === 0) {
      lines.push(asUtf8(units.subarray(from, at)));
      from = at + 2;
    }
  return { lines, rest: units.subarray(from) };
};

const splitBytes = (bytes: Buffer): { lines: Buffer[]; rest: Buffer } => {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(NEWLINE, from); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
    lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return { lines, rest: bytes.subarray(from) };
};

/** Lines of a file as UTF-8 or unknown bytes, whatever its encoding; `seen` counts what was read. */
export async function* readLines(file: string, encoding: Encoding, skip: number, seen: { bytes: number }): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  /** Of a line that grew too long: its beginning. The rest is read over, up to the next line. */
  let overlong: Buffer | undefined;
  for await (const chunk of createReadStream(file, { start: skip, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    seen.bytes += chunk.length;
    let joined = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let odd: Buffer = Buffer.alloc(0);
    if (encoding !== 'bytes' && joined.length % 2 === 1) {
      odd = joined.subarray(-1);
      joined = joined.subarray(0, -1);
    }
    const units = encoding === 'utf-16be' ? Buffer.from(joined).swap16() : joined;
    const { lines, rest: left } = encoding === 'bytes' ? splitBytes(units) : splitUnits(units);
    for (const bytes of lines) {
      yield { line: ++line, bytes: overlong ? shortened(overlong) : trimmed(bytes) };
      overlong = undefined;
    }
    // What is left goes back to the file's own byte order, to be joined with the next chunk.
    rest = Buffer.concat([encoding === 'utf-16be' ? Buffer.from(left).swap16() : left, odd]);
    if (rest.length <= MOST_BYTES) continue;
    overlong ??= encoding === 'bytes' ? left : asUtf8(left.subarray(0, KEPT_BYTES));
    rest = odd;
  }
  if (overlong) {
    yield { line: line + 1, bytes: shortened(overlong) };
    return;
  }
  if (rest.length === 0) return;
  const last = encoding === 'utf-16be' && rest.length % 2 === 0 ? Buffer.from(rest).swap16() : rest;
  yield { line: line + 1, bytes: trimmed(encoding === 'bytes' ? last : asUtf8(last)) };
}
