import { isDate } from '../../calendar/rules.ts';
import { inLanguage, type Label, type Language } from '../../label/schema.ts';
import { CODE_LABELS, COLUMNS } from '../data.ts';
import { harmless } from '../rules.ts';
import type { Column, ImportRegister } from '../schema.ts';
import { IMPORTS } from './data.ts';
import type { RegisterMap, Unread, Value, Values } from './schema.ts';

/** The columns that an import reads, in the order of the sheet. */
export const importColumns = (register: ImportRegister): readonly Column[] => COLUMNS[register].filter((column) => column.in);

const matches = (column: Column, name: string, language: Language): boolean =>
  inLanguage(column.label, language).toLowerCase() === name || column.id.toLowerCase() === name;

/** A map guessed from the words of a header: those an export writes, in either language. */
export const suggestRegisterMap = (register: ImportRegister, header: readonly string[]): RegisterMap => {
  const readIn = (language: Language) =>
    Object.fromEntries(
      importColumns(register).flatMap((column) => {
        const name = header.find((words) => matches(column, words.trim().toLowerCase(), language));
        return name === undefined ? [] : [[column.id, name]];
      }),
    );
  // Ids are of no language.
  const labelled = (language: Language): number =>
    importColumns(register).filter(({ label }) => header.some((words) => words.trim() === inLanguage(label, language))).length;
  const language = labelled('en') > labelled('zh') ? 'en' : 'zh';
  return { kind: 'register', register, columns: readIn(language), language };
};

/** Fields that lack a column although no row can be known without them: either the id, or all that names a row. */
export const lackingKeys = ({ register, columns }: Pick<RegisterMap, 'register' | 'columns'>): readonly string[] =>
  columns.id === undefined ? IMPORTS[register].key.filter((field) => columns[field] === undefined) : [];

/** Words as they are compared: line breaks alike, nothing around them. */
const plain = (words: string): string => words.replace(/\r\n?/gu, '\n').trim();

/** What an export wrote before words that a spreadsheet would run is no part of them. */
const unmade = (cell: string): string => (cell.startsWith("'") && harmless(cell.slice(1)) === cell ? cell.slice(1) : cell);

const WRITTEN = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/u;
const SERIAL = /^\d{5}(?:\.\d+)?$/u;
const two = (words: string): string => words.padStart(2, '0');

/** Day and time of day as a table writes them, by the clock on the wall in China: `2026-11-26`, `09:30:00`. */
const wallOf = (words: string): { day: string; time: string } | undefined => {
  if (SERIAL.test(words)) {
    // Days since 1899-12-30, as spreadsheets count.
    const at = new Date(Date.UTC(1899, 11, 30) + Math.round(Number(words) * 86_400) * 1000).toISOString();
    return { day: at.slice(0, 10), time: at.slice(11, 19) };
  }
  const [, year, month, day, hour = '0', minute = '00', second = '00'] = WRITTEN.exec(words) ?? [];
  if (!year || !month || !day) return undefined;
  const written = `${year}-${two(month)}-${two(day)}`;
  if (!isDate(written) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return { day: written, time: `${two(hour)}:${minute}:${second}` };
};

const codeOf = (labels: Readonly<Record<string, Label>>, words: string): string | undefined => {
  const asked = words.toLowerCase();
  return Object.entries(labels).find(
    ([code, { zh, en }]) => code.toLowerCase() === asked || zh.toLowerCase() === asked || en?.toLowerCase() === asked,
  )?.[0];
};

export type Find = (column: Column, words: string, row: Values) => { readonly id: string } | 'nameUnknown' | 'nameAmbiguous';

const refused = (column: Column, code: Unread['code']): Unread => ({ code, field: column.id });

const readOne = (column: Column, words: string, row: Values, find: Find): Value | Unread => {
  if (column.refers) {
    const found = find(column, words, row);
    return typeof found === 'string' ? refused(column, found) : found.id;
  }
  if (column.code) return codeOf(CODE_LABELS[column.code]!, words) ?? refused(column, 'codeUnknown');
  switch (column.type) {
    case 'number':
      return Number.isFinite(Number(words)) ? Number(words) : refused(column, 'cellUnfit');
    case 'date':
      return wallOf(words)?.day ?? refused(column, 'cellUnfit');
    case 'instant': {
      const wall = wallOf(words);
      return wall ? new Date(`${wall.day}T${wall.time}+08:00`).toISOString() : refused(column, 'cellUnfit');
    }
    case 'flag': {
      const flag = codeOf(CODE_LABELS.flag!, words);
      return flag === undefined ? refused(column, 'codeUnknown') : flag === 'true';
    }
    case 'text':
      return words;
  }
};

const isUnread = (read: Value | Unread): read is Unread =>
  typeof read === 'object' && read !== null && !Array.isArray(read) && 'code' in read;

/** The words of a cell as somebody wrote them. */
export const wordsOf = (cell: string): string => plain(unmade(cell));

const readCell = (column: Column, cell: string, row: Values, find: Find): Value | Unread => {
  const words = wordsOf(cell);
  if (words.includes('\u0000') || !words.isWellFormed()) return refused(column, 'cellUnfit');
  if (!column.many) return words === '' ? null : readOne(column, words, row, find);
  const read: string[] = [];
  for (const part of words.split(/[、;；,，\n]+/u).map(plain)) {
    if (part === '') continue;
    const one = readOne(column, part, row, find);
    if (isUnread(one)) return one;
    read.push(String(one));
  }
  return [...new Set(read)].sort();
};

/** What a row says of the columns that a map names, or the first cell that cannot be read. Pure. */
export const readRow = (map: RegisterMap, cells: Readonly<Record<string, string>>, find: Find): Values | Unread => {
  const row: Record<string, Value> = {};
  for (const column of importColumns(map.register)) {
    const name = map.columns[column.id];
    if (name === undefined) continue;
    const read = readCell(column, cells[name] ?? '', row, find);
    if (isUnread(read)) return read;
    if (read === null && column.needed && column.in !== 'id') return refused(column, 'cellMissing');
    if (read !== null || !column.defaults) row[column.id] = read;
  }
  return row;
};

export const wasUnread = (read: Values | Unread): read is Unread => typeof read.code === 'string' && typeof read.field === 'string';

/** A cell as the tables of a register hold it. */
export type Kept = string | number | boolean | Date | Label | readonly string[] | null | undefined;

/** The same cell as it is compared with one that was read in a language. */
export const asValue = (column: Column, kept: Kept, language: Language): Value => {
  if (kept === null || kept === undefined) return column.many ? [] : null;
  // Files write seconds.
  if (kept instanceof Date) return new Date(Math.floor(kept.getTime() / 1000) * 1000).toISOString();
  if (Array.isArray(kept)) return [...kept].sort();
  if (typeof kept === 'object') return plain(inLanguage(kept as Label, language)) || null;
  return typeof kept === 'string' ? plain(kept) || null : kept;
};

export const sameValue = (a: Value | undefined, b: Value | undefined): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The columns in which a row that was read differs from what is kept. */
export const differing = (register: ImportRegister, kept: Values, read: Values): readonly Column[] =>
  importColumns(register).filter(({ id, ...column }) => column.in !== 'id' && id in read && !sameValue(kept[id], read[id]));

/** The first field that a new row needs, or is known by, and lacks. */
export const lackingOf = (register: ImportRegister, read: Values): Unread | undefined => {
  const { key } = IMPORTS[register];
  const column = importColumns(register).find((one) => (one.needed || key.includes(one.id)) && (read[one.id] ?? null) === null);
  return column && refused(column, 'cellMissing');
};

/** What a row is known by where it has no id; undefined where it does not say. */
export const keyOf = (register: ImportRegister, row: Values): string | undefined => {
  const parts = IMPORTS[register].key.map((field) => row[field]);
  return parts.some((part) => (part ?? null) === null) ? undefined : JSON.stringify(parts);
};

/** What a row is part of where rows come in together or not at all: the year of a day, whose notice is one. */
export const wholeOf = (register: ImportRegister, row: Values): string | undefined =>
  register === 'calendarDays' ? String(row.day).slice(0, 4) : undefined;
