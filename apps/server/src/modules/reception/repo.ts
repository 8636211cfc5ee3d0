import type { Released } from '@tongxin/domain/publish/schema.ts';
import { ADVICE_KEPT_YEARS } from '@tongxin/domain/reception/rules.ts';
import type { BookingState, HoursKind, Need, ReceptionMonth, Way } from '@tongxin/domain/reception/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface SessionRecord {
  readonly session_id: string;
  readonly kind: HoursKind;
  readonly way: Way;
  readonly organization_id: string;
  readonly post_id: string;
  /** Where it is for, and the areas that lies in, from the top down. */
  readonly area_id: string;
  readonly area_path: readonly string[];
  readonly place: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly minutes: number;
  readonly slots: number;
  readonly matters: string | null;
  readonly digest: Buffer;
  readonly published_by: string;
  readonly called_off_because: string | null;
  /** Numbers that are taken. */
  readonly taken: readonly number[];
}

const SESSION = sql`s.session_id, s.kind, s.way, a.area_id, a.path as area_path, s.organization_id, s.post_id, s.place, s.starts_at, s.ends_at, s.minutes, s.slots, s.matters, s.digest,
  s.published_by, s.called_off_because, reception_taken(s.session_id) as taken`;

const sessionsWhere = async (tx: Tx, condition: RawBuilder<unknown>, limit: number): Promise<SessionRecord[]> =>
  (
    await sql<SessionRecord>`select ${SESSION} from reception_session s join organization o using (organization_id) join post p on p.post_id = s.post_id
        join area a on a.area_id = case s.kind when 'legal' then p.area_id else o.area_id end
      where ${condition} order by s.starts_at, s.session_id limit ${limit}`.execute(tx)
  ).rows;

/** Sessions to come that are held: of one kind, or in an area, below it or above it, where they are named. */
export const findComing = (
  tx: Tx,
  { kind, path }: { readonly kind?: HoursKind | undefined; readonly path?: readonly string[] | undefined },
  now: string,
  limit: number,
): Promise<SessionRecord[]> =>
  sessionsWhere(
    tx,
    sql`s.called_off_at is null and s.starts_at > ${now}::timestamptz and ${kind ? sql`s.kind = ${kind}` : sql`true`}
      and ${path ? sql`(a.area_id = any (${[...path]}::uuid[]) or ${path.at(-1)!}::uuid = any (a.path))` : sql`true`}`,
    limit,
  );

/** Hours of bodies, and duty hours of posts, from an instant on, also those that were called off. */
export const findKept = (
  tx: ScopedTx,
  { bodies, posts }: { readonly bodies: readonly string[]; readonly posts: readonly string[] },
  from: string,
  limit: number,
): Promise<SessionRecord[]> =>
  sessionsWhere(
    tx,
    sql`((s.kind = 'reception' and s.organization_id = any (${[...bodies]}::uuid[])) or (s.kind = 'legal' and s.post_id = any (${[...posts]}::uuid[])))
      and s.ends_at >= ${from}::timestamptz`,
    limit,
  );

export const findSessions = (tx: Tx, ids: readonly string[]): Promise<SessionRecord[]> =>
  sessionsWhere(tx, sql`s.session_id = any (${[...ids]}::uuid[])`, ids.length);

/** Publishes hours; false where the id is in use. */
export const insertSession = async (
  tx: ScopedTx,
  session: Omit<SessionRecord, 'starts_at' | 'ends_at' | 'called_off_because' | 'taken' | 'area_id' | 'area_path'> & {
    readonly starts_at: string;
    readonly ends_at: string;
    readonly now: string;
  },
): Promise<boolean> => {
  const s = session;
  const { numAffectedRows } = await sql`
    insert into reception_session (session_id, kind, way, organization_id, post_id, place, starts_at, ends_at, minutes, slots, matters, digest, published_by, published_at)
    values (${s.session_id}, ${s.kind}, ${s.way}, ${s.organization_id}, ${s.post_id}, ${s.place}, ${s.starts_at}::timestamptz, ${s.ends_at}::timestamptz, ${s.minutes}, ${s.slots},
      ${s.matters}, ${s.digest}, ${s.published_by}, ${s.now}::timestamptz) on conflict (session_id) do nothing`.execute(tx);
  return numAffectedRows === 1n;
};

/** Whether a post is an open one of a body. */
export const isOwnPost = async (tx: ScopedTx, organizationId: string, postId: string): Promise<boolean> =>
  (
    await sql`select 1 from post where post_id = ${postId} and organization_id = ${organizationId} and coalesce(valid_to, 'infinity') > today()`.execute(
      tx,
    )
  ).rows.length > 0;

export const holdSession = async (tx: ScopedTx, id: string): Promise<boolean> =>
  (await sql`select 1 from reception_session where session_id = ${id} for update`.execute(tx)).rows.length > 0;

/** A session is not held, and no booking of it stands. */
export const callOff = async (tx: ScopedTx, id: string, because: string, now: string): Promise<void> => {
  await sql`update reception_session set called_off_at = ${now}::timestamptz, called_off_because = ${because}
    where session_id = ${id} and called_off_at is null`.execute(tx);
  await sql`select call_off_bookings(${id}, ${now}::timestamptz)`.execute(tx);
};

export interface BookingRecord {
  readonly booking_id: string;
  readonly session_id: string;
  readonly slot: number;
  readonly state: BookingState;
  readonly behalf_sealed: Buffer | null;
  readonly purpose_sealed: Buffer | null;
  readonly minutes_sealed: Buffer | null;
  readonly needs: readonly Need[];
  readonly companions: number;
  readonly case_id: string | null;
  readonly booked_at: Date;
  readonly advice_erased_at: Date | null;
}

const BOOKING = sql`booking_id, session_id, slot, state, behalf_sealed, purpose_sealed, minutes_sealed, needs, companions, case_id, booked_at, advice_erased_at`;

/** The caller's own, latest first. */
export const findOwn = async (tx: ScopedTx, personId: string, limit: number): Promise<BookingRecord[]> =>
  (
    await sql<BookingRecord>`select ${BOOKING} from reception_booking where person_id = ${personId} order by booked_at desc, booking_id limit ${limit}`.execute(
      tx,
    )
  ).rows;

/** Bookings of a session that stand or stood on its day, by their turn. */
export const findOfSession = async (tx: ScopedTx, sessionId: string): Promise<BookingRecord[]> =>
  (
    await sql<BookingRecord>`select ${BOOKING} from reception_booking where session_id = ${sessionId} and state in ('booked', 'came', 'absent') order by slot`.execute(
      tx,
    )
  ).rows;

export const findBooking = async (tx: ScopedTx, id: string): Promise<BookingRecord | undefined> =>
  (await sql<BookingRecord>`select ${BOOKING} from reception_booking where booking_id = ${id}`.execute(tx)).rows[0];

/** What a function of the database found: a slot, or why there is none. */
export type Found = { readonly slot: number } | { readonly code: string };
const found = async (tx: Tx, call: RawBuilder<unknown>): Promise<Found> =>
  (await sql<{ found: Found }>`select ${call} as found`.execute(tx)).rows[0]!.found;

export const book = (
  tx: ScopedTx,
  asked: {
    readonly id: string;
    readonly sessionId: string;
    readonly slot: number | undefined;
    readonly sealed: { readonly name: Buffer; readonly behalf?: Buffer; readonly purpose: Buffer };
    readonly needs: readonly Need[];
    readonly companions: number;
    readonly digest: Buffer;
    readonly now: string;
  },
): Promise<Found> => {
  const { id, sessionId, slot, sealed, needs, companions, digest, now } = asked;
  const words = JSON.stringify(Object.fromEntries(Object.entries(sealed).map(([name, bytes]) => [name, bytes.toString('base64')])));
  return found(
    tx,
    sql`book_reception(${id}, ${sessionId}, ${slot ?? null}::integer, ${words}::jsonb, ${[...needs]}::text[], ${companions}::integer, ${digest}, ${now}::timestamptz)`,
  );
};

export const change = (
  tx: ScopedTx,
  asked: {
    readonly id: string;
    readonly sessionId: string;
    readonly slot: number | undefined;
    readonly purpose: Buffer;
    readonly needs: readonly Need[];
    readonly companions: number;
    readonly now: string;
  },
): Promise<Found> => {
  const { id, sessionId, slot, purpose, needs, companions, now } = asked;
  return found(
    tx,
    sql`change_booking(${id}, ${sessionId}, ${slot ?? null}::integer, ${purpose}, ${[...needs]}::text[], ${companions}::integer, ${now}::timestamptz)`,
  );
};

export const cancel = (tx: ScopedTx, id: string, now: string): Promise<Found> => found(tx, sql`cancel_booking(${id}, ${now}::timestamptz)`);

export const setState = async (tx: ScopedTx, id: string, state: 'came' | 'absent', now: string): Promise<void> => {
  await sql`update reception_booking set state = ${state}, changed_at = ${now}::timestamptz where booking_id = ${id}`.execute(tx);
};

export const setMinutes = async (tx: ScopedTx, id: string, sealed: Buffer | null, now: string): Promise<void> => {
  await sql`update reception_booking set minutes_sealed = ${sealed}, changed_at = ${now}::timestamptz where booking_id = ${id}`.execute(tx);
};

/** Notes the letter of a talk: the first one stands. */
export const setCase = async (tx: ScopedTx, id: string, caseId: string, now: string): Promise<void> => {
  await sql`update reception_booking set case_id = ${caseId}, case_opened = true, state = 'came', changed_at = ${now}::timestamptz
    where booking_id = ${id} and case_id is null`.execute(tx);
};

export const giveToSpeaker = async (tx: ScopedTx, caseId: string, partyId: string, bookingId: string): Promise<void> => {
  await sql`select give_to_speaker(${caseId}, ${partyId}, ${bookingId})`.execute(tx);
};

export interface SpeakerRow {
  readonly person_id: string;
  readonly name_sealed: Buffer | null;
  readonly behalf_sealed: Buffer | null;
  readonly phone_sealed: Buffer | null;
  readonly phone_index: Buffer | null;
}

/** Who booked, through the function of the database that logs the reading. */
export const readSpeaker = async (
  tx: ScopedTx,
  read: { readonly id: string; readonly purpose: string; readonly postId: string; readonly accessId: string; readonly now: string },
): Promise<SpeakerRow | undefined> =>
  (
    await sql<SpeakerRow>`
      select * from read_booking(${read.id}, ${read.purpose}, ${read.postId}, ${read.accessId}, ${read.now}::timestamptz)`.execute(tx)
  ).rows[0];

/** Sums by month of bodies: nothing in them is of one person. */
export const countMonths = async (tx: ScopedTx, organizationIds: readonly string[], from: string): Promise<ReceptionMonth[]> =>
  (
    await sql<ReceptionMonth>`
      select to_char(s.starts_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, s.organization_id as "organizationId",
        count(*)::int as sessions, sum(s.slots)::int as slots, sum(b.booked)::int as booked, sum(b.came)::int as came, sum(b.cases)::int as cases
      from reception_session s cross join lateral (
        select count(*) filter (where state in ('booked', 'came', 'absent')) as booked, count(*) filter (where state = 'came') as came,
          count(*) filter (where case_opened) as cases from reception_booking b where b.session_id = s.session_id) b
      where s.kind = 'reception' and s.organization_id = any (${[...organizationIds]}::uuid[]) and s.called_off_at is null and s.starts_at >= ${from}::timestamptz
      group by 1, 2 order by 1 desc, 2`.execute(tx)
  ).rows;

export interface ToTell {
  readonly booking_id: string;
  readonly session_id: string;
  readonly person_id: string;
  readonly slot: number;
  readonly starts_at: Date;
  readonly minutes: number;
  readonly place: string;
  readonly organization_id: string;
  readonly post_id: string;
  readonly kind: HoursKind;
  /** Else the lawyer could not take this one booking. */
  readonly is_called_off: boolean;
}

const TO_TELL = sql`b.booking_id, b.session_id, b.person_id, b.slot, s.starts_at, s.minutes, s.place, s.organization_id, s.post_id, s.kind,
  s.called_off_at is not null as is_called_off`;

/** Bookings whose session was called off and whose person was not told, less those another process has in hand. As the maintenance role. */
export const lockUntold = async (tx: Tx, limit: number): Promise<ToTell[]> =>
  (
    await sql<ToTell>`select ${TO_TELL} from reception_booking b join reception_session s using (session_id)
      where b.state = 'calledOff' and b.told_at is null and b.person_id is not null order by b.changed_at limit ${limit} for update of b skip locked`.execute(
      tx,
    )
  ).rows;

/** Bookings whose turn comes before an instant and whose person was not reminded. As the maintenance role. */
export const lockUnreminded = async (tx: Tx, now: string, until: string, limit: number): Promise<ToTell[]> =>
  (
    await sql<ToTell>`select ${TO_TELL} from reception_booking b join reception_session s using (session_id)
      where b.state = 'booked' and b.reminded_at is null and b.person_id is not null and s.called_off_at is null
        and s.starts_at > ${now}::timestamptz and s.starts_at <= ${until}::timestamptz order by s.starts_at limit ${limit} for update of b skip locked`.execute(
      tx,
    )
  ).rows;

export const markTold = async (tx: Tx, id: string, now: string): Promise<void> => {
  await sql`update reception_booking set told_at = ${now}::timestamptz where booking_id = ${id}`.execute(tx);
};
export const markReminded = async (tx: Tx, id: string, now: string): Promise<void> => {
  await sql`update reception_booking set reminded_at = ${now}::timestamptz where booking_id = ${id}`.execute(tx);
};

/** Erases who came and what was said once its time is over; sums stay. As the maintenance role. Answers of how many. */
export const blind = async (tx: Tx, before: string, now: string): Promise<number> => {
  const { numAffectedRows } = await sql`
    update reception_booking b set person_id = null, name_sealed = null, behalf_sealed = null, purpose_sealed = null, minutes_sealed = null, case_id = null,
      needs = '{}', blinded_at = ${now}::timestamptz
    from reception_session s where s.session_id = b.session_id and b.blinded_at is null and s.ends_at < ${before}::timestamptz`.execute(tx);
  return Number(numAffectedRows ?? 0n);
};

/** Turns of a session that its lawyer must not take, because of the other side. */
export const findConflicts = async (tx: ScopedTx, sessionId: string): Promise<{ booking_id: string; slot: number }[]> =>
  (await sql<{ booking_id: string; slot: number }>`select booking_id, slot from legal_conflicts(${sessionId})`.execute(tx)).rows;

/** Keeps by what a conflict would be seen: two digests, each for the session's lawyer alone. */
export const noteMatter = async (tx: ScopedTx, id: string, own: Buffer | null, other: Buffer | null): Promise<void> => {
  await sql`select note_matter(${id}, ${own}, ${other})`.execute(tx);
};

export interface AdviceRecord {
  readonly booking_id: string;
  readonly words_sealed: Buffer;
  readonly written_at: Date;
  readonly organization_id: string;
  readonly post_id: string;
  readonly turn_at: Date;
}

const adviceWhere = async (tx: ScopedTx, condition: RawBuilder<unknown>): Promise<AdviceRecord[]> =>
  (
    await sql<AdviceRecord>`
      select a.booking_id, a.words_sealed, a.written_at, a.turn_at, s.organization_id, s.post_id
      from legal_advice a join reception_session s on s.session_id = a.session_id
      where ${condition} order by a.written_at desc, a.booking_id limit 500`.execute(tx)
  ).rows;

/** What was advised to somebody, latest first. */
export const findOwnAdvice = (tx: ScopedTx, personId: string): Promise<AdviceRecord[]> => adviceWhere(tx, sql`a.person_id = ${personId}`);

/** What a lawyer wrote down of the turns of a session. */
export const findAdviceOf = (tx: ScopedTx, sessionId: string, lawyerId: string): Promise<AdviceRecord[]> =>
  adviceWhere(tx, sql`a.session_id = ${sessionId} and a.lawyer_id = ${lawyerId}`);

export const writeAdvice = async (tx: ScopedTx, id: string, sealed: Buffer, now: string): Promise<boolean> =>
  (await sql<{ written: boolean }>`select write_advice(${id}, ${sealed}, ${now}::timestamptz) as written`.execute(tx)).rows[0]!.written;

/** The session of the turn that was declined, or why it was not. */
export const declineBooking = async (
  tx: ScopedTx,
  id: string,
  now: string,
): Promise<{ readonly session: string } | { readonly code: string }> =>
  (await sql<{ found: { session: string } | { code: string } }>`select decline_booking(${id}, ${now}::timestamptz) as found`.execute(tx))
    .rows[0]!.found;

export const eraseAdvice = async (tx: ScopedTx, id: string): Promise<boolean> =>
  (await sql<{ erased: boolean }>`select erase_advice(${id}) as erased`.execute(tx)).rows[0]!.erased;

/** Forgets of law what its time is over for: what a conflict would be seen by goes with its booking unless advice is kept, advice after its years. */
export const forgetAdvice = async (tx: Tx, now: string): Promise<void> => {
  await sql`delete from legal_advice where written_at < ${now}::timestamptz - make_interval(years => ${ADVICE_KEPT_YEARS})`.execute(tx);
  await sql`delete from legal_matter m using reception_booking b where b.booking_id = m.booking_id and b.blinded_at is not null
    and not exists (select 1 from legal_advice a where a.booking_id = m.booking_id)`.execute(tx);
};

export interface ReleaseRecord {
  readonly month: string;
  readonly least: number;
  readonly figures: Released;
  readonly released_at: Date;
}

export const findReleases = async (tx: Tx, limit: number): Promise<ReleaseRecord[]> =>
  (
    await sql<ReleaseRecord>`select to_char(r.month, 'YYYY-MM') as month, r.least, r.figures, r.released_at from legal_release r
      order by r.month desc limit ${limit}`.execute(tx)
  ).rows;

/** How many were advised from a day to another, by the areas the desks are for. As the maintenance role. */
export const countAdvised = async (tx: Tx, from: string, to: string): Promise<{ path: string[]; cases: number }[]> =>
  (
    await sql<{ path: string[]; cases: number }>`
      select a.path, count(*)::int as cases from reception_booking b join reception_session s using (session_id) join post p on p.post_id = s.post_id
        join area a on a.area_id = p.area_id
      where s.kind = 'legal' and b.state = 'came' and s.starts_at >= ${from}::timestamptz and s.starts_at < ${to}::timestamptz group by 1`.execute(
      tx,
    )
  ).rows;

/** The first release of a month stands. As the maintenance role. */
export const insertRelease = async (tx: Tx, month: string, least: number, figures: Released, now: string): Promise<void> => {
  await sql`insert into legal_release (month, least, figures, released_at)
    values (${`${month}-01`}::date, ${least}, ${JSON.stringify(figures)}::jsonb, ${now}::timestamptz) on conflict (month) do nothing`.execute(
    tx,
  );
};
