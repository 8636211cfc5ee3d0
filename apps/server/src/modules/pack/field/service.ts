import { createHash } from 'node:crypto';
import type { PackCity, PackSheet } from '@tongxin/domain/pack/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import ExcelJS from 'exceljs';
import type pg from 'pg';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Deps } from '../../../platform/deps.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { assertPublishable } from '../../collection/index.ts';
import { sealFields } from '../../edit/index.ts';
import { mergeRows } from '../repo.ts';

const digestOf = (value: unknown): Buffer => createHash('sha256').update(canonical(value)).digest();

/** A department's workbook as its cells say: merged headers, formulas, frames. */
export const drawSheet = async ({ tab, cells }: Pick<PackSheet, 'tab' | 'cells'>): Promise<Buffer> => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(tab, { pageSetup: { paperSize: 9, fitToPage: true } });
  sheet.columns = Array.from({ length: 6 }, () => ({ width: 16 }));
  for (const { at, to, text, formula } of cells) {
    if (to) sheet.mergeCells(`${at}:${to}`);
    const cell = sheet.getCell(at);
    cell.value = formula ? { formula } : (text ?? null);
    cell.alignment = { vertical: 'middle', horizontal: at === 'A1' ? 'center' : 'left', wrapText: true };
    if (at === 'A1') cell.font = { bold: true, size: 16 };
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

/** Loads a pack's forms, premises and departments' sheets. Answers how many were new; forms are held to what every form is held to. */
export const loadField = async (
  deps: Pick<Deps, 'crypto'> & { readonly pools: { readonly maintenance: pg.Pool }; readonly clock: Clock },
  city: PackCity,
): Promise<number> => {
  for (const form of city.forms) assertPublishable(form);
  const now = deps.clock.now().toISOString();
  const areaId = city.areas[0]!.areaId;
  const sheets = await Promise.all(city.sheets.map(async (sheet) => ({ ...sheet, workbook: await drawSheet(sheet) })));
  return withTransaction(deps.pools.maintenance, async (_tx, client) => {
    const forms = city.forms.map((form) => [form.id, form.version, form.kind, areaId, form, digestOf(form), now]);
    const premises = city.premises.map((one) => [
      one.premisesId,
      one.kind,
      one.name,
      one.address,
      one.areaId,
      one.lon,
      one.lat,
      one.formId,
      one.formVersion,
      sealFields(deps, 'premises', one.premisesId, one.fields),
      0,
      digestOf(one.premisesId),
      true,
      now,
    ]);
    const workbooks = sheets.map(({ workbook, ...sheet }) => [
      sheet.id,
      1,
      areaId,
      sheet.formId,
      sheet.department,
      sheet.name,
      sheet.map,
      workbook,
      digestOf(sheet),
      now,
    ]);
    return (
      (await mergeRows(
        client,
        'collection_form',
        ['form_id', 'version', 'kind', 'area_id', 'definition', 'digest', 'published_at'],
        forms,
      )) +
      (await mergeRows(
        client,
        'premises',
        [
          'premises_id',
          'kind',
          'name',
          'address',
          'area_id',
          'lon',
          'lat',
          'form_id',
          'form_version',
          'fields_sealed',
          'version',
          'digest',
          'synthetic',
          'updated_at',
        ],
        premises,
      )) +
      (await mergeRows(
        client,
        'visit_sheet',
        ['sheet_id', 'version', 'area_id', 'form_id', 'department', 'name', 'map', 'workbook', 'digest', 'saved_at'],
        workbooks,
      ))
    );
  });
};
