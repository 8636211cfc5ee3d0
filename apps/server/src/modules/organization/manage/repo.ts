import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface BodyWritten {
  readonly organizationId: string;
  readonly kind: string;
  readonly name: Label;
  readonly areaId: string;
  readonly parentId: string | null;
  readonly mark: string | null;
  readonly respondent: boolean;
}

export const insertBody = async (tx: ScopedTx, body: BodyWritten, from: string): Promise<void> => {
  const { organizationId, kind, name, areaId, parentId, mark, respondent } = body;
  await sql`insert into organization (organization_id, kind, name, area_id, parent_id, mark, respondent, valid_from)
    values (${organizationId}, ${kind}, ${JSON.stringify(name)}, ${areaId}, ${parentId}, ${mark}, ${respondent}, ${from})`.execute(tx);
};

/** Answers whether the caller may change it: row-level security hides from the change what is not theirs. */
export const updateBody = async (tx: ScopedTx, body: BodyWritten): Promise<boolean> => {
  const { organizationId, kind, name, areaId, parentId, mark, respondent } = body;
  const { numAffectedRows } = await sql`update organization set kind = ${kind}, name = ${JSON.stringify(name)}, area_id = ${areaId},
    parent_id = ${parentId}, mark = ${mark}, respondent = ${respondent} where organization_id = ${organizationId} and valid_to is null`.execute(
    tx,
  );
  return numAffectedRows === 1n;
};

/** Another open body of the area by the same name. */
export const findNamesake = async (tx: ScopedTx, { organizationId, name, areaId }: BodyWritten): Promise<boolean> => {
  const { rows } = await sql`select 1 from organization
    where area_id = ${areaId} and name->>'zh' = ${name.zh} and valid_to is null and organization_id <> ${organizationId} limit 1`.execute(
    tx,
  );
  return rows.length > 0;
};

/** A body and every body above it, nearest first; the search ends at a ring. */
export const findAbove = async (tx: ScopedTx, organizationId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    with recursive up as (select organization_id as id, parent_id from organization where organization_id = ${organizationId}
      union select o.organization_id, o.parent_id from up join organization o on o.organization_id = up.parent_id)
    select id from up`.execute(tx);
  return rows.map(({ id }) => id);
};

export interface PostWritten {
  readonly postId: string;
  readonly organizationId: string;
  readonly areaId: string;
  readonly role: string;
  readonly title: Label;
  readonly responsibility: number | null;
}

export const insertPost = async (tx: ScopedTx, post: PostWritten, from: string): Promise<void> => {
  const { postId, organizationId, areaId, role, title, responsibility } = post;
  await sql`insert into post (post_id, organization_id, area_id, role, title, responsibility, valid_from)
    values (${postId}, ${organizationId}, ${areaId}, ${role}, ${JSON.stringify(title)}, ${responsibility}, ${from})`.execute(tx);
};

export const updatePost = async (tx: ScopedTx, postId: string, title: Label, responsibility: number | null): Promise<boolean> => {
  const { numAffectedRows } = await sql`update post set title = ${JSON.stringify(title)}, responsibility = ${responsibility}
    where post_id = ${postId} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};

export const closePost = async (tx: ScopedTx, postId: string, day: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update post set valid_to = greatest(${day}::date, valid_from)
    where post_id = ${postId} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};

/** Whether somebody holds a post today or will. */
export const isHeld = async (tx: ScopedTx, postId: string, day: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from post_holding
    where post_id = ${postId} and coalesce(valid_to, 'infinity') > ${day}::date limit 1`.execute(tx);
  return rows.length > 0;
};
