import type { Label } from '@tongxin/domain/label/schema.ts';
import type { SheetMap } from '@tongxin/domain/visit/sheet/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

export interface SheetRecord {
  readonly sheet_id: string;
  readonly version: number;
  readonly area_id: string;
  readonly form_id: string;
  readonly department: string;
  readonly name: Label;
  readonly map: SheetMap;
  readonly workbook: Buffer;
  readonly digest: Buffer;
}

/** The newest version of each sheet that a form fills in an area: saved for it or for an area above it. */
export const findSheets = async (tx: Tx, formId: string, areaId: string): Promise<SheetRecord[]> =>
  (
    await sql<SheetRecord>`select distinct on (sheet_id) sheet_id, version, area_id, form_id, department, name, map, workbook, digest from visit_sheet
      where form_id = ${formId} and area_id = any ((select path from area where area_id = ${areaId})::uuid[]) order by sheet_id, version desc`.execute(
      tx,
    )
  ).rows;

export const findSheetDigest = async (tx: Tx, id: string, version: number): Promise<Buffer | undefined> =>
  (await sql<{ digest: Buffer }>`select digest from visit_sheet where sheet_id = ${id} and version = ${version}`.execute(tx)).rows[0]
    ?.digest;

/** False where the version is there already. */
export const insertSheet = async (tx: Tx, row: SheetRecord, by: { readonly personId: string; readonly now: string }): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into visit_sheet (sheet_id, version, area_id, form_id, department, name, map, workbook, digest, saved_at, saved_by)
    values (${row.sheet_id}, ${row.version}, ${row.area_id}, ${row.form_id}, ${row.department}, ${JSON.stringify(row.name)}::jsonb,
      ${JSON.stringify(row.map)}::jsonb, ${row.workbook}, ${row.digest}, ${by.now}::timestamptz, ${by.personId}) on conflict (sheet_id, version) do nothing`.execute(
    tx,
  );
  return numAffectedRows === 1n;
};
