import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface TemplateRow {
  template_id: string;
  organization_id: string;
  title: string;
  text: string;
  category_ids: string[];
  version: number;
  updated_at: Date;
  retired_at: Date | null;
}

const COLUMNS = sql`template_id, organization_id, title, text, category_ids, version, updated_at, retired_at`;

/** Templates of the caller's offices, or of one of them. */
export const findTemplates = async (tx: ScopedTx, organizationId: string | undefined, retired: boolean): Promise<TemplateRow[]> => {
  const { rows } = await sql<TemplateRow>`
    select ${COLUMNS} from reply_template where organization_id = any (scope_ids('organizations'))
      and (${organizationId ?? null}::uuid is null or organization_id = ${organizationId ?? null}::uuid)
      and (${retired} or retired_at is null) order by title, template_id limit 500`.execute(tx);
  return rows;
};

/** A template, held until this transaction is over. */
export const holdTemplate = async (tx: ScopedTx, id: string): Promise<TemplateRow | undefined> =>
  (await sql<TemplateRow>`select ${COLUMNS} from reply_template where template_id = ${id} for update`.execute(tx)).rows[0];

export interface NewTemplate {
  readonly id: string;
  readonly organizationId: string;
  readonly title: string;
  readonly text: string;
  readonly categoryIds: readonly string[];
}

/** False when the id is in use, here or out of the caller's sight. */
export const insertTemplate = async (tx: ScopedTx, one: NewTemplate, postId: string, now: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into reply_template (template_id, organization_id, title, text, category_ids, version, updated_by, updated_at)
    values (${one.id}, ${one.organizationId}, ${one.title}, ${one.text}, ${[...one.categoryIds]}::text[], 1, ${postId}, ${now}::timestamptz)
    on conflict (template_id) do nothing`.execute(tx);
  return numAffectedRows === 1n;
};

export const updateTemplate = async (
  tx: ScopedTx,
  id: string,
  one: Omit<NewTemplate, 'id' | 'organizationId'> & { readonly retired: boolean },
  postId: string,
  now: string,
): Promise<void> => {
  await sql`update reply_template set title = ${one.title}, text = ${one.text}, category_ids = ${[...one.categoryIds]}::text[], version = version + 1,
    updated_by = ${postId}, updated_at = ${now}::timestamptz, retired_at = case when ${one.retired} then coalesce(retired_at, ${now}::timestamptz) end
    where template_id = ${id}`.execute(tx);
};
