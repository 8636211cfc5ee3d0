import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface StoredFile {
  readonly case_id: string;
  readonly file_id: string;
  readonly kind: 'photo' | 'document' | 'sound';
  readonly media_type: string;
  readonly bytes: number;
  readonly address: string;
  readonly name_sealed: Buffer | null;
  readonly uploader_id: string | null;
  /** Whose query code it came with. */
  readonly party_id: string | null;
  readonly taken_place: unknown;
  readonly seen_by: readonly string[];
  readonly stored_at: string;
}

/** Adds a file to a case the caller sees. The same id again changes nothing; answers whether it is that file, and not erased since. */
export const insertFile = async (tx: ScopedTx, file: StoredFile): Promise<boolean> => {
  await sql`
    insert into file (case_id, file_id, kind, media_type, bytes, address, name_sealed, uploader_id, party_id, taken_place, seen_by, stored_at)
    values (${file.case_id}, ${file.file_id}, ${file.kind}, ${file.media_type}, ${file.bytes}, ${file.address}, ${file.name_sealed}, ${file.uploader_id},
      ${file.party_id}, ${file.taken_place === null ? null : JSON.stringify(file.taken_place)}, ${[...file.seen_by]}::text[], ${file.stored_at})
    on conflict (case_id, file_id) do nothing`.execute(tx);
  const { rows } = await sql<{ same: boolean }>`
    select address = ${file.address} and erased_at is null as same from file where case_id = ${file.case_id} and file_id = ${file.file_id}`.execute(
    tx,
  );
  return rows[0]?.same ?? false;
};

/** Keeps a file for a case that is not filed yet. Answers false when the id is taken. */
export const insertPending = async (tx: ScopedTx, file: StoredFile): Promise<boolean> => {
  const { rows } = await sql<{ kept: boolean }>`
    select keep_pending_file(${file.case_id}, ${file.file_id}, ${file.kind}, ${file.media_type}, ${file.bytes}, ${file.address}, ${file.name_sealed},
      ${file.taken_place === null ? null : JSON.stringify(file.taken_place)}::jsonb, ${file.stored_at}) as kept`.execute(tx);
  return rows[0]!.kept;
};

export const caseIsVisible = async (tx: ScopedTx, caseId: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from cases where case_id = ${caseId}`.execute(tx);
  return rows.length > 0;
};

export const findFile = async (
  tx: ScopedTx,
  caseId: string,
  fileId: string,
): Promise<(StoredFile & { erased_at: string | null; state: unknown }) | undefined> => {
  const { rows } = await sql<StoredFile & { erased_at: string | null; state: unknown }>`
    select f.*, c.state from file f join cases c on c.case_id = f.case_id where f.case_id = ${caseId} and f.file_id = ${fileId}`.execute(
    tx,
  );
  return rows[0];
};

/** Uploads nobody filed within a day: their addresses, gone from the table. By the maintenance role. */
export const sweepPending = async (tx: Tx, before: string): Promise<string[]> => {
  const { rows } = await sql<{
    address: string;
  }>`delete from file_pending where stored_at < ${before}::timestamptz returning address`.execute(tx);
  return rows.map((row) => row.address);
};

export interface UploadPart {
  readonly upload_id: string;
  readonly at_byte: number;
  readonly bytes: number;
  readonly address: string;
  readonly uploader_id: string;
  readonly stored_at: string;
}

/** Pieces of an upload that have come, in order. */
export const findParts = async (tx: ScopedTx, uploadId: string): Promise<UploadPart[]> => {
  const { rows } = await sql<UploadPart>`
    select upload_id, at_byte, bytes, address, uploader_id, stored_at from upload_part where upload_id = ${uploadId} order by at_byte`.execute(
    tx,
  );
  return rows;
};

/** Keeps a piece; the same again changes nothing. */
export const insertPart = async (tx: ScopedTx, part: UploadPart): Promise<void> => {
  await sql`
    insert into upload_part (upload_id, at_byte, bytes, address, uploader_id, stored_at)
    values (${part.upload_id}, ${part.at_byte}, ${part.bytes}, ${part.address}, ${part.uploader_id}, ${part.stored_at})
    on conflict (uploader_id, upload_id, at_byte) do nothing`.execute(tx);
};

/** Pieces older than a time: their addresses, gone from the table. By the maintenance role. */
export const sweepParts = async (tx: Tx, before: string): Promise<string[]> => {
  const { rows } = await sql<{
    address: string;
  }>`delete from upload_part where stored_at < ${before}::timestamptz returning address`.execute(tx);
  return rows.map((row) => row.address);
};
