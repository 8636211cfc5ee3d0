import type { RegisterMap } from '@tongxin/domain/exchange/register/schema.ts';
import type { CaseMap } from '@tongxin/domain/import/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../../platform/tx/tx.ts';

export interface UploadRow {
  readonly upload_id: string;
  readonly name_sealed: Buffer;
  readonly bytes: number;
  readonly digest: Buffer;
  readonly header: readonly string[];
}

export const findUpload = async (tx: ScopedTx, id: string): Promise<UploadRow | undefined> => {
  const { rows } = await sql<UploadRow>`select upload_id, name_sealed, bytes, digest, header from upload where upload_id = ${id}`.execute(
    tx,
  );
  return rows[0];
};

/** Lets go of the caller's uploads but the newest few, apart from one; answers which. */
export const letGoOfOldest = async (tx: ScopedTx, keep: number, besides: string): Promise<{ upload_id: string; bytes: number }[]> => {
  const { rows } = await sql<{ upload_id: string; bytes: number }>`
    delete from upload where upload_id in (
      select upload_id from upload where upload_id <> ${besides} order by uploaded_at desc, upload_id desc offset ${keep}) returning upload_id, bytes`.execute(
    tx,
  );
  return rows;
};

export const insertUpload = async (tx: ScopedTx, row: UploadRow & { readonly personId: string; readonly now: string }): Promise<void> => {
  await sql`insert into upload (upload_id, person_id, name_sealed, bytes, digest, header, uploaded_at)
    values (${row.upload_id}, ${row.personId}, ${row.name_sealed}, ${row.bytes}, ${row.digest}, ${JSON.stringify(row.header)}, ${row.now})`.execute(
    tx,
  );
};

export const findMap = async (tx: ScopedTx, organizationId: string, headerDigest: Buffer): Promise<CaseMap | RegisterMap | undefined> => {
  const { rows } = await sql<{
    map: CaseMap | RegisterMap;
  }>`select map from column_map where organization_id = ${organizationId} and header_digest = ${headerDigest}`.execute(tx);
  return rows[0]?.map;
};

export const saveMap = async (
  tx: ScopedTx,
  organizationId: string,
  headerDigest: Buffer,
  map: CaseMap | RegisterMap,
  now: string,
): Promise<void> => {
  await sql`insert into column_map (organization_id, header_digest, map, saved_at)
    values (${organizationId}, ${headerDigest}, ${JSON.stringify(map)}, ${now})
    on conflict (organization_id, header_digest) do update set map = excluded.map, saved_at = excluded.saved_at`.execute(tx);
};

export interface FiledRow {
  readonly case_id: string;
  readonly number: string;
  readonly reported_at: Date | null;
  readonly overall_due_at: Date | null;
  readonly ended_at: Date | null;
  readonly sealed: Buffer | null;
}

/** What cases said when they were filed, of those the caller sees and is not complained of in. */
export const findFiled = async (tx: ScopedTx, caseIds: readonly string[]): Promise<FiledRow[]> => {
  const { rows } = await sql<FiledRow>`
    select c.case_id, c.number, c.reported_at, c.overall_due_at, c.ended_at, e.sealed from cases c
      left join event_content e on e.case_id = c.case_id and e.event_no = 1
    where c.case_id = any (${[...caseIds]}::uuid[]) and coalesce(c.respondent_organization_id <> all (scope_ids('organizations')), true)`.execute(
    tx,
  );
  return rows;
};

/** Forgets uploads that nobody imported: their ids and lengths. By the maintenance role. */
export const sweepUploadRows = async (tx: Tx, before: string): Promise<{ upload_id: string; bytes: number }[]> => {
  const { rows } = await sql<{ upload_id: string; bytes: number }>`
    delete from upload where uploaded_at < ${before} returning upload_id, bytes`.execute(tx);
  return rows;
};
