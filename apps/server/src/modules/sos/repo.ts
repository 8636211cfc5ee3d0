import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface SosRow {
  readonly sos_id: string;
  readonly person_id: string;
  readonly post_id: string;
  readonly organization_id: string;
  readonly area_id: string;
  readonly place_sealed: Buffer | null;
  readonly words_sealed: Buffer | null;
  readonly digest: Buffer;
  readonly pressed_at: Date;
  readonly told: number;
  readonly acknowledged_at: Date | null;
  readonly acknowledged_post: string | null;
  readonly ended_at: Date | null;
}

export const findSos = async (tx: ScopedTx, id: string): Promise<SosRow | undefined> =>
  (await sql<SosRow>`select * from sos where sos_id = ${id}`.execute(tx)).rows[0];

export const holdSos = async (tx: ScopedTx, id: string): Promise<SosRow | undefined> =>
  (await sql<SosRow>`select * from sos where sos_id = ${id} for update`.execute(tx)).rows[0];

/** Calls the reader sees that are open or began since an instant, latest first. */
export const findCalls = async (tx: ScopedTx, since: string, limit: number): Promise<SosRow[]> =>
  (
    await sql<SosRow>`select * from sos where ended_at is null or pressed_at >= ${since}::timestamptz order by pressed_at desc, sos_id limit ${limit}`.execute(
      tx,
    )
  ).rows;

/** A call of whoever acts. False when the id is in use. */
export const insertSos = async (
  tx: ScopedTx,
  row: Pick<SosRow, 'sos_id' | 'post_id' | 'organization_id' | 'area_id' | 'place_sealed' | 'words_sealed' | 'digest'> & {
    readonly now: string;
  },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into sos (sos_id, post_id, organization_id, area_id, place_sealed, words_sealed, digest, pressed_at)
    values (${row.sos_id}, ${row.post_id}, ${row.organization_id}, ${row.area_id}, ${row.place_sealed}, ${row.words_sealed}, ${row.digest},
      ${row.now}::timestamptz) on conflict (sos_id) do nothing`.execute(tx);
  return numAffectedRows === 1n;
};

export const acknowledge = async (tx: ScopedTx, id: string, postId: string, now: string): Promise<void> => {
  await sql`update sos set acknowledged_at = ${now}::timestamptz, acknowledged_post = ${postId} where sos_id = ${id} and acknowledged_at is null`.execute(
    tx,
  );
};
export const end = async (tx: ScopedTx, id: string, postId: string, now: string): Promise<void> => {
  await sql`update sos set ended_at = ${now}::timestamptz, ended_post = ${postId} where sos_id = ${id} and ended_at is null`.execute(tx);
};

export interface Untold {
  readonly sos_id: string;
  readonly person_id: string;
  readonly area_id: string;
  readonly pressed_at: Date;
}
/** Calls nobody was told of, less those another process has in hand. As the feed's role. */
export const lockUntold = async (tx: Tx, limit: number): Promise<Untold[]> =>
  (
    await sql<Untold>`select sos_id, person_id, area_id, pressed_at from sos where told_at is null order by pressed_at limit ${limit} for update skip locked`.execute(
      tx,
    )
  ).rows;

/** Whoever answers for an area today, by a post there or above, and whether on duty now. */
export const findAnswerers = async (
  tx: Tx,
  areaId: string,
  at: string,
  day: string,
): Promise<{ personId: string; depth: number; isOnDuty: boolean }[]> => {
  const { rows } = await sql<{ personId: string; depth: number; isOnDuty: boolean }>`
    select h.person_id as "personId", cardinality(pa.path) as depth, exists (select 1 from roster_shift s where s.post_id = po.post_id
        and coalesce(s.person_id, h.person_id) = h.person_id and s.starts_at <= ${at}::timestamptz and s.ends_at > ${at}::timestamptz) as "isOnDuty"
    from area a join post po on po.area_id = any (a.path) join area pa on pa.area_id = po.area_id join post_role r using (role)
      join post_holding h using (post_id) join person pe on pe.person_id = h.person_id and pe.kind = 'staff'
    where a.area_id = ${areaId} and r.sees = 'area' and 'sos.answer' = any (r.capabilities)
      and h.valid_from <= ${day}::date and coalesce(h.valid_to, 'infinity') > ${day}::date
      and po.valid_from <= ${day}::date and coalesce(po.valid_to, 'infinity') > ${day}::date`.execute(tx);
  return rows;
};

export const markTold = async (tx: Tx, id: string, told: number, now: string): Promise<void> => {
  await sql`update sos set told_at = ${now}::timestamptz, told = ${told} where sos_id = ${id}`.execute(tx);
};

/** Takes places and words whose time is over, and rows a month later. As the maintenance role. */
export const forget = async (tx: Tx, now: string): Promise<number> => {
  const { numAffectedRows } = await sql`
    update sos set place_sealed = null, words_sealed = null, erased_at = ${now}::timestamptz, ended_at = coalesce(ended_at, ${now}::timestamptz)
    where erased_at is null and (ended_at < ${now}::timestamptz - interval '1 day' or pressed_at < ${now}::timestamptz - interval '3 days')`.execute(
    tx,
  );
  await sql`delete from sos where pressed_at < ${now}::timestamptz - interval '30 days'`.execute(tx);
  return Number(numAffectedRows);
};
