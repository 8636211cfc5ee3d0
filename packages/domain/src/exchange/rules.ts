import { inLanguage, type Language } from '../label/schema.ts';
import { CODE_LABELS, COLUMNS } from './data.ts';
import type { Cell, Column, ExportSource } from './schema.ts';

/** Rows of one sheet of a spreadsheet, its header among them. */
export const SHEET_ROWS = 1_048_576;
/** Longest text of a spreadsheet's cell. */
export const CELL_LENGTH = 32_767;

/** The columns asked for, in the order of the list; the usual ones where none are. Undefined where one is unknown. */
export const chosenColumns = (source: ExportSource, ids: readonly string[] | undefined): readonly Column[] | undefined => {
  const all = COLUMNS[source].filter(({ inward }) => !inward);
  if (!ids?.length) return all.filter((column) => column.usual);
  if (ids.some((id) => !all.some((column) => column.id === id))) return undefined;
  return all.filter((column) => ids.includes(column.id));
};

/** Words for a code; the code itself where none are known. */
export const codeWords = (kind: string, code: string | null | undefined, language: Language): string | null => {
  if (code === null || code === undefined || code === '') return null;
  const label = CODE_LABELS[kind]?.[code];
  return label ? inLanguage(label, language) : code;
};

/** A cell that a spreadsheet would run as a formula is made words. */
export const harmless = (cell: string): string => (/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell);

const HOURS_OF_CHINA = 8 * 3_600_000;
/** An instant as the clock on the wall in China shows it: `2026-11-26 09:30:00`. */
export const wallTime = (at: Date): string => new Date(at.getTime() + HOURS_OF_CHINA).toISOString().replace('T', ' ').slice(0, 19);
/** The same digits as a date of a spreadsheet, which has no zone. */
export const wallDate = (at: Date): Date => new Date(at.getTime() + HOURS_OF_CHINA);

/** A cell as text of a CSV: Chinese wall time, yes and no in words, nothing that runs. */
export const csvCell = (cell: Cell, language: Language): string => {
  if (cell === null) return '';
  if (cell instanceof Date) return wallTime(cell);
  if (typeof cell === 'boolean') return codeWords('flag', String(cell), language)!;
  return typeof cell === 'number' ? String(cell) : harmless(cell);
};
