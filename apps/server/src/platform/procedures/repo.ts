import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { PublishedVersion, VersionInUse } from '../deps.ts';
import type { Tx } from '../tx/tx.ts';

export interface Rows {
  readonly published: readonly PublishedVersion[];
  readonly uses: readonly VersionInUse[];
}

export const findPublished = async (pool: pg.Pool): Promise<Rows> => {
  const [published, uses] = await Promise.all([
    pool.query<PublishedVersion>(
      `select procedure_id as id, version, area_id as "areaId", definition, published_at as "publishedAt", note, post_id as "postId"
        from procedure_version order by procedure_id, version`,
    ),
    pool.query<VersionInUse>(
      `select use_id as "useId", procedure_id as "procedureId", version, area_id as "areaId", valid_from::text as "from", note,
        post_id as "postId", set_at as "setAt" from procedure_use order by valid_from, set_at, use_id`,
    ),
  ]);
  return { published: published.rows, uses: uses.rows };
};

interface NewProcedure {
  readonly definition: Procedure;
  readonly digest: Buffer;
  readonly areaId: string | undefined;
  readonly now: Date;
  readonly by?: { readonly personId: string; readonly postId: string; readonly note: string };
}

/** Inserts a version; answers what was there before under its number, if anything. */
export const insertProcedure = async (
  tx: Tx,
  { definition, digest, areaId, now, by }: NewProcedure,
): Promise<{ readonly digest: Buffer; readonly isVariant: boolean } | undefined> => {
  const { id, version } = definition;
  const { numAffectedRows } = await sql`
    insert into procedure_version (procedure_id, version, area_id, definition, digest, published_at, published_by, post_id, note)
    values (${id}, ${version}, ${areaId ?? null}, ${JSON.stringify(definition)}, ${digest}, ${now}, ${by?.personId ?? null}, ${by?.postId ?? null},
      ${by?.note ?? null}) on conflict do nothing`.execute(tx);
  if (numAffectedRows) return undefined;
  const { rows } = await sql<{ digest: Buffer; is_variant: boolean }>`
    select digest, definition ? 'extends' as is_variant from procedure_version where procedure_id = ${id} and version = ${version}`.execute(
    tx,
  );
  return { digest: rows[0]!.digest, isVariant: rows[0]!.is_variant };
};

/** The next number for a locality's variant of a procedure; whoever else wants one waits until this transaction ends. */
export const takeLocalVersion = async (tx: Tx, procedureId: string, first: number): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`procedure_version:${procedureId}`}, 0))`.execute(tx);
  const { rows } = await sql<{ next: number }>`
    select greatest(coalesce(max(version), 0) + 1, ${first}::int) as next from procedure_version where procedure_id = ${procedureId}`.execute(
    tx,
  );
  return rows[0]!.next;
};

export interface NewUse {
  readonly useId: string;
  readonly procedureId: string;
  readonly version: number;
  readonly areaId: string;
  readonly from: string;
  readonly note: string;
  readonly now: Date;
  readonly by?: { readonly personId: string; readonly postId: string };
}

/** Puts a version into use in an area; answers whether it was new. */
export const insertUse = async (tx: Tx, { useId, procedureId, version, areaId, from, note, now, by }: NewUse): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into procedure_use (use_id, procedure_id, version, area_id, valid_from, note, set_by, post_id, set_at)
    values (${useId}, ${procedureId}, ${version}, ${areaId}, ${from}, ${note}, ${by?.personId ?? null}, ${by?.postId ?? null}, ${now})
    on conflict do nothing`.execute(tx);
  return numAffectedRows === 1n;
};

export const findUse = async (
  tx: Tx,
  useId: string,
): Promise<{ readonly areaId: string; readonly from: string; readonly procedureId: string; readonly version: number } | undefined> => {
  const { rows } = await sql<{ areaId: string; from: string; procedureId: string; version: number }>`
    select area_id as "areaId", valid_from::text as "from", procedure_id as "procedureId", version from procedure_use where use_id = ${useId}`.execute(
    tx,
  );
  return rows[0];
};

export const deleteUse = async (tx: Tx, useId: string): Promise<void> => {
  await sql`delete from procedure_use where use_id = ${useId}`.execute(tx);
};

export const ensureSerial = async (tx: Tx, prefix: string): Promise<void> => {
  await sql`select ensure_case_serial(${prefix})`.execute(tx);
};
