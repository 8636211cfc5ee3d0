import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface PatrolRecord {
  readonly patrol_id: string;
  readonly form_id: string;
  readonly form_version: number;
  readonly area_id: string;
  readonly post_id: string;
  readonly person_id: string;
  readonly premises_id: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly status: 'open' | 'done' | 'erased';
  readonly fields_sealed: Buffer | null;
  readonly version: number;
  readonly started_at: Date;
}
const COLUMNS = sql`patrol_id, form_id, form_version, area_id, post_id, person_id, premises_id, lon, lat, status, fields_sealed, version, started_at`;

export const findPatrol = async (tx: ScopedTx, id: string): Promise<PatrolRecord | undefined> =>
  (await sql<PatrolRecord>`select ${COLUMNS} from patrol where patrol_id = ${id}`.execute(tx)).rows[0];

export const holdPatrol = async (tx: ScopedTx, id: string): Promise<PatrolRecord | undefined> =>
  (await sql<PatrolRecord>`select ${COLUMNS} from patrol where patrol_id = ${id} for update`.execute(tx)).rows[0];

/** Checklists of an area and of those below it since an instant, latest first. */
export const findPatrolsOf = async (tx: ScopedTx, areaId: string, since: string, limit: number): Promise<PatrolRecord[]> =>
  (
    await sql<PatrolRecord>`select ${COLUMNS} from patrol where area_id in (select area_id from area where path @> array[${areaId}::uuid])
      and started_at >= ${since}::timestamptz and status <> 'erased' order by started_at desc, patrol_id limit ${limit}`.execute(tx)
  ).rows;

export interface NewPatrol extends Omit<PatrolRecord, 'status' | 'version' | 'started_at'> {
  readonly organization_id: string;
  readonly digest: Buffer;
  readonly now: string;
  readonly expiresAt: string;
}
/** Nothing where the id is in use. */
export const insertPatrol = async (tx: ScopedTx, row: NewPatrol): Promise<void> => {
  await sql`
    insert into patrol (patrol_id, form_id, form_version, area_id, organization_id, post_id, person_id, premises_id, lon, lat, status, fields_sealed, version, digest,
      started_at, updated_at, expires_at)
    values (${row.patrol_id}, ${row.form_id}, ${row.form_version}, ${row.area_id}, ${row.organization_id}, ${row.post_id}, ${row.person_id}, ${row.premises_id},
      ${row.lon}, ${row.lat}, 'open', ${row.fields_sealed}, 0, ${row.digest}, ${row.now}::timestamptz, ${row.now}::timestamptz, ${row.expiresAt}::timestamptz)
    on conflict (patrol_id) do nothing`.execute(tx);
};

export const savePatrol = async (
  tx: ScopedTx,
  id: string,
  saved: { readonly sealed: Buffer; readonly version: number; readonly done: boolean; readonly burden: object; readonly now: string },
): Promise<void> => {
  await sql`update patrol set fields_sealed = ${saved.sealed}, version = ${saved.version}, status = case when ${saved.done} then 'done' else status end,
    finished_at = coalesce(finished_at, case when ${saved.done} then ${saved.now}::timestamptz end), burden = ${JSON.stringify(saved.burden)}::jsonb,
    updated_at = ${saved.now}::timestamptz where patrol_id = ${id}`.execute(tx);
};

/** Takes what checklists said whose time is over, some at a time; answers which. As the maintenance role. */
export const eraseExpired = async (tx: Tx, now: string, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ patrol_id: string }>`
    update patrol set status = 'erased', fields_sealed = null, premises_id = null, lon = null, lat = null
    where patrol_id in (select patrol_id from patrol where status <> 'erased' and expires_at <= ${now}::timestamptz order by expires_at limit ${limit}
      for update skip locked) returning patrol_id`.execute(tx);
  return rows.map((row) => row.patrol_id);
};
