import type { Form } from '@tongxin/domain/collection/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/tx/tx.ts';

/** A published version; undefined where there is none. */
export const findForm = async (tx: Tx, id: string, version: number): Promise<Form | undefined> =>
  (await sql<{ definition: Form }>`select definition from collection_form where form_id = ${id} and version = ${version}`.execute(tx))
    .rows[0]?.definition;

/** The newest version of each form that holds in an area: published for it or for an area above it. */
export const findForms = async (tx: Tx, areaId: string): Promise<Form[]> => {
  const { rows } = await sql<{ definition: Form }>`
    select distinct on (form_id) definition from collection_form
    where area_id = any ((select path from area where area_id = ${areaId})::uuid[]) order by form_id, version desc`.execute(tx);
  return rows.map(({ definition }) => definition);
};

export const findDigest = async (tx: Tx, id: string, version: number): Promise<Buffer | undefined> =>
  (await sql<{ digest: Buffer }>`select digest from collection_form where form_id = ${id} and version = ${version}`.execute(tx)).rows[0]
    ?.digest;

/** False where the version is there already. */
export const insertForm = async (
  tx: Tx,
  form: Form,
  by: { readonly areaId: string; readonly digest: Buffer; readonly personId: string | null; readonly now: string },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into collection_form (form_id, version, kind, area_id, definition, digest, published_at, published_by)
    values (${form.id}, ${form.version}, ${form.kind}, ${by.areaId}, ${JSON.stringify(form)}::jsonb, ${by.digest}, ${by.now}::timestamptz, ${by.personId})
    on conflict (form_id, version) do nothing`.execute(tx);
  return numAffectedRows === 1n;
};
