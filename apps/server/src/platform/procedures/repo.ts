import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Tx } from '../tx/tx.ts';

export interface PublishedRow {
  readonly id: string;
  readonly version: number;
  readonly areaId: string | null;
  readonly definition: Procedure;
}

export const findPublished = async (pool: pg.Pool): Promise<PublishedRow[]> => {
  const { rows } = await pool.query<PublishedRow>(
    'select procedure_id as id, version, area_id as "areaId", definition from procedure_version order by procedure_id, version',
  );
  return rows;
};

interface NewProcedure {
  readonly definition: Procedure;
  readonly digest: Buffer;
  readonly areaId: string | undefined;
  readonly now: Date;
}

/** Inserts a version; answers the digest of the one that was there before, if any. */
export const insertProcedure = async (tx: Tx, { definition, digest, areaId, now }: NewProcedure): Promise<Buffer | undefined> => {
  const { id, version } = definition;
  const { numAffectedRows } = await sql`
    insert into procedure_version (procedure_id, version, area_id, definition, digest, published_at)
    values (${id}, ${version}, ${areaId ?? null}, ${JSON.stringify(definition)}, ${digest}, ${now}) on conflict do nothing`.execute(tx);
  if (numAffectedRows) return undefined;
  const { rows } = await sql<{ digest: Buffer }>`
    select digest from procedure_version where procedure_id = ${id} and version = ${version}`.execute(tx);
  return rows[0]!.digest;
};

export const ensureSerial = async (tx: Tx, prefix: string): Promise<void> => {
  await sql`select ensure_case_serial(${prefix})`.execute(tx);
};
