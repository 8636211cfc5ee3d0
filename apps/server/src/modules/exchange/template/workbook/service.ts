import { listColumns } from '@tongxin/domain/exchange/template/rules.ts';
import type { Grid, GridCell, TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import ExcelJS from 'exceljs';
import { invalid } from '../../../../platform/errors/problem.ts';

/** What the mapping screen shows of a sheet. */
const SHOWN_ROWS = 60;
const SHOWN_COLUMNS = 30;

export const openWorkbook = async (bytes: Buffer): Promise<ExcelJS.Workbook> => {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch {
    throw invalid('workbookBroken');
  }
  if (workbook.worksheets.length === 0) throw invalid('notATable');
  return workbook;
};

const isFormula = (cell: ExcelJS.Cell): boolean => cell.type === ExcelJS.ValueType.Formula;

/** The first rows and columns of each sheet, merged fields as one cell. */
export const gridsOf = (workbook: ExcelJS.Workbook): Grid[] =>
  workbook.worksheets.slice(0, 10).map((sheet) => {
    const lastRow = Math.min(SHOWN_ROWS, sheet.rowCount);
    const lastColumn = Math.min(SHOWN_COLUMNS, sheet.columnCount);
    const rows = Array.from({ length: lastRow }, (_, i) => {
      const row = sheet.getRow(i + 1);
      return Array.from({ length: lastColumn }, (__, j) => row.getCell(j + 1)).flatMap((cell): GridCell[] => {
        if (cell.isMerged && cell.master !== cell) return [];
        const [columns, covers] = cell.isMerged ? spanOf(sheet, cell) : [1, 1];
        const formula = isFormula(cell);
        return [
          {
            text: (formula ? `=${cell.formula}` : cell.text).slice(0, 200),
            at: Number(cell.col),
            ...(formula ? { formula } : {}),
            ...(columns > 1 ? { columns } : {}),
            ...(covers > 1 ? { rows: covers } : {}),
          },
        ];
      });
    });
    return { sheet: sheet.name, rows, cut: sheet.rowCount > SHOWN_ROWS || sheet.columnCount > SHOWN_COLUMNS };
  });

const spanOf = (sheet: ExcelJS.Worksheet, master: ExcelJS.Cell): [columns: number, rows: number] => {
  const [column, row] = [Number(master.col), Number(master.row)];
  let [columns, rows] = [1, 1];
  while (sheet.getCell(row, column + columns).master === master && columns < SHOWN_COLUMNS) columns += 1;
  while (sheet.getCell(row + rows, column).master === master && rows < SHOWN_ROWS) rows += 1;
  return [columns, rows];
};

/** Refuses a reading that names a sheet or a field that is not there, or would write over a formula. */
export const assertFits = (workbook: ExcelJS.Workbook, map: TemplateMap): ExcelJS.Worksheet => {
  const fields = new Set(['serial', ...listColumns(map.list?.source ?? 'cases').map(({ id }) => id)]);
  const unknown = map.list?.columns.find(({ field }) => !fields.has(field));
  if (unknown) throw invalid('unknownColumn');
  if (map.rows?.by === 'category' && map.rows.columns.some(({ figure }) => figure === 'standing'))
    throw invalid('figureUnfit', { figure: 'standing' });
  const blocks = [map.rows, map.list].flatMap((block) => {
    if (!block) return [];
    const last = block.lastRow ?? block.firstRow;
    if (last < block.firstRow) throw invalid('rowsUnfit');
    const columns = block.columns.map(({ column }) => column);
    return Array.from({ length: last - block.firstRow + 1 }, (_, i) => columns.map((column) => `${column}${block.firstRow + i}`)).flat();
  });
  return assertFillable(workbook, map.sheet, [...map.cells.map(({ cell }) => cell), ...blocks]);
};

/** The sheet of that name, none of whose named cells is a formula. */
export const assertFillable = (workbook: ExcelJS.Workbook, name: string, cells: readonly string[]): ExcelJS.Worksheet => {
  const sheet = workbook.getWorksheet(name);
  if (!sheet) throw invalid('sheetMissing', { sheet: name });
  const formula = cells.find((cell) => isFormula(sheet.getCell(cell)));
  if (formula) throw invalid('cellIsFormula', { cell: formula });
  return sheet;
};

/** Formulas lose what they came to the last time: whoever opens the form computes them from the figures of this one. */
export const freshFormulas = (workbook: ExcelJS.Workbook): void => {
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (isFormula(cell)) cell.value = { formula: cell.formula, result: undefined } as ExcelJS.CellFormulaValue;
      }),
    );
  workbook.calcProperties.fullCalcOnLoad = true;
};

/** Gives a row below the last prepared one the looks of that. */
export const dressRow = (sheet: ExcelJS.Worksheet, like: number, row: number): void => {
  const [from, to] = [sheet.getRow(like), sheet.getRow(row)];
  if (from.height) to.height = from.height;
  from.eachCell({ includeEmpty: true }, (cell, column) => {
    to.getCell(column).style = { ...cell.style };
  });
};
