import type { Deed, SubjectKind } from '@tongxin/domain/administration/view.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

/** Ids of the areas from the top down to a valid area, itself last; undefined for one there is not. */
export const areaPath = async (tx: ScopedTx, areaId: string): Promise<readonly string[] | undefined> => {
  const { rows } = await sql<{ path: string[] }>`
    select path::text[] as path from area where area_id = ${areaId} and valid_to is null`.execute(tx);
  return rows[0]?.path;
};

/** An open body's area with the areas above it; undefined for a body there is not. */
export const bodyArea = async (tx: ScopedTx, organizationId: string): Promise<{ areaId: string; path: readonly string[] } | undefined> => {
  const { rows } = await sql<{ areaId: string; path: string[] }>`
    select o.area_id as "areaId", a.path::text[] as path from organization o join area a using (area_id)
    where o.organization_id = ${organizationId} and o.valid_to is null and o.kind <> 'service'`.execute(tx);
  return rows[0];
};

/** The area everything lies in: whose administrators change what is everybody's. */
export const topArea = async (tx: ScopedTx): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`
    select area_id as id from area where parent_id is null and valid_to is null order by valid_from, area_id limit 1`.execute(tx);
  return rows[0]?.id;
};

/** One change to a subject at a time; what its second waits for it then sees. */
export const lockSubject = async (tx: ScopedTx, kind: SubjectKind, subjectId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${kind}:${subjectId}`}, 0))`.execute(tx);
};

export const findDigest = async (tx: ScopedTx, commandId: string): Promise<Buffer | undefined> => {
  const { rows } = await sql<{ digest: Buffer }>`select digest from administration_log where command_id = ${commandId}`.execute(tx);
  return rows[0]?.digest;
};

export const versionOf = async (tx: ScopedTx, kind: SubjectKind, subjectId: string): Promise<number> => {
  const { rows } = await sql<{ version: number }>`select subject_version(${kind}, ${subjectId}) as version`.execute(tx);
  return rows[0]!.version;
};

export interface NewChange {
  readonly commandId: string;
  readonly digest: Buffer;
  readonly at: Date;
  readonly postId: string;
  readonly kind: SubjectKind;
  readonly subjectId: string;
  readonly what: Deed;
  readonly areaId: string;
  readonly organizationId?: string;
  readonly before?: object;
  readonly after?: object;
}

export const logChange = async (tx: ScopedTx, change: NewChange): Promise<void> => {
  const { commandId, digest, at, postId, kind, subjectId, what, areaId, organizationId, before, after } = change;
  await sql`select log_change(${commandId}::uuid, ${digest}, ${at}, ${postId}::uuid, ${kind}, ${subjectId}, ${what}, ${areaId}::uuid,
    ${organizationId ?? null}::uuid, ${before ? JSON.stringify(before) : null}::jsonb, ${after ? JSON.stringify(after) : null}::jsonb)`.execute(
    tx,
  );
};

export interface ChangeRow {
  readonly command_id: string;
  readonly n: string;
  readonly at: Date;
  readonly actor_name: string | null;
  readonly post_id: string;
  readonly kind: SubjectKind;
  readonly subject_id: string;
  readonly what: Deed;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface LogQuery {
  readonly kind?: string;
  readonly subjectId?: string;
  /** Older than this one, by its place in the log. */
  readonly before?: string;
}

/** Changes in the reader's area, latest first. */
export const findChanges = async (tx: ScopedTx, { kind, subjectId, before }: LogQuery, limit: number): Promise<ChangeRow[]> => {
  const { rows } = await sql<ChangeRow>`
    select command_id, n, at, actor_name, post_id, kind, subject_id, what, before, after from administration_log
    where ${kind ? sql`kind = ${kind}` : sql`true`} and ${subjectId ? sql`subject_id = ${subjectId}` : sql`true`}
      and ${before ? sql`n < ${before}::bigint` : sql`true`}
    order by n desc limit ${limit}`.execute(tx);
  return rows;
};
