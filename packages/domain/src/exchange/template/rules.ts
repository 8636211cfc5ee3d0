import { COLUMNS } from '../data.ts';
import type { Column, ExportSource } from '../schema.ts';
import { type CellValue, FIGURES, type Figure, type Grid, type GridCell, type TemplateMap } from './schema.ts';

export const isFigure = (value: CellValue): value is Figure => (FIGURES as readonly string[]).includes(value);

/** What a list on a form may tell of a register: nobody's name, and no long words. */
export const listColumns = (source: ExportSource): readonly Column[] =>
  COLUMNS[source].filter((column) => !column.personal && !column.inward && !(source === 'cases' && column.id === 'text'));

/** `A`, `Z`, `AA` for 1, 26, 27. */
export const columnName = (n: number): string =>
  (n > 26 ? columnName(Math.floor((n - 1) / 26)) : '') + String.fromCharCode(65 + ((n - 1) % 26));

const SIGNS: readonly (readonly [RegExp, CellValue])[] = [
  [/^(制表人|填报人|填表人|prepared by)[:：]?$/iu, 'preparedBy'],
  [/^(填报日期|制表日期|填表日期|报送日期|date)[:：]?$/iu, 'preparedOn'],
  [/^(填报单位|报送单位|reported by)[:：]?$|^单位[:：]$/iu, 'organization'],
  [/^(统计月份|月份|month)[:：]?$/iu, 'month'],
];
const FIGURE_WORDS: readonly (readonly [RegExp, Figure])[] = [
  [/受理|上报|登记|收到|filed|received/iu, 'filed'],
  [/办结|结案|ended|closed/iu, 'ended'],
  [/在办|未办结|办理中|open|standing/iu, 'standing'],
  [/超期|逾期|overdue/iu, 'overdue'],
];
const FIELD_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(序号|no\.?)$/iu, 'serial'],
  [/^(工单编号|事件编号|编号|number)$/iu, 'number'],
  [/^(标题|诉求内容|事件内容|内容|主要内容|title)$/iu, 'title'],
  [/^(类别|事项类别|category)$/iu, 'category'],
  [/^(承办单位|主办单位|责任单位|lead body)$/iu, 'leadOrganization'],
  [/^(上报时间|受理时间|受理日期|reported)$/iu, 'reportedAt'],
  [/^(办结时间|结案时间|结束时间|ended)$/iu, 'endedAt'],
  [/^(办理情况|办理环节|状态|stage)$/iu, 'stage'],
  [/^(来源|来源渠道|channel)$/iu, 'channel'],
  [/^(镇街|乡镇|街道|town)$/iu, 'town'],
  [/^(社区|村（社区）|社区（村）|community)$/iu, 'community'],
];
const LABEL_OF_AREA = /^(镇街|乡镇|街道|单位|地区|区域|镇（街道）|area|town)$/iu;
const LABEL_OF_CATEGORY = /^(类别|事项类别|问题类别|category)$/iu;

const firstMatch = <T>(words: readonly (readonly [RegExp, T])[], text: string): T | undefined =>
  words.find(([pattern]) => pattern.test(text))?.[1];
const bare = (text: string): string => text.replace(/\s+/gu, '');

/** Signs such as 制表人: the blank to the right takes the value; where there is none, the value follows the words. */
const signsOf = (row: readonly GridCell[], n: number): TemplateMap['cells'] =>
  row.flatMap((cell, i) => {
    const value = firstMatch(SIGNS, bare(cell.text));
    if (!value) return [];
    const right = row[i + 1];
    const blank = right && right.text.trim() === '' && !right.formula;
    return [blank ? { cell: `${columnName(right.at)}${n}`, value } : { cell: `${columnName(cell.at)}${n}`, value, append: true }];
  });

/** The last row of a block that begins at `from`: up to the first row that holds a formula in a mapped column, words where blanks are wanted, or nothing. */
const lastRowOf = (grid: Grid, from: number, goesOn: (row: readonly GridCell[]) => boolean): number => {
  let last = from - 1;
  for (let n = from; n <= grid.rows.length && goesOn(grid.rows[n - 1] ?? []); n++) last = n;
  return last;
};

/** A first reading of a form, for somebody to correct: what looks like signs, like figures by area or category, or like a list of cases. */
export const guessTemplate = (grid: Grid): TemplateMap => {
  const cells = grid.rows.flatMap((row, i) => signsOf(row, i + 1));
  for (const [i, row] of grid.rows.entries()) {
    const n = i + 1;
    const label = row.find((cell) => LABEL_OF_AREA.test(bare(cell.text)) || LABEL_OF_CATEGORY.test(bare(cell.text)));
    const below = n + Math.max(1, label?.rows ?? 1);
    // A header may be of several rows: figures stand in any of them, shares are computed and not filled.
    const figures = grid.rows.slice(i, below - 1).flatMap((line) =>
      line.flatMap((cell) => {
        const words = bare(cell.text);
        const figure = cell === label || /率|%|占比/u.test(words) ? undefined : firstMatch(FIGURE_WORDS, words);
        const first = grid.rows[below - 1]?.find((one) => one.at === cell.at);
        return figure && (cell.columns ?? 1) === 1 && !first?.formula ? [{ column: columnName(cell.at), figure }] : [];
      }),
    );
    if (label && figures.length > 0) {
      const labelled = (cellsBelow: readonly GridCell[]): boolean => {
        const words = bare(cellsBelow.find((cell) => cell.at === label.at)?.text ?? '');
        return words !== '' && !/合计|总计|小计|total/iu.test(words);
      };
      const lastRow = lastRowOf(grid, below, labelled);
      if (lastRow >= below)
        return {
          sheet: grid.sheet,
          cells,
          rows: {
            firstRow: below,
            lastRow,
            labelColumn: columnName(label.at),
            by: LABEL_OF_CATEGORY.test(bare(label.text)) ? 'category' : 'area',
            columns: figures,
          },
        };
    }
    const fields = row.flatMap((cell) => {
      const field = firstMatch(FIELD_WORDS, bare(cell.text));
      return field ? [{ column: columnName(cell.at), field }] : [];
    });
    if (fields.length >= 3) {
      const empty = (cellsBelow: readonly GridCell[]): boolean =>
        cellsBelow.every((cell) => !cell.formula && (cell.text.trim() === '' || /^\d+$/u.test(cell.text.trim())));
      const lastRow = lastRowOf(grid, below, empty);
      const standsBelow = grid.rows
        .slice(Math.max(lastRow, n))
        .some((cellsBelow) => cellsBelow.some((cell) => cell.text.trim() !== '' || cell.formula));
      return {
        sheet: grid.sheet,
        cells,
        list: { firstRow: below, ...(standsBelow && lastRow >= below ? { lastRow } : {}), columns: fields },
      };
    }
  }
  return { sheet: grid.sheet, cells };
};

/** First and last day of a month `YYYY-MM`. */
export const daysOfMonth = (month: string): { readonly from: string; readonly to: string } => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
};

/** `2026-11-26` as it is written on paper. */
export const writtenDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};
