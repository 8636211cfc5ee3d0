import type { OwnShift } from '@tongxin/domain/notice/delivery/rules.ts';
import { DEFAULT_SETTINGS, type NoticeSettings } from '@tongxin/domain/notice/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

interface SettingRow {
  readonly person_id: string;
  readonly muted: string[];
  readonly quiet_from: number | null;
  readonly quiet_to: number | null;
  readonly urgent_passes: boolean;
  readonly digest: NoticeSettings['digest'];
  readonly digest_at: number;
}

const settingsOf = (row: SettingRow): NoticeSettings => ({
  muted: row.muted as NoticeSettings['muted'],
  ...(row.quiet_from === null || row.quiet_to === null ? {} : { quiet: { from: row.quiet_from, to: row.quiet_to } }),
  urgentPasses: row.urgent_passes,
  digest: row.digest,
  digestAt: row.digest_at,
});

/** What each person chose; whoever chose nothing is not among them. */
export const findSettings = async (tx: Tx, personIds: readonly string[]): Promise<Map<string, NoticeSettings>> => {
  const { rows } = await sql<SettingRow>`
    select person_id, muted, quiet_from, quiet_to, urgent_passes, digest, digest_at from notice_setting
    where person_id = any (${[...personIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, settingsOf(row)]));
};

export const getSettings = async (tx: Tx, personId: string): Promise<NoticeSettings> =>
  (await findSettings(tx, [personId])).get(personId) ?? DEFAULT_SETTINGS;

export const putSettings = async (tx: Tx, personId: string, settings: NoticeSettings, now: Date): Promise<void> => {
  const { muted, quiet, urgentPasses, digest, digestAt } = settings;
  await sql`
    insert into notice_setting (person_id, muted, quiet_from, quiet_to, urgent_passes, digest, digest_at, changed_at)
    values (${personId}, ${[...muted]}::text[], ${quiet?.from ?? null}, ${quiet?.to ?? null}, ${urgentPasses}, ${digest}, ${digestAt}, ${now})
    on conflict (person_id) do update set muted = excluded.muted, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
      urgent_passes = excluded.urgent_passes, digest = excluded.digest, digest_at = excluded.digest_at, changed_at = excluded.changed_at`.execute(
    tx,
  );
};

/** How far ahead a digest looks for the next shift. */
const DAYS_AHEAD = 31;

/** Shifts of people that run at an instant or begin in the month after it, by the posts they hold or by name. */
export const findOwnShifts = async (tx: Tx, personIds: readonly string[], at: string): Promise<Map<string, OwnShift[]>> => {
  const { rows } = await sql<{ person_id: string; starts_at: Date; ends_at: Date }>`
    select p.person_id, s.starts_at, s.ends_at from unnest(${[...personIds]}::uuid[]) as p(person_id)
    join lateral (
      select starts_at, ends_at from roster_shift r
      where r.ends_at > ${at}::timestamptz and r.starts_at < ${at}::timestamptz + make_interval(days => ${DAYS_AHEAD})
        and (r.person_id = p.person_id or (r.person_id is null and r.post_id in (select h.post_id from post_holding h
          where h.person_id = p.person_id and h.valid_from <= (r.starts_at at time zone 'Asia/Shanghai')::date
            and coalesce(h.valid_to, 'infinity') > (r.starts_at at time zone 'Asia/Shanghai')::date)))) s on true
    order by 1, 2`.execute(tx);
  const shifts = new Map<string, OwnShift[]>();
  for (const row of rows)
    shifts.set(row.person_id, [
      ...(shifts.get(row.person_id) ?? []),
      { startsAt: row.starts_at.toISOString(), endsAt: row.ends_at.toISOString() },
    ]);
  return shifts;
};

export interface Waiting {
  readonly notice_id: string;
  readonly case_id: string | null;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly urgent: boolean;
  readonly created_at: Date;
}

/** Whoever has something to be told by now. */
export const findWhoWaits = async (tx: Tx, now: string, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from notice where told_at is null and tell_at <= ${now}::timestamptz group by 1 order by min(tell_at) limit ${limit}`.execute(
    tx,
  );
  return rows.map((row) => row.person_id);
};

/** A person's waiting notices, those to be told by an instant or all; locked, less those another process has in hand. */
export const lockWaiting = async (tx: Tx, personId: string, by?: string): Promise<Waiting[]> => {
  const { rows } = await sql<Waiting>`
    select notice_id, case_id, kind, params, urgent, created_at from notice
    where person_id = ${personId} and told_at is null and tell_at <= coalesce(${by ?? null}::timestamptz, 'infinity')
    order by created_at, notice_id for update skip locked`.execute(tx);
  return rows;
};

/** Tells waiting notices: under a digest, which stands for them in the list, or by themselves. */
export const markTold = async (tx: Tx, personId: string, noticeIds: readonly string[], now: string, digestId?: string): Promise<void> => {
  await sql`
    update notice set told_at = ${now}::timestamptz, tell_at = null, digest_id = ${digestId ?? null}
    where person_id = ${personId} and notice_id = any (${[...noticeIds]}::uuid[]) and told_at is null`.execute(tx);
};

export const putDigest = async (
  tx: Tx,
  personId: string,
  digestId: string,
  params: object,
  urgent: boolean,
  now: string,
): Promise<void> => {
  await sql`
    insert into notice (person_id, notice_id, kind, params, urgent, created_at, told_at)
    values (${personId}, ${digestId}, 'digest', ${JSON.stringify(params)}::jsonb, ${urgent}, ${now}::timestamptz, ${now}::timestamptz)`.execute(
    tx,
  );
};

/** New times of waiting notices, after their person chose otherwise. */
export const moveWaiting = async (tx: Tx, personId: string, times: ReadonlyMap<string, string>): Promise<void> => {
  if (times.size === 0) return;
  await sql`
    update notice n set tell_at = t.at from unnest(${[...times.keys()]}::uuid[], ${[...times.values()]}::timestamptz[]) as t(notice_id, at)
    where n.person_id = ${personId} and n.notice_id = t.notice_id and n.told_at is null`.execute(tx);
};

/** Takes away what staff chose, and what waits for them, whose last post is over on a day; answers how many they were. */
export const forgetLeavers = async (tx: Tx, day: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with gone as (
      select p.person_id from person p
      where p.person_id in (select person_id from notice_setting union select person_id from notice where told_at is null) and p.kind = 'staff'
        and exists (select 1 from post_holding h where h.person_id = p.person_id)
        and not exists (select 1 from post_holding h join post po using (post_id) where h.person_id = p.person_id
          and coalesce(h.valid_to, 'infinity') > ${day}::date and coalesce(po.valid_to, 'infinity') > ${day}::date)),
      chosen as (delete from notice_setting where person_id in (select person_id from gone)),
      waiting as (delete from notice where told_at is null and person_id in (select person_id from gone))
    select count(*)::int as n from gone`.execute(tx);
  return rows[0]!.n;
};
