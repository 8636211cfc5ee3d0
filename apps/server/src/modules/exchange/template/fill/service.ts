import { wallTime } from '@tongxin/domain/exchange/rules.ts';
import type { Cell, Column } from '@tongxin/domain/exchange/schema.ts';
import { daysOfMonth, isFigure, listColumns, writtenDay } from '@tongxin/domain/exchange/template/rules.ts';
import { type CellValue, type Figure, type TemplateMap, USUAL_PROCEDURE } from '@tongxin/domain/exchange/template/schema.ts';
import { inLanguage } from '@tongxin/domain/label/schema.ts';
import type ExcelJS from 'exceljs';
import { demand } from '../../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../../platform/deps.ts';
import { invalid, Problem } from '../../../../platform/errors/problem.ts';
import type { JobCall, JobEnd, JobKind } from '../../../../platform/jobs/jobs.ts';
import { FORMATS, MEDIA, workbookCell } from '../../../../platform/sheet/sheet.ts';
import { type Scope, type Who, withScope } from '../../../../platform/tx/tx.ts';
import { exportCases } from '../../../case/index.ts';
import { findByWords } from '../../../search/index.ts';
import { demandSource, otherRows } from '../../export/service.ts';
import { type CountDisputes, countingDisputes, demandFigures, figureOf, type Period, rowId } from '../figures/service.ts';
import { findByLabel, findTemplate } from '../repo.ts';
import { type FillInput, templateBytes } from '../service.ts';
import { assertFits, dressRow, freshFormulas, openWorkbook } from '../workbook/service.ts';

/** Cases a form lists at most: longer lists are exports. */
const MOST_ROWS = 10_000;

type List = NonNullable<TemplateMap['list']>;
interface Filling {
  readonly deps: Deps;
  readonly who: Who;
  readonly input: FillInput;
  readonly period: Period;
  readonly countDisputes: CountDisputes;
  readonly sheet: ExcelJS.Worksheet;
  readonly signal: AbortSignal;
}

const filledWith = (
  { deps, who, input, period, countDisputes }: Filling,
  { value, procedureId }: { readonly value: CellValue; readonly procedureId?: string },
): string | number | Promise<number> => {
  if (isFigure(value)) return figureOf(deps, who, countDisputes, value, { areaId: input.areaId, period, procedureId });
  const area = deps.directory.area(input.areaId)?.label;
  const words: Record<Exclude<CellValue, Figure>, string> = {
    preparedBy: input.preparedBy ?? '',
    preparedOn: writtenDay(wallTime(deps.clock.now()).slice(0, 10)),
    month: input.month,
    periodFrom: period.from,
    periodTo: period.to,
    organization: input.organization,
    area: area ? inLanguage(area, input.language) : '',
  };
  return words[value];
};

const fillCells = async (filling: Filling, cells: TemplateMap['cells']): Promise<void> => {
  for (const asked of cells) {
    const cell = filling.sheet.getCell(asked.cell);
    const filled = await filledWith(filling, asked);
    cell.value = asked.append ? `${cell.text}${filled}` : filled;
  }
};

const fillRows = async (filling: Filling, rows: NonNullable<TemplateMap['rows']>): Promise<number> => {
  const { deps, who, sheet, period, input, countDisputes } = filling;
  const ids = await withScope(deps.pools.app, who, ({ tx }) => findByLabel(tx, rows.by, input.areaId));
  let unknown = 0;
  for (let n = rows.firstRow; n <= rows.lastRow; n++) {
    filling.signal.throwIfAborted();
    const words = sheet.getCell(`${rows.labelColumn}${n}`).text.trim();
    if (words === '') continue;
    let known = false;
    for (const { column, figure, procedureId } of rows.columns) {
      const id = rowId(deps, rows.by, ids, words, procedureId);
      if (id) known = true;
      const place = rows.by === 'area' ? { areaId: id! } : { areaId: input.areaId, categoryId: id! };
      // A row of which there is nothing has nothing: neither an area without cases nor a category nobody reported.
      sheet.getCell(`${column}${n}`).value = id ? await figureOf(deps, who, countDisputes, figure, { ...place, period, procedureId }) : 0;
    }
    if (!known) unknown += 1;
  }
  return unknown;
};

type Listed = Readonly<Record<string, Cell>>;

/** Cases of a procedure that were reported within the period, newest change first. */
async function* casesOf({ deps, input, period }: Filling, scope: Scope, list: List): AsyncGenerator<readonly Listed[]> {
  const columns = new Set([...list.columns.map(({ field }) => field), 'reportedAt', 'updatedAt']);
  const from = new Date(`${period.from}T00:00:00+08:00`);
  const to = new Date(`${period.to}T23:59:59.999+08:00`);
  const query = { areaId: input.areaId, procedureId: list.procedureId ?? USUAL_PROCEDURE };
  for await (const batch of exportCases(deps, scope, query, { columns, language: input.language }, findByWords)) {
    yield batch.filter(({ reportedAt: at }) => at instanceof Date && at >= from && at <= to);
    // Nothing changes before it is reported: what follows is of earlier months.
    if ((batch.at(-1)?.updatedAt as Date) < from) return;
  }
}

const fillList = async (filling: Filling, list: List): Promise<number> => {
  const { deps, who, sheet, period, input, signal } = filling;
  const { source = 'cases' } = list;
  const room = list.lastRow === undefined ? MOST_ROWS : list.lastRow - list.firstRow + 1;
  const known = new Map(listColumns(source).map((column) => [column.id, column]));
  const put = (cell: ExcelJS.Cell, column: Column, value: Cell): void => {
    cell.value = workbookCell(column, value, input.language);
    if (cell.value instanceof Date && (cell.numFmt === undefined || cell.numFmt === 'General')) cell.numFmt = FORMATS.date!;
  };
  let n = 0;
  await withScope(deps.pools.app, who, async (scope) => {
    demandSource(scope, source);
    const { areaId } = input;
    const rows =
      source === 'cases'
        ? casesOf(filling, scope, list)
        : otherRows(deps, who, scope, source, { areaId, figures: { areaId, ...period } }, input.language);
    for await (const batch of rows) {
      signal.throwIfAborted();
      for (const row of batch) {
        if (n >= room) throw invalid('formTooSmall', { room });
        const rowNumber = list.firstRow + n;
        if (list.lastRow === undefined && n > 0) dressRow(sheet, list.firstRow, rowNumber);
        n += 1;
        for (const { column, field } of list.columns) {
          const cell = sheet.getCell(`${column}${rowNumber}`);
          if (field === 'serial') cell.value = n;
          else put(cell, known.get(field)!, row[field] ?? null);
        }
      }
    }
  });
  return n;
};

const run = async ({ deps, who, input: given, signal, progress, file }: JobCall): Promise<JobEnd> => {
  const input = given as FillInput;
  const row = await withScope(deps.pools.app, who, async (scope) => {
    demand(scope.actor, 'statistics.read');
    const found = await findTemplate(scope.tx, input.templateId, input.version);
    // Posts may have changed since it was asked for.
    if (found?.map) demandFigures(deps, scope.actor, found.map, input.areaId);
    return found;
  });
  if (!row?.map) throw new Problem(410, 'fileGone');
  const workbook = await openWorkbook(await templateBytes(deps, row));
  const sheet = assertFits(workbook, row.map);
  const countDisputes = countingDisputes(deps, who);
  const filling: Filling = { deps, who, input, period: daysOfMonth(input.month), countDisputes, sheet, signal };
  await fillCells(filling, row.map.cells);
  progress(1, 4);
  const unknownRows = row.map.rows ? await fillRows(filling, row.map.rows) : 0;
  progress(2, 4);
  const listed = row.map.list ? await fillList(filling, row.map.list) : 0;
  progress(3, 4);
  freshFormulas(workbook);
  const out = file();
  const finished = new Promise<void>((done, fail) => out.once('finish', done).once('error', fail));
  out.end(Buffer.from(await workbook.xlsx.writeBuffer()));
  await finished;
  progress(4, 4);
  return { result: { rows: listed, unknownRows }, file: { name: `${row.name}-${input.month}.xlsx`, type: MEDIA.xlsx } };
};

export const templateJob: JobKind = { name: 'template', run };
