import type { TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface TemplateRow {
  readonly template_id: string;
  readonly version: number;
  readonly organization_id: string;
  readonly name: string;
  readonly map: TemplateMap | null;
  readonly file_bytes: number;
  readonly file_digest: Buffer;
  readonly file_version: number;
  readonly saved_at: Date;
  readonly retired_at: Date | null;
}

const COLUMNS = sql.raw('template_id, version, organization_id, name, map, file_bytes, file_digest, file_version, saved_at, retired_at');

/** The newest version of each form of the caller's bodies that is in use. */
export const listTemplates = async (tx: ScopedTx): Promise<TemplateRow[]> => {
  const { rows } =
    await sql<TemplateRow>`select * from (select distinct on (template_id) ${COLUMNS} from report_template order by template_id, version desc) t
    where retired_at is null order by name, template_id limit 200`.execute(tx);
  return rows;
};

/** A version, or the newest. */
export const findTemplate = async (tx: ScopedTx, id: string, version?: number): Promise<TemplateRow | undefined> => {
  const { rows } = await sql<TemplateRow>`select ${COLUMNS} from report_template
    where template_id = ${id} and (${version ?? null}::int is null or version = ${version ?? null}) order by version desc limit 1`.execute(
    tx,
  );
  return rows[0];
};

export const insertTemplate = async (
  tx: ScopedTx,
  row: Omit<TemplateRow, 'saved_at' | 'retired_at'> & { readonly savedBy: string; readonly now: string },
): Promise<void> => {
  await sql`insert into report_template (template_id, version, organization_id, name, map, file_bytes, file_digest, file_version, saved_by, saved_at)
    values (${row.template_id}, ${row.version}, ${row.organization_id}, ${row.name}, ${row.map ? JSON.stringify(row.map) : null}, ${row.file_bytes}, ${row.file_digest},
      ${row.file_version}, ${row.savedBy}, ${row.now})`.execute(tx);
};

export const retireTemplate = async (tx: ScopedTx, id: string, now: string): Promise<void> => {
  await sql`update report_template set retired_at = coalesce(retired_at, ${now}) where template_id = ${id}`.execute(tx);
};

/** Disputes accepted and ended below an area, by kind, by the function that counts them for whoever may by law; it refuses all others. */
export const findStatutory = async (
  tx: ScopedTx,
  areaId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly { kind: string; accepted: number; ended: number }[]> => {
  const { rows } = await sql<{ kind: string; accepted: number; ended: number }>`
    select kind, sum(accepted)::int as accepted, sum(settled + unsettled)::int as ended
    from dispute_report(${areaId}, ${from}::date, ${to}::date + 1) group by 1`.execute(tx);
  return rows;
};

/** What rows of a form are about, by the words that stand in them: areas directly below one, or categories in force. */
export const findByLabel = async (tx: ScopedTx, by: 'area' | 'category', areaId: string): Promise<Map<string, string>> => {
  const { rows } = await (by === 'area'
    ? sql<{
        id: string;
        name: Label;
      }>`select area_id::text as id, name from area where parent_id = ${areaId} and valid_to is null order by area_id desc`
    : sql<{ id: string; name: Label }>`select category_id as id, name from category where valid_to is null order by category_id desc`
  ).execute(tx);
  return new Map(rows.flatMap(({ id, name }) => [name.zh, name.en].flatMap((words) => (words ? [[words.trim(), id] as const] : []))));
};
