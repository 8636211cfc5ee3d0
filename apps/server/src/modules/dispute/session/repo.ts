import type { Meeting } from '@tongxin/domain/dispute/session/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../../platform/tx/tx.ts';

export interface SessionRecord {
  readonly session_id: string;
  readonly alone_with: string | null;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly state: 'proposed' | 'fixed' | 'held' | 'cancelled';
  readonly room: string | null;
  readonly meeting: Meeting | null;
  readonly link_sealed: Buffer | null;
  readonly accepted: string[];
  readonly declined: string[];
  readonly attended: string[];
  readonly record_sealed: Buffer | null;
  readonly result: 'agreed' | 'goesOn' | 'failed' | null;
}

export const findSessions = async (tx: ScopedTx, caseId: string): Promise<SessionRecord[]> =>
  (
    await sql<SessionRecord>`select s.session_id, s.alone_with, lower(s.during) as starts_at, upper(s.during) as ends_at, s.state, r.name as room,
        s.meeting, s.link_sealed, s.accepted, s.declined, s.attended, s.record_sealed, s.result
      from dispute_session s left join dispute_room r using (room_id) where s.case_id = ${caseId} order by lower(s.during), s.session_id`.execute(
      tx,
    )
  ).rows;

export const insertSession = async (
  tx: ScopedTx,
  caseId: string,
  session: {
    readonly id: string;
    readonly aloneWith: string | null;
    readonly from: string;
    readonly to: string;
    readonly mediatorId: string;
    readonly roomId: string | null;
    readonly meeting: Meeting | null;
    readonly link: Buffer | null;
  },
): Promise<void> => {
  await sql`insert into dispute_session (case_id, session_id, alone_with, during, mediator_id, room_id, meeting, link_sealed, state, to_tell)
    values (${caseId}, ${session.id}, ${session.aloneWith}, tstzrange(${session.from}::timestamptz, ${session.to}::timestamptz), ${session.mediatorId},
      ${session.roomId}, ${session.meeting}, ${session.link}, 'proposed', true) on conflict (case_id, session_id) do nothing`.execute(tx);
};

/** What ended matters still hold of a time is free before it is fixed. */
export const freeHours = async (tx: ScopedTx, caseId: string, sessionId: string): Promise<void> => {
  await sql`select free_hours(${caseId}, ${sessionId})`.execute(tx);
};

/** Whether the time is still free for the mediator and the room is told by the constraint. */
export const setAnswers = async (
  tx: ScopedTx,
  caseId: string,
  sessionId: string,
  { accepted, declined, state }: Pick<SessionRecord, 'accepted' | 'declined' | 'state'>,
): Promise<void> => {
  await sql`update dispute_session set accepted = ${accepted}::uuid[], declined = ${declined}::uuid[], to_tell = to_tell or state <> ${state}, state = ${state}
    where case_id = ${caseId} and session_id = ${sessionId}`.execute(tx);
};

export const setHeld = async (
  tx: ScopedTx,
  caseId: string,
  sessionId: string,
  held: { readonly attended: readonly string[]; readonly record: Buffer; readonly result: string; readonly now: string },
): Promise<void> => {
  await sql`update dispute_session set state = 'held', link_sealed = null, attended = ${[...held.attended]}::uuid[], record_sealed = ${held.record}, result = ${held.result},
      written_at = ${held.now}::timestamptz
    where case_id = ${caseId} and session_id = ${sessionId}`.execute(tx);
};

export const cancelSession = async (tx: ScopedTx, caseId: string, sessionId: string): Promise<void> => {
  await sql`update dispute_session set state = 'cancelled', link_sealed = null, to_tell = state <> 'cancelled' where case_id = ${caseId} and session_id = ${sessionId}`.execute(
    tx,
  );
};

/** Takes everything away that is to come: room and mediator are free again. A talk that has begun stays, to be written down. */
export const cancelToCome = async (tx: ScopedTx, caseId: string, now: Date): Promise<void> => {
  await sql`update dispute_session set state = 'cancelled', link_sealed = null, to_tell = true where case_id = ${caseId}
    and (state = 'proposed' or state = 'fixed' and lower(during) > ${now.toISOString()}::timestamptz)`.execute(tx);
};

export interface NoteRecord {
  readonly note_id: string;
  readonly session_id: string;
  readonly words_sealed: Buffer | null;
  readonly written_at: Date;
}
export const findNotes = async (tx: ScopedTx, caseId: string): Promise<NoteRecord[]> =>
  (
    await sql<NoteRecord>`select note_id, session_id, words_sealed, written_at from dispute_note where case_id = ${caseId}
      order by written_at, note_id`.execute(tx)
  ).rows;
export const insertNote = async (tx: ScopedTx, caseId: string, note: Omit<NoteRecord, 'written_at'>, now: string): Promise<void> => {
  await sql`insert into dispute_note (case_id, note_id, session_id, words_sealed, written_at)
    values (${caseId}, ${note.note_id}, ${note.session_id}, ${note.words_sealed}, ${now}::timestamptz) on conflict do nothing`.execute(tx);
};

export const findSafety = async (tx: ScopedTx, caseId: string): Promise<Buffer | undefined> =>
  (
    await sql<{
      answers_sealed: Buffer;
    }>`select answers_sealed from dispute_safety where case_id = ${caseId} order by no desc limit 1`.execute(tx)
  ).rows[0]?.answers_sealed;
/** Adds what was answered now to what was answered before, and says which time it was; whoever calls has waited for their turn. */
export const insertSafety = async (tx: ScopedTx, caseId: string, answers: Buffer, now: string): Promise<number> =>
  (
    await sql<{ no: number }>`insert into dispute_safety (case_id, no, answers_sealed, asked_at)
      select ${caseId}, coalesce(max(no), 0) + 1, ${answers}, ${now}::timestamptz from dispute_safety where case_id = ${caseId}
      returning no`.execute(tx)
  ).rows[0]!.no;

export const findRooms = async (tx: ScopedTx, organizationId: string): Promise<{ room_id: string; name: string }[]> =>
  (
    await sql<{ room_id: string; name: string }>`select room_id, name from dispute_room where organization_id = ${organizationId}
      order by name, room_id`.execute(tx)
  ).rows;
/** Answers whether it is new. */
export const insertRoom = async (tx: ScopedTx, roomId: string, organizationId: string, name: string): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`insert into dispute_room (room_id, organization_id, name) values (${roomId}, ${organizationId}, ${name})
    on conflict (room_id) do nothing`.execute(tx);
  return numAffectedRows === 1n;
};

export interface SessionToTell {
  readonly case_id: string;
  readonly session_id: string;
  /** One side alone; null: all of them. */
  readonly alone_with: string | null;
  readonly told_at: Date | null;
}

/** Sessions whose people are to hear that something was set, moved or called off. Locked until they were told. As maintenance. */
export const lockToTell = async (tx: Tx, limit: number): Promise<SessionToTell[]> =>
  (
    await sql<SessionToTell>`select case_id, session_id, alone_with, told_at from dispute_session where to_tell
      order by case_id, session_id limit ${limit} for update skip locked`.execute(tx)
  ).rows;

/** Sessions of matters that are still talked about, fixed and soon. */
export const lockToRemind = async (
  tx: Tx,
  now: string,
  until: string,
  stages: readonly string[],
  limit: number,
): Promise<SessionToTell[]> =>
  (
    await sql<SessionToTell>`select s.case_id, s.session_id, s.alone_with, s.told_at from dispute_session s
      where s.state = 'fixed' and s.reminded_at is null and not s.to_tell and lower(s.during) > ${now}::timestamptz and lower(s.during) <= ${until}::timestamptz
        and exists (select 1 from cases c where c.case_id = s.case_id and c.stage = any (${[...stages]}::text[]))
      order by s.case_id, s.session_id limit ${limit} for update of s skip locked`.execute(tx)
  ).rows;

/** Told that something of it was set, moved or called off, whoever had asked to hear of it by now. */
export const markTold = async (tx: Tx, { case_id, session_id }: SessionToTell, now: string): Promise<void> => {
  await sql`update dispute_session set to_tell = false, told_at = ${now}::timestamptz
    where case_id = ${case_id} and session_id = ${session_id}`.execute(tx);
};
export const markReminded = async (tx: Tx, { case_id, session_id }: SessionToTell, now: string): Promise<void> => {
  await sql`update dispute_session set reminded_at = ${now}::timestamptz where case_id = ${case_id} and session_id = ${session_id}`.execute(
    tx,
  );
};
