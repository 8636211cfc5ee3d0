import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface VisitRecord {
  readonly visit_id: string;
  readonly form_id: string;
  readonly form_version: number;
  readonly area_id: string;
  readonly organization_id: string;
  readonly post_id: string;
  readonly person_id: string;
  readonly premises_id: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly consent: boolean;
  readonly status: 'open' | 'done' | 'declined' | 'erased';
  readonly fields_sealed: Buffer | null;
  readonly version: number;
  readonly visited_at: Date;
  readonly finished_at: Date | null;
  readonly expires_at: Date;
}
const COLUMNS = sql`visit_id, form_id, form_version, area_id, organization_id, post_id, person_id, premises_id, lon, lat, consent, status, fields_sealed, version,
  visited_at, finished_at, expires_at`;

export const findVisit = async (tx: ScopedTx, id: string): Promise<VisitRecord | undefined> =>
  (await sql<VisitRecord>`select ${COLUMNS} from visit where visit_id = ${id}`.execute(tx)).rows[0];

export const holdVisit = async (tx: ScopedTx, id: string): Promise<VisitRecord | undefined> =>
  (await sql<VisitRecord>`select ${COLUMNS} from visit where visit_id = ${id} for update`.execute(tx)).rows[0];

/** Visits of an area and of those below it since an instant, latest first: by place and day, never by person. */
export const findVisitsOf = async (tx: ScopedTx, areaId: string, since: string, limit: number): Promise<VisitRecord[]> =>
  (
    await sql<VisitRecord>`select ${COLUMNS} from visit where area_id in (select area_id from area where path @> array[${areaId}::uuid])
      and visited_at >= ${since}::timestamptz order by visited_at desc, visit_id limit ${limit}`.execute(tx)
  ).rows;

export interface NewVisit {
  readonly visit_id: string;
  readonly form_id: string;
  readonly form_version: number;
  readonly area_id: string;
  readonly organization_id: string;
  readonly post_id: string;
  readonly person_id: string;
  readonly premises_id: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly consent: boolean;
  readonly fields_sealed: Buffer;
  readonly digest: Buffer;
  readonly now: string;
  readonly expiresAt: string;
}
/** Nothing where the id is in use. */
export const insertVisit = async (tx: ScopedTx, row: NewVisit): Promise<void> => {
  await sql`
    insert into visit (visit_id, form_id, form_version, area_id, organization_id, post_id, person_id, premises_id, lon, lat, consent, status, fields_sealed, version,
      digest, visited_at, updated_at, expires_at)
    values (${row.visit_id}, ${row.form_id}, ${row.form_version}, ${row.area_id}, ${row.organization_id}, ${row.post_id}, ${row.person_id}, ${row.premises_id},
      ${row.lon}, ${row.lat}, ${row.consent}, ${row.consent ? 'open' : 'declined'}, ${row.fields_sealed}, 0, ${row.digest}, ${row.now}::timestamptz,
      ${row.now}::timestamptz, ${row.expiresAt}::timestamptz) on conflict (visit_id) do nothing`.execute(tx);
};

export const saveVisit = async (
  tx: ScopedTx,
  id: string,
  saved: {
    readonly sealed: Buffer;
    readonly phoneIndex: Buffer | null;
    readonly version: number;
    readonly done: boolean;
    readonly burden: object;
    readonly now: string;
  },
): Promise<void> => {
  await sql`update visit set fields_sealed = ${saved.sealed}, phone_index = ${saved.phoneIndex}, version = ${saved.version},
    status = case when ${saved.done} then 'done' else status end, finished_at = coalesce(finished_at, case when ${saved.done} then ${saved.now}::timestamptz end),
    burden = ${JSON.stringify(saved.burden)}::jsonb, updated_at = ${saved.now}::timestamptz where visit_id = ${id}`.execute(tx);
};

/** The reading stands in the log of the person concerned in the same transaction, or does not happen. The same access id again adds nothing. */
export const logReading = async (
  tx: ScopedTx,
  reading: {
    readonly accessId: string;
    readonly visitId: string;
    readonly purpose: string;
    readonly postId: string;
    readonly organizationId: string;
    readonly fields: readonly string[];
    readonly now: string;
  },
): Promise<void> => {
  await sql`select log_visit_reading(${reading.accessId}, ${reading.visitId}, ${reading.purpose}, ${reading.postId}, ${reading.organizationId},
    ${[...reading.fields]}::text[], ${reading.now}::timestamptz)`.execute(tx);
};

/** Takes what was answered at visits whose time is over, some at a time; answers which. Codes stay for the sums. As the maintenance role. */
export const eraseExpired = async (tx: Tx, now: string, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ visit_id: string }>`
    update visit set status = 'erased', fields_sealed = null, phone_index = null, premises_id = null, lon = null, lat = null
    where visit_id in (select visit_id from visit where status <> 'erased' and expires_at <= ${now}::timestamptz order by expires_at limit ${limit} for update skip locked)
    returning visit_id`.execute(tx);
  return rows.map((row) => row.visit_id);
};
