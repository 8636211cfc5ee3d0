import { createHash } from 'node:crypto';
import { isPersonal, rowsOf } from '@tongxin/domain/collection/rules.ts';
import { wallTime } from '@tongxin/domain/exchange/rules.ts';
import { writtenDay } from '@tongxin/domain/exchange/template/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { answerFor, questionsOf, unknownIn } from '@tongxin/domain/visit/sheet/rules.ts';
import type { NewSheet, SheetMap, SheetRow, SheetSign } from '@tongxin/domain/visit/sheet/schema.ts';
import type ExcelJS from 'exceljs';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../../platform/errors/problem.ts';
import { prove, type Who, withScope } from '../../../platform/tx/tx.ts';
import { findForms } from '../../collection/index.ts';
import type { Held } from '../../edit/index.ts';
import { assertFillable, freshFormulas, openWorkbook, takeWorkbook } from '../../exchange/index.ts';
import { premisesNamed } from '../../premises/index.ts';
import type { VisitRecord } from '../repo.ts';
import { openVisit, tellReading } from '../service.ts';
import { findSheetDigest, findSheets, insertSheet, type SheetRecord } from './repo.ts';

/** Cells a map writes to: none of them may be a formula. */
const cellsOf = ({ cells, list }: SheetMap): string[] => [
  ...cells.map(({ cell }) => cell),
  ...(list
    ? Array.from({ length: list.lastRow - list.firstRow + 1 }, (_, i) =>
        list.columns.map(({ column }) => `${column}${list.firstRow + i}`),
      ).flat()
    : []),
];

const MOST_BYTES = 512 * 1024;

/** Takes a department's sheet with its map, as a version that never changes. Refused where the workbook or the form lacks what the map names. */
export const saveSheet = async (deps: Deps, who: Who, sheet: NewSheet): Promise<{ id: string; version: number }> => {
  await prove(deps.pools.app, who);
  const bytes = Buffer.from(sheet.workbook, 'base64');
  if (bytes.length > MOST_BYTES) throw invalid('fileTooLarge', { maxBytes: MOST_BYTES });
  assertFillable(await takeWorkbook(deps, bytes), sheet.map.sheet, cellsOf(sheet.map));
  const digest = createHash('sha256').update(canonical(sheet)).digest();
  return withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const form = (await findForms(tx, sheet.areaId)).find(({ id }) => id === sheet.formId);
    if (form?.kind !== 'visit') throw invalid('formUnknown', { form: sheet.formId });
    const unknown = unknownIn(sheet.map, form);
    if (unknown) throw invalid('sheetUnfit', { field: unknown });
    if (!form.departments.some(({ code }) => code === sheet.department)) throw invalid('sheetUnfit', { field: sheet.department });
    const known = await findSheetDigest(tx, sheet.id, sheet.version);
    const record: SheetRecord = {
      sheet_id: sheet.id,
      version: sheet.version,
      area_id: sheet.areaId,
      form_id: sheet.formId,
      department: sheet.department,
      name: sheet.name,
      map: sheet.map,
      workbook: bytes,
      digest,
    };
    const same = known
      ? known.equals(digest)
      : await insertSheet(tx, record, { personId: actor.personId!, now: deps.clock.now().toISOString() });
    if (!same) throw conflict('versionTaken');
    return { id: sheet.id, version: sheet.version };
  });
};

type Opened = Held & { readonly row: VisitRecord };

/** Departments' sheets a visit fills. */
export const sheetsOf = (deps: Deps, who: Who, visitId: string): Promise<SheetRow[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { form, row } = await openVisit(deps, scope, visitId);
    return (await findSheets(scope.tx, row.form_id, row.area_id)).map(({ sheet_id, version, name, department }) => {
      const departmentLabel = form.departments.find(({ code }) => code === department)?.label;
      return { id: sheet_id, version, name, department, ...(departmentLabel ? { departmentLabel } : {}) };
    });
  });

type Signs = Readonly<Record<SheetSign, string>>;

const write = (cell: ExcelJS.Cell, value: string | number | null, append: boolean | undefined): void => {
  cell.value = append ? `${cell.text}${value ?? ''}` : value;
};

const fill = (workbook: ExcelJS.Workbook, map: SheetMap, { form, fields }: Opened, signs: Signs): void => {
  const sheet = assertFillable(workbook, map.sheet, cellsOf(map));
  for (const { cell, question, sign, words, append } of map.cells)
    write(sheet.getCell(cell), question ? answerFor(form, fields, question, words) : sign ? signs[sign] : null, append);
  const { list } = map;
  const section = list && form.sections.find(({ id }) => id === list.section);
  if (list && section) {
    const rows = rowsOf(section, fields);
    const room = list.lastRow - list.firstRow + 1;
    if (rows.length > room) throw invalid('formTooSmall', { room });
    for (const [n, row] of rows.entries())
      for (const { column, question, serial, words } of list.columns)
        sheet.getCell(`${column}${list.firstRow + n}`).value = serial
          ? n + 1
          : question
            ? answerFor(form, fields, `${section.id}/${row}/${question}`, words)
            : null;
  }
  freshFormulas(workbook);
};

/** One department's sheet, filled from a finished visit. What of a person stands on it is logged as read for that department's purpose. */
export const fillSheet = async (
  deps: Deps,
  who: Who,
  visitId: string,
  sheetId: string,
  preparedBy: string | undefined,
): Promise<{ name: string; bytes: Buffer }> => {
  const { opened, record, signs } = await withScope(deps.pools.app, who, async (scope) => {
    const held = await openVisit(deps, scope, visitId);
    const { row } = held;
    const sheet = (await findSheets(scope.tx, row.form_id, row.area_id)).find(({ sheet_id }) => sheet_id === sheetId);
    if (!sheet) throw notFound();
    if (row.status !== 'done') throw conflict('visitNotDone');
    const asked = new Set(questionsOf(sheet.map));
    const personal = Object.keys(held.fields).filter((field) => asked.has(field.split('/').at(-1)!) && isPersonal(held.form, field));
    await tellReading(deps, scope, visitId, personal, { purpose: `填写《${sheet.name.zh}》` });
    const premises = row.premises_id ? await premisesNamed(scope.tx, row.premises_id) : undefined;
    const found: Signs = {
      preparedBy: preparedBy ?? '',
      preparedOn: writtenDay(wallTime(deps.clock.now()).slice(0, 10)),
      visitedOn: writtenDay(wallTime(new Date(row.visited_at)).slice(0, 10)),
      organization: deps.directory.organization(row.organization_id)?.label.zh ?? '',
      area: deps.directory.area(row.area_id)?.label.zh ?? '',
      premisesName: premises?.name ?? '',
      premisesAddress: premises?.address ?? '',
    };
    return { opened: held, record: sheet, signs: found };
  });
  const workbook = await openWorkbook(record.workbook);
  fill(workbook, record.map, opened, signs);
  return { name: `${record.name.zh}.xlsx`, bytes: Buffer.from(await workbook.xlsx.writeBuffer()) };
};
