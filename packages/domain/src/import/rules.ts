import type { CaseMap, CategoryMap, RejectCode, TableRow } from './schema.ts';

/** Longest text of a case in characters. */
export const MAX_TEXT = 20_000;
/** Longest number of another system, and longest name of a category. */
const MAX_NUMBER = 200;
const MAX_NAME = 200;

/** A row as a case, before places and departments are looked up. Dates are still words: reading them needs a zone library. */
export interface MappedRow {
  readonly line: number;
  readonly text: string;
  readonly sourceNumber?: string;
  readonly reported?: string;
  readonly due?: string;
  readonly closed?: string;
  readonly isClosed: boolean;
  readonly category?: readonly string[];
  readonly department?: string;
  readonly address?: string;
  readonly lon?: number;
  readonly lat?: number;
  readonly reply?: string;
  readonly demandKind?: string;
}

/** White space of web pages and spreadsheets, folded: blank lines go, words stay. */
export const tidy = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .split('\n')
    .map((line) => line.replace(/[\t\u00a0\u3000 ]+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');

const words = (row: TableRow, column: string | undefined): string | undefined => {
  const cell = column === undefined ? undefined : row.cells[column];
  const tidied = cell === undefined ? '' : tidy(cell);
  return tidied === '' ? undefined : tidied;
};

const number = (cell: string | undefined): number | undefined => {
  if (cell === undefined || cell.trim() === '') return undefined;
  return Number(cell);
};

/** Reads a row by its map. Answers a code when it cannot be a case. Pure. */
export const mapRow = (map: CaseMap, row: TableRow): MappedRow | RejectCode => {
  const text = map.text.flatMap((column) => words(row, column) ?? []).join('\n');
  if (text === '') return 'textMissing';
  if ([...text].length > MAX_TEXT) return 'cellTooLarge';
  if (Object.values(row.cells).some((cell) => cell.includes('\u0000') || !cell.isWellFormed())) return 'badCharacters';
  const sourceNumber = words(row, map.sourceNumber);
  if (sourceNumber && sourceNumber.length > MAX_NUMBER) return 'cellTooLarge';
  const kind = (row.cells[map.demandKind?.column ?? ''] ?? '').trim();
  const lon = map.point ? number(row.cells[map.point.lon]) : undefined;
  const lat = map.point ? number(row.cells[map.point.lat]) : undefined;
  const bad = (value: number | undefined, most: number): boolean => value !== undefined && !(Math.abs(value) <= most);
  if (bad(lon, 180) || bad(lat, 90)) return 'pointUnfit';
  const closed = words(row, map.closedAt?.column);
  const reply = words(row, map.reply);
  const category = map.category?.columns.flatMap((column) => words(row, column) ?? []);
  const address = map.address?.flatMap((column) => words(row, column) ?? []).join(' ');
  const isClosed = map.closed
    ? map.closed.values.includes((row.cells[map.closed.column] ?? '').trim())
    : closed !== undefined || reply !== undefined;
  const optional = {
    sourceNumber,
    reported: words(row, map.reportedAt?.column),
    due: words(row, map.dueAt?.column),
    closed,
    category: category?.length ? category : undefined,
    department: words(row, map.department),
    address: address || undefined,
    lon: lat === undefined ? undefined : lon,
    lat: lon === undefined ? undefined : lat,
    reply,
    demandKind: map.demandKind && Object.hasOwn(map.demandKind.values, kind) ? map.demandKind.values[kind] : undefined,
  };
  return {
    line: row.line,
    text,
    isClosed,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<MappedRow>),
  };
};

/** Category ids of a row, outermost first: `scheme/level1`, `scheme/level1/level2`. */
export const categoryPath = (scheme: string, levels: readonly string[]): string[] =>
  levels.map((_, i) => [scheme, ...levels.slice(0, i + 1)].join('/').slice(0, 240).toWellFormed());

const SYNONYMS: readonly (readonly [keyof CaseMap, RegExp])[] = [
  ['sourceNumber', /^(id|编号|工单编号|受理编号|流水号|.*(request|record).*(id|num(ber)?))$/iu],
  ['text', /^(text|内容|诉求内容|问题描述|事件描述|留言详情|details?|description|描述|正文)$/iu],
  ['reportedAt', /^(date|time|日期|时间|受理时间|上报时间|登记时间|留言时间|created.*)$/iu],
  ['dueAt', /^(due.*|截止时间|办理时限|到期时间)$/iu],
  ['closedAt', /^(close.*|办结时间|结案时间|完成时间)$/iu],
  ['department', /^(department|agency|部门|承办单位|责任单位|处置单位)$/iu],
  ['address', /^(address|地址|地点|事发地点|位置)$/iu],
];

export const COMMON_FORMATS = [
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm',
  'yyyy-MM-dd',
  'yyyy/M/d H:mm:ss',
  'yyyy/M/d H:mm',
  'yyyy/M/d',
  'yyyyMMdd',
  'yyyy年M月d日 H:mm',
  'yyyy年M月d日',
  'MM/dd/yyyy hh:mm:ss a',
];

/** A map guessed from header words; undefined when no column looks like the text. */
export const suggestMap = (header: readonly string[], sourceSystem: string): CaseMap | undefined => {
  const found = new Map<string, string>();
  for (const [field, pattern] of SYNONYMS) {
    const column = header.find((name) => pattern.test(name.trim()));
    if (column !== undefined && !found.has(field)) found.set(field, column);
  }
  const text = found.get('text');
  if (text === undefined) return undefined;
  const date = (field: string) => (found.has(field) ? { [field]: { column: found.get(field)!, formats: COMMON_FORMATS } } : {});
  return {
    kind: 'cases',
    sourceSystem,
    text: [text],
    ...(found.has('sourceNumber') ? { sourceNumber: found.get('sourceNumber')! } : {}),
    ...date('reportedAt'),
    ...date('dueAt'),
    ...date('closedAt'),
    ...(found.has('department') ? { department: found.get('department')! } : {}),
    ...(found.has('address') ? { address: [found.get('address')!] } : {}),
  };
};

/** Categories of a row of levels, outermost first, or why it names none. */
export const categoriesOf = (map: CategoryMap, row: TableRow): { id: string; parent?: string; name: string }[] | RejectCode => {
  const named = map.levels.map((column) => words(row, column));
  const blank = named.indexOf(undefined);
  // A blank level ends the path: what stands below it belongs nowhere.
  const levels = (blank === -1 ? named : named.slice(0, blank)) as string[];
  if (levels.length === 0) return 'textMissing';
  if (levels.some((name) => name.length > MAX_NAME)) return 'cellTooLarge';
  if (levels.some((name) => name.includes('\u0000') || !name.isWellFormed())) return 'badCharacters';
  const path = categoryPath(map.scheme, levels);
  return path.map((id, i) => ({ id, name: levels[i]!, ...(i > 0 ? { parent: path[i - 1]! } : {}) }));
};
