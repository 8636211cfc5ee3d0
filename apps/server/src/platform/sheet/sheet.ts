import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { CELL_LENGTH, csvCell, SHEET_ROWS, wallDate } from '@tongxin/domain/exchange/rules.ts';
import type { Cell, Column, ColumnType, ExportFormat } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';

export type Rows = AsyncIterable<readonly Readonly<Record<string, Cell>>[]>;

export interface Sheet {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly language: Language;
  readonly signal: AbortSignal;
  readonly onRows: (written: number) => void;
  /** Rows of a sheet before the next begins; the format's own limit unless a test says otherwise. */
  readonly sheetRows?: number;
}

export const MEDIA: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json',
};

const put = async (out: Writable, words: string | Buffer): Promise<void> => {
  if (!out.write(words)) await once(out, 'drain');
};

/** Settles when all is written. Whoever waits for a drain meanwhile hears of a failure there: here it must not end the process. */
const ended = (out: Writable): Promise<void> => {
  const done = new Promise<void>((fine, fail) => {
    out.once('finish', fine);
    out.once('error', fail);
  });
  done.catch(() => {});
  return done;
};

/** UTF-8 with a mark, which older spreadsheets need to read Chinese, and lines that end the way they want. */
const writeCsv = async (out: Writable, rows: Rows, { columns, language, signal, onRows }: Sheet): Promise<void> => {
  const done = ended(out);
  const line = (cells: readonly (readonly string[])[]): string =>
    stringify(cells as string[][], { record_delimiter: 'windows', quoted_match: /[\r\n]/u });
  await put(out, `\ufeff${line([columns.map((column) => inLanguage(column.label, language))])}`);
  let written = 0;
  for await (const batch of rows) {
    signal.throwIfAborted();
    await put(out, line(batch.map((row) => columns.map((column) => csvCell(row[column.id] ?? null, language)))));
    written += batch.length;
    onRows(written);
  }
  out.end();
  await done;
};

/** How dates look in a workbook that says nothing else. */
export const FORMATS: Readonly<Partial<Record<ColumnType, string>>> = { date: 'yyyy-mm-dd', instant: 'yyyy-mm-dd hh:mm' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
const UNFIT_FOR_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;
const LONELY_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** A value of a workbook: dates by the clock on the wall, text that the format can hold. Text is typed as text, so nothing in it runs. */
export const workbookCell = (column: Column, cell: Cell, language: Language): ExcelJS.CellValue => {
  if (cell === null) return null;
  if (cell instanceof Date) return wallDate(cell);
  if (typeof cell === 'boolean') return csvCell(cell, language);
  if (typeof cell === 'number') return cell;
  if (column.type === 'date') return new Date(`${cell}T00:00:00.000Z`);
  return cell.replace(UNFIT_FOR_XML, '').replace(LONELY_SURROGATE, '').slice(0, CELL_LENGTH);
};

const HEADER_FILL: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE3EEEA' } };

const KEPT_BYTES = 64 * 1024;
/** Options of the archive; its streams keep a megabyte each where nothing is said. */
const ZIP = { zlib: { level: 3 }, highWaterMark: KEPT_BYTES };
/**
 * The stream between a sheet and the archive keeps what the archive has not taken: without waiting here a million rows lie in memory. It is one of
 * an older kind, that tells how much it keeps in its state alone.
 */
const drained = async (sheet: ExcelJS.Worksheet): Promise<void> => {
  const { pipes } = (sheet as unknown as { stream: { pipes: (Writable & { _writableState: { length: number } })[] } }).stream;
  for (const pipe of pipes) if (pipe._writableState.length > KEPT_BYTES) await once(pipe, 'drain');
};

/** Printed, all columns stand on one page, A4 across; the head stands on each. */
const ON_PAPER = { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' } as const;

/** A workbook row by row: typed columns, widths, a frozen header with a filter, another sheet where one is full. */
const writeWorkbook = async (
  out: Writable,
  rows: Rows,
  { title, columns, language, signal, onRows, sheetRows = SHEET_ROWS }: Sheet,
): Promise<void> => {
  const done = ended(out);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
    zip: ZIP,
  });
  workbook.creator = 'Tongxin';
  let sheet: ExcelJS.Worksheet | undefined;
  let inSheet = 0;
  let sheets = 0;
  let written = 0;
  const begin = (): ExcelJS.Worksheet => {
    sheets += 1;
    const name = `${title.replace(/[*?:\\/[\]]/gu, ' ').slice(0, 24)}${sheets > 1 ? ` ${sheets}` : ''}`;
    const next = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }], pageSetup: { ...ON_PAPER } });
    next.columns = columns.map((column) => ({
      width: column.width,
      ...(FORMATS[column.type] ? { style: { numFmt: FORMATS[column.type]! } } : {}),
    }));
    next.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
    const head = next.getRow(1);
    columns.forEach((column, i) => {
      const cell = head.getCell(i + 1);
      cell.value = inLanguage(column.label, language);
      cell.numFmt = 'General';
      cell.font = { bold: true };
      cell.fill = HEADER_FILL;
      cell.alignment = { wrapText: true, vertical: 'middle' };
    });
    head.commit();
    inSheet = 1;
    return next;
  };
  sheet = begin();
  for await (const batch of rows) {
    signal.throwIfAborted();
    for (const row of batch) {
      if (inSheet >= sheetRows) {
        sheet.commit();
        sheet = begin();
      }
      sheet.addRow(columns.map((column) => workbookCell(column, row[column.id] ?? null, language))).commit();
      inSheet += 1;
      if (inSheet % 125 === 0) await drained(sheet);
    }
    await drained(sheet);
    written += batch.length;
    onRows(written);
  }
  await workbook.commit();
  await done;
};

/** Points with their cells as properties; a row without a place has no geometry. Instants are ISO 8601 in UTC. */
const writeGeojson = async (out: Writable, rows: Rows, { columns, signal, onRows }: Sheet): Promise<void> => {
  const done = ended(out);
  await put(out, '{"type":"FeatureCollection","features":[');
  let written = 0;
  for await (const batch of rows) {
    signal.throwIfAborted();
    const features = batch.map((row) => {
      const geometry =
        typeof row.lon === 'number' && typeof row.lat === 'number' ? { type: 'Point', coordinates: [row.lon, row.lat] } : null;
      const properties = Object.fromEntries(columns.map((column) => [column.id, row[column.id] ?? null]));
      return JSON.stringify({ type: 'Feature', geometry, properties });
    });
    if (features.length) await put(out, `${written > 0 ? ',' : ''}\n${features.join(',\n')}`);
    written += batch.length;
    onRows(written);
  }
  out.end('\n]}\n');
  await done;
};

const WRITERS: Readonly<Record<ExportFormat, (out: Writable, rows: Rows, sheet: Sheet) => Promise<void>>> = {
  csv: writeCsv,
  xlsx: writeWorkbook,
  geojson: writeGeojson,
};

/** Writes rows in a format at constant memory, and ends the stream. */
export const writeRows = (format: ExportFormat, out: Writable, rows: Rows, sheet: Sheet): Promise<void> =>
  WRITERS[format](out, rows, sheet);
