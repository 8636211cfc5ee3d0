import ExcelJS from 'exceljs';
import { type CentralDirectory, Open } from 'unzipper';
import { invalid, Problem } from '../../../../platform/errors/problem.ts';
import type { ReadRow } from '../service.ts';

/** Largest sum of unpacked parts: a workbook of a million rows stays below; a bomb does not. */
const MAX_UNPACKED = 3 * 1024 ** 3;
const MAX_SHARED_STRINGS = 400 * 1024 ** 2;
/** Sheets pack twenty to forty times; nothing that people write packs two hundred times over so much. */
const MAX_RATIO = 200;
const SMALL = 64 * 1024 ** 2;

const ROW = '<row ';

/** Unpacks a part to nowhere: a part that does not end where its directory says is broken, or lies. Answers how many rows begin in it. */
const assertTrue = async (part: CentralDirectory['files'][number]): Promise<number> => {
  let bytes = 0;
  let rows = 0;
  let end = '';
  for await (const chunk of part.stream() as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > part.uncompressedSize) throw invalid('workbookBroken');
    // A row's beginning may lie across two chunks.
    const text = end + chunk.toString('latin1');
    rows += text.split(ROW).length - 1;
    end = text.slice(-(ROW.length - 1));
  }
  if (bytes !== part.uncompressedSize) throw invalid('workbookBroken');
  return rows;
};

/** Refuses a bomb, a lie and what is no workbook; answers how many rows its first sheet has, for progress. */
export const assertNoBomb = async (file: string): Promise<number> => {
  const directory = await Open.file(file).catch(() => {
    throw invalid('workbookBroken');
  });
  const unpacked = directory.files.reduce((sum, part) => sum + part.uncompressedSize, 0);
  const strings = directory.files.find((part) => part.path === 'xl/sharedStrings.xml')?.uncompressedSize ?? 0;
  const packed = directory.files.reduce((sum, part) => sum + part.compressedSize, 0);
  const swollen = unpacked > SMALL && unpacked > packed * MAX_RATIO;
  if (unpacked > MAX_UNPACKED || strings > MAX_SHARED_STRINGS || swollen) throw invalid('fileTooLarge', { maxBytes: MAX_UNPACKED });
  if (!directory.files.some((part) => part.path.startsWith('xl/'))) throw invalid('notATable');
  let first: number | undefined;
  for (const part of directory.files) {
    const rows = await assertTrue(part).catch(() => {
      throw invalid('workbookBroken');
    });
    if (part.path.startsWith('xl/worksheets/sheet')) first ??= rows;
  }
  return first ?? 0;
};

const words = (value: ExcelJS.CellValue): string => {
  if (value === null || value === undefined) return '';
  // Workbooks hold local times without a zone: the same digits, marked as such for the reader of dates.
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, 19);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('result' in value) return words(value.result as ExcelJS.CellValue);
  if ('text' in value) return words(value.text as ExcelJS.CellValue);
  if ('error' in value) return '';
  return '';
};

/** Rows of the first sheet; the first is the header. Formulas count as their last result. */
export async function* readWorkbook(file: string, seen: { bytes: number }, bytes: number): AsyncGenerator<string[] | ReadRow> {
  const all = await assertNoBomb(file);
  let header: string[] | undefined;
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(file, {
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    worksheets: 'emit',
    entries: 'ignore',
  });
  let rows = 0;
  try {
    for await (const sheet of workbook) {
      for await (const row of sheet) {
        const cells = Array.from({ length: Math.max(row.cellCount, header?.length ?? 0) }, (_, i) => words(row.getCell(i + 1).value));
        rows += 1;
        seen.bytes = Math.min(bytes, Math.round((bytes * rows) / Math.max(all, rows)));
        if (!header) {
          while (cells.at(-1) === '') cells.pop();
          header = cells.map((name) => name.trim());
          yield header;
          continue;
        }
        if (cells.every((cell) => cell === '')) continue;
        if (cells.slice(header.length).some((cell) => cell !== '')) yield { line: row.number, reject: 'ragged', raw: cells };
        else yield { row: { line: row.number, cells: Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])) } };
      }
      break;
    }
  } catch (error) {
    throw error instanceof Problem ? error : invalid('workbookBroken');
  }
}
