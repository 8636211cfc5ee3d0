import type { SubjectKind } from '@tongxin/domain/edit/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface EditRow {
  readonly edit_id: string;
  readonly subject_kind: SubjectKind;
  readonly subject_id: string;
  readonly person_id: string;
  readonly post_id: string;
  readonly digest: Buffer;
  readonly body_sealed: Buffer;
  readonly fields: string[];
  readonly decided: string[];
  readonly undoes: string | null;
  readonly decides: string | null;
  readonly version: number;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
}

export const findEdit = async (tx: ScopedTx, id: string): Promise<EditRow | undefined> =>
  (await sql<EditRow>`select * from edit where edit_id = ${id}`.execute(tx)).rows[0];

/** Edits of a record, latest first. */
export const findEdits = async (tx: ScopedTx, subjectId: string, limit: number): Promise<EditRow[]> =>
  (await sql<EditRow>`select * from edit where subject_id = ${subjectId} order by version desc limit ${limit}`.execute(tx)).rows;

/** Who last changed each of these fields. */
export const findWriters = async (
  tx: ScopedTx,
  subjectId: string,
  fields: readonly string[],
): Promise<Map<string, Pick<EditRow, 'person_id' | 'post_id' | 'recorded_at'>>> => {
  if (fields.length === 0) return new Map();
  const { rows } = await sql<Pick<EditRow, 'person_id' | 'post_id' | 'recorded_at'> & { field: string }>`
    select distinct on (f.field) f.field, e.person_id, e.post_id, e.recorded_at from unnest(${[...fields]}::text[]) as f(field)
    join edit e on e.subject_id = ${subjectId} and f.field = any (e.fields) order by f.field, e.version desc`.execute(tx);
  return new Map(rows.map((row) => [row.field, row]));
};

/** False when the id is in use, here or out of sight. */
export const insertEdit = async (
  tx: ScopedTx,
  row: Omit<EditRow, 'decided' | 'occurred_at' | 'recorded_at'> & { occurredAt: string; now: string },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into edit (edit_id, subject_kind, subject_id, person_id, post_id, digest, body_sealed, fields, undoes, decides, version, occurred_at, recorded_at)
    values (${row.edit_id}, ${row.subject_kind}, ${row.subject_id}, ${row.person_id}, ${row.post_id}, ${row.digest}, ${row.body_sealed}, ${row.fields}::text[],
      ${row.undoes}, ${row.decides}, ${row.version}, ${row.occurredAt}::timestamptz, ${row.now}::timestamptz) on conflict (edit_id) do nothing`.execute(
    tx,
  );
  return numAffectedRows === 1n;
};

/** Conflicts of an edit that a later one decided. */
export const markDecided = async (tx: ScopedTx, editId: string, fields: readonly string[]): Promise<void> => {
  await sql`update edit set decided = (select coalesce(array_agg(distinct f), '{}') from unnest(decided || ${[...fields]}::text[]) as f)
    where edit_id = ${editId}`.execute(tx);
};

export interface FileRow {
  readonly subject_id: string;
  readonly file_id: string;
  readonly subject_kind: SubjectKind;
  readonly kind: 'photo' | 'sound';
  readonly media_type: string;
  readonly bytes: number;
  readonly address: string;
  readonly person_id: string;
  readonly stored_at: string;
}

/** False when the id was used for other bytes. */
export const insertFile = async (tx: ScopedTx, row: FileRow): Promise<boolean> => {
  await sql`insert into edit_file (subject_id, file_id, subject_kind, kind, media_type, bytes, address, person_id, stored_at)
    values (${row.subject_id}, ${row.file_id}, ${row.subject_kind}, ${row.kind}, ${row.media_type}, ${row.bytes}, ${row.address}, ${row.person_id},
      ${row.stored_at}::timestamptz) on conflict (subject_id, file_id) do nothing`.execute(tx);
  return (await findFile(tx, row.subject_id, row.file_id))?.address === row.address;
};

export const findFile = async (tx: ScopedTx, subjectId: string, fileId: string): Promise<FileRow | undefined> =>
  (await sql<FileRow>`select * from edit_file where subject_id = ${subjectId} and file_id = ${fileId}`.execute(tx)).rows[0];

export const linkCase = async (
  tx: ScopedTx,
  link: {
    readonly subjectKind: SubjectKind;
    readonly subjectId: string;
    readonly caseId: string;
    readonly field?: string;
    readonly now: string;
  },
): Promise<void> => {
  await sql`insert into edit_case (subject_id, case_id, subject_kind, field, made_at)
    values (${link.subjectId}, ${link.caseId}, ${link.subjectKind}, ${link.field ?? null}, ${link.now}::timestamptz) on conflict do nothing`.execute(
    tx,
  );
};

export const findCasesOf = async (
  tx: ScopedTx,
  subjectIds: readonly string[],
): Promise<{ subject_id: string; case_id: string; field: string | null }[]> => {
  if (subjectIds.length === 0) return [];
  const { rows } = await sql<{ subject_id: string; case_id: string; field: string | null }>`
    select subject_id, case_id, field from edit_case where subject_id = any (${[...subjectIds]}::uuid[]) order by made_at, case_id`.execute(
    tx,
  );
  return rows;
};

/** Takes every edit and file of records whose time is over; answers the addresses of the bytes. As the maintenance role. */
export const removeEdits = async (tx: Tx, subjectIds: readonly string[]): Promise<string[]> => {
  await sql`delete from edit where subject_id = any (${[...subjectIds]}::uuid[])`.execute(tx);
  const { rows } = await sql<{
    address: string;
  }>`delete from edit_file where subject_id = any (${[...subjectIds]}::uuid[]) returning address`.execute(tx);
  return rows.map(({ address }) => address);
};

/** What is kept of an area that is no more: what it belonged to, from the top, and the one that took it over where it is one. */
export const findGone = async (tx: ScopedTx, areaId: string): Promise<{ path: readonly string[]; heir: string | null } | undefined> =>
  (
    await sql<{ path: string[]; heir: string | null }>`
      select a.path, (select c.into_ids[1] from area_change c where c.area_id = a.area_id and c.after is null and cardinality(c.into_ids) = 1 limit 1) as heir
      from area a where a.area_id = ${areaId}`.execute(tx)
  ).rows[0];
