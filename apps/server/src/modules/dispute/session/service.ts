import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import { sideLabel } from '@tongxin/domain/dispute/agreement/rules.ts';
import { misheld, referralsFor, unsafe } from '@tongxin/domain/dispute/session/rules.ts';
import type {
  DisputeSession,
  HeldSession,
  NewDisputeSession,
  SafetyQuestion,
  Screening,
  SessionsView,
} from '@tongxin/domain/dispute/session/schema.ts';
import { UNSIGNED } from '@tongxin/domain/dispute/sides/procedure.ts';
import { evolve, permitWork } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid } from '../../../platform/errors/problem.ts';
import type { Who } from '../../../platform/tx/tx.ts';
import { appendAndCommit, derivedId } from '../../case/index.ts';
import { everybodyAgreed } from '../consent/service.ts';
import { actThrough, type Held, withCodeOf, withDispute } from '../hold/service.ts';
import { linkPlace, meetingLink, meetingsThere } from './meeting/service.ts';
import {
  cancelSession,
  cancelToCome,
  findNotes,
  findRooms,
  findSafety,
  findSessions,
  freeHours,
  insertNote,
  insertRoom,
  insertSafety,
  insertSession,
  type NoteRecord,
  type SessionRecord,
  setAnswers,
  setHeld,
} from './repo.ts';

export const TALKING = ['mediating', 'cooling', 'drafted'];
const placeOf = (caseId: string, what: string): string => `dispute:${caseId}:${what}`;
const demandTalking = ({ row }: Held): void => {
  if (!TALKING.includes(row.state.stage)) throw conflict('wrongStage');
};

const safetyOf = async (deps: Deps, { scope, row, ownSide }: Held): Promise<SafetyQuestion[] | undefined> => {
  const sealed = ownSide ? undefined : await findSafety(scope.tx, row.case_id);
  return sealed && (JSON.parse(deps.crypto.open(sealed, placeOf(row.case_id, 'safety')).toString('utf8')) as SafetyQuestion[]);
};

const presentSession = (deps: Deps, { row, ownSide }: Held, session: SessionRecord, notes: readonly NoteRecord[]): DisputeSession => {
  const caseId = row.case_id;
  const open = (sealed: Buffer | null, what: string) => sealed && deps.crypto.open(sealed, placeOf(caseId, what)).toString('utf8');
  // Where nobody talks any more, nobody is to come.
  const state = session.state !== 'held' && !TALKING.includes(row.stage) ? 'cancelled' : session.state;
  const link = meetingLink(deps, caseId, { ...session, state }, ownSide !== undefined);
  const record = open(session.record_sealed, `record:${session.session_id}`);
  return {
    id: session.session_id,
    ...(session.alone_with ? { aloneWith: session.alone_with } : {}),
    startsAt: session.starts_at.toISOString(),
    endsAt: session.ends_at.toISOString(),
    state,
    online: session.meeting !== null,
    ...(session.room ? { room: session.room } : {}),
    ...(link ? { link } : {}),
    accepted: session.accepted,
    declined: session.declined,
    attended: session.attended,
    ...(record ? { record } : {}),
    ...(session.result ? { result: session.result } : {}),
    notes: notes
      .filter((note) => note.session_id === session.session_id && note.words_sealed)
      .map((note) => ({ words: open(note.words_sealed, `note:${note.note_id}`) ?? '', at: note.written_at.toISOString() })),
  };
};

/** As whoever mediates sees it; a side sees what it is invited to, and never a note or what was asked about safety. */
const viewOf = async (deps: Deps, held: Held): Promise<SessionsView> => {
  const { scope, row, sides, ownSide } = held;
  const yes = await safetyOf(deps, held);
  const notes = ownSide ? [] : await findNotes(scope.tx, row.case_id);
  const sessions = (await findSessions(scope.tx, row.case_id)).filter(
    ({ alone_with }) => !ownSide || !alone_with || alone_with === ownSide,
  );
  const body = row.state.leadOrganizationId ?? row.state.receivingOrganizationId;
  return {
    caseId: row.case_id,
    sides: sides.map((partyId, index) => ({ partyId, label: sideLabel(index) })),
    ...(ownSide ? { me: ownSide } : {}),
    everybodyAgreed: await everybodyAgreed(scope.tx, row.case_id),
    ...(yes ? { screening: yes } : {}),
    refer: referralsFor(yes ?? []),
    meetings: ownSide ? [] : meetingsThere(deps),
    sessions: sessions.map((session) => presentSession(deps, held, session, notes)),
    rooms: ownSide || !body ? [] : (await findRooms(scope.tx, body)).map(({ room_id, name }) => ({ id: room_id, name })),
  };
};

export const sessionsOf = (deps: Deps, who: Who, caseId: string): Promise<SessionsView> =>
  withDispute(deps, who, caseId, (held) => viewOf(deps, held));
export const ownSessions = (deps: Deps, who: Who): Promise<SessionsView> => withCodeOf(deps, who, (held) => viewOf(deps, held));

/**
 * What was asked about safety; every answer is kept. A yes of danger takes every session that is to come away, and nothing is agreed, written down
 * or signed until it is taken back with a reason. The same answers again change nothing.
 */
export const screenSafety = (deps: Deps, who: Who, caseId: string, { yes, why }: Screening): Promise<SessionsView> =>
  withDispute(deps, who, caseId, async (held) => {
    const { scope, row } = held;
    if (!UNSIGNED.includes(row.state.stage)) throw conflict('wrongStage');
    const answers = [...new Set(yes)].toSorted();
    if ((await safetyOf(deps, held))?.join() === answers.join()) return viewOf(deps, held);
    const [was, is] = [row.state.facts.danger === true, unsafe(answers) !== undefined];
    if (was && !is && !why?.trim()) throw invalid('fieldMissing', { field: 'why' });
    const sealed = deps.crypto.seal(JSON.stringify(answers), placeOf(caseId, 'safety'));
    const no = await insertSafety(scope.tx, caseId, sealed, deps.clock.now().toISOString());
    if (is) await cancelToCome(scope.tx, caseId, deps.clock.now());
    const view = await viewOf(deps, held);
    const commandId = derivedId(caseId, `safety${no}`);
    if (was && !is) await actThrough(deps, held, commandId, 'liftDanger', { why: why?.trim() });
    else await actThrough(deps, held, commandId, is ? 'noteDanger' : 'noteSafety');
    return view;
  });

/** Whether a time that is known was proposed in these words. */
const isSame = (deps: Deps, caseId: string, known: SessionRecord, asked: NewDisputeSession, room: string | null): boolean => {
  const link = known.link_sealed ? deps.crypto.open(known.link_sealed, linkPlace(caseId, asked.id)).toString('utf8') : undefined;
  const from = new Date(asked.startsAt).getTime();
  return (
    known.alone_with === (asked.aloneWith ?? null) &&
    known.starts_at.getTime() === from &&
    known.ends_at.getTime() === from + asked.minutes * 60_000 &&
    known.room === room &&
    (known.meeting === 'template') === (asked.online ?? false) &&
    link === (asked.online ? undefined : asked.link)
  );
};

/** Proposes a time: only when every side agreed to be mediated (人民调解法 第十七条) and nobody is in danger. */
export const proposeSession = (deps: Deps, who: Who, caseId: string, asked: NewDisputeSession): Promise<SessionsView> =>
  withDispute(deps, who, caseId, async (held) => {
    const known = (await findSessions(held.scope.tx, caseId)).find(({ session_id }) => session_id === asked.id);
    if (known) {
      const { leadOrganizationId, receivingOrganizationId } = held.row.state;
      const room = (await findRooms(held.scope.tx, leadOrganizationId ?? receivingOrganizationId ?? '')).find(
        ({ room_id }) => room_id === asked.roomId,
      );
      if (!isSame(deps, caseId, known, asked, asked.roomId ? (room?.name ?? '') : null)) throw conflict('idTaken');
      return viewOf(deps, held);
    }
    demandTalking(held);
    const { scope, row, sides } = held;
    const permitted = permitWork(row.state, scope.actor, 'mediation.record');
    if (!permitted.ok) throw conflict('notYours');
    if (!(await everybodyAgreed(scope.tx, caseId))) throw conflict('consentMissing');
    const danger = unsafe(await safetyOf(deps, held));
    if (danger) throw conflict(danger);
    if (asked.aloneWith && !sides.includes(asked.aloneWith)) throw invalid('unknownParty', { field: 'aloneWith' });
    const from = new Date(asked.startsAt);
    if (Number.isNaN(from.getTime())) throw invalid('fieldUnfit', { field: 'startsAt', why: 'notInstant' });
    if (from < deps.clock.now()) throw invalid('dateInPast', { field: 'startsAt' });
    const body = row.state.leadOrganizationId ?? row.state.receivingOrganizationId;
    if (asked.roomId && !(body && (await findRooms(scope.tx, body)).some(({ room_id }) => room_id === asked.roomId)))
      throw invalid('unknownRoom', { field: 'roomId' });
    if (!asked.roomId && !asked.link && !asked.online) throw invalid('fieldMissing', { field: 'roomId' });
    const meeting = asked.online ? 'template' : asked.link ? 'manual' : null;
    if (meeting && !meetingsThere(deps).includes(meeting)) throw invalid('meetingsOff', { field: 'online' });
    await insertSession(scope.tx, caseId, {
      id: asked.id,
      aloneWith: asked.aloneWith ?? null,
      from: from.toISOString(),
      to: new Date(from.getTime() + asked.minutes * 60_000).toISOString(),
      mediatorId: row.state.handlerId ?? scope.actor.personId!,
      roomId: asked.roomId ?? null,
      meeting,
      link: asked.link && meeting === 'manual' ? deps.crypto.seal(asked.link, linkPlace(caseId, asked.id)) : null,
    });
    return viewOf(deps, held);
  });

const sessionIn = async ({ scope, row, ownSide }: Held, sessionId: string): Promise<SessionRecord> => {
  const found = (await findSessions(scope.tx, row.case_id)).find(({ session_id }) => session_id === sessionId);
  if (!found || (ownSide && found.alone_with && found.alone_with !== ownSide)) throw invalid('unknownSession', { field: 'sessionId' });
  return found;
};
const invitedTo = ({ sides }: Held, { alone_with }: SessionRecord): readonly string[] => (alone_with ? [alone_with] : sides);

/** A side accepts a time, or does not. Accepted by all who are invited, it is fixed, where mediator and room are free. */
const answer = async (deps: Deps, held: Held, sessionId: string, partyId: string, accepts: boolean): Promise<SessionsView> => {
  demandTalking(held);
  const session = await sessionIn(held, sessionId);
  const invited = invitedTo(held, session);
  if (!invited.includes(partyId)) throw invalid('unknownParty', { field: 'partyId' });
  if (session.state === 'held' || session.state === 'cancelled') throw conflict('sessionOver');
  const others = (list: readonly string[]) => list.filter((id) => id !== partyId);
  const accepted = accepts ? [...others(session.accepted), partyId] : others(session.accepted);
  const declined = accepts ? others(session.declined) : [...others(session.declined), partyId];
  const state = invited.every((id) => accepted.includes(id)) ? 'fixed' : 'proposed';
  if (state === 'fixed') await freeHours(held.scope.tx, held.row.case_id, sessionId);
  await setAnswers(held.scope.tx, held.row.case_id, sessionId, { accepted, declined, state }).catch((error: { code?: string }) => {
    throw error.code === '23P01' ? conflict('timeTaken') : error;
  });
  return viewOf(deps, held);
};
export const recordSessionAnswer = (
  deps: Deps,
  who: Who,
  caseId: string,
  sessionId: string,
  { partyId, accepts }: { readonly partyId: string; readonly accepts: boolean },
): Promise<SessionsView> => withDispute(deps, who, caseId, (held) => answer(deps, held, sessionId, partyId, accepts));
export const answerSession = (deps: Deps, who: Who, sessionId: string, accepts: boolean): Promise<SessionsView> =>
  withCodeOf(deps, who, (held) => answer(deps, held, sessionId, held.ownSide, accepts));

/** A session that was held, for the paper that records it: never with what was noted apart. Undefined where there is none such. */
export const heldSession = async (deps: Deps, held: Held, sessionId: string): Promise<DisputeSession | undefined> => {
  const found = (await findSessions(held.scope.tx, held.row.case_id)).find(({ session_id }) => session_id === sessionId);
  return found?.state === 'held' ? presentSession(deps, held, found, []) : undefined;
};

/** What took place; what all heard is for all who were invited to read. */
export const holdSession = (deps: Deps, who: Who, caseId: string, sessionId: string, took: HeldSession): Promise<SessionsView> =>
  withDispute(deps, who, caseId, async (held) => {
    demandTalking(held);
    const session = await sessionIn(held, sessionId);
    if (session.state === 'held') return viewOf(deps, held);
    if (session.state !== 'fixed') throw conflict('sessionNotFixed');
    if (session.starts_at > deps.clock.now()) throw conflict('sessionNotBegun');
    const wrong = misheld(took, invitedTo(held, session), (await safetyOf(deps, held)) ?? []);
    if (wrong === 'unknownParty') throw invalid(wrong, { field: 'attended' });
    if (wrong) throw conflict(wrong);
    await setHeld(held.scope.tx, caseId, sessionId, {
      attended: took.attended,
      record: deps.crypto.seal(took.record, placeOf(caseId, `record:${sessionId}`)),
      result: took.result,
      now: deps.clock.now().toISOString(),
    });
    return viewOf(deps, held);
  });

/** Calls a session off; once, and on the record, which is told to no side: of a separate talk the other would learn that there was to be one. */
export const dropSession = (deps: Deps, who: Who, caseId: string, sessionId: string): Promise<SessionsView> =>
  withDispute(deps, who, caseId, async (held) => {
    const session = await sessionIn(held, sessionId);
    if (session.state === 'held') throw conflict('sessionOver');
    if (session.state === 'cancelled') return viewOf(deps, held);
    const { scope, row } = held;
    const permitted = permitWork(row.state, scope.actor, 'mediation.record');
    if (!permitted.ok) throw conflict('notYours');
    await cancelSession(scope.tx, caseId, sessionId);
    const event: NewEvent = {
      type: 'session.cancelled',
      occurredAt: deps.clock.now().toISOString(),
      actor: {
        kind: scope.actor.kind,
        personId: scope.actor.personId,
        postId: permitted.post.postId,
        organizationId: permitted.post.organizationId,
      },
      header: { codes: { session: sessionId } },
    };
    // Read before the step of the case, which commits.
    const view = await viewOf(deps, held);
    await appendAndCommit(deps, scope, row, [event], evolve(row.state, event));
    return view;
  });

/** A note of a separate talk: the mediator's own. Never to the other side, and on no paper. */
export const noteSession = (
  deps: Deps,
  who: Who,
  caseId: string,
  sessionId: string,
  { id, words }: { readonly id: string; readonly words: string },
): Promise<SessionsView> =>
  withDispute(deps, who, caseId, async (held) => {
    await sessionIn(held, sessionId);
    const known = (await findNotes(held.scope.tx, caseId)).find(({ note_id }) => note_id === id);
    if (known) {
      const said = known.words_sealed && deps.crypto.open(known.words_sealed, placeOf(caseId, `note:${id}`)).toString('utf8');
      if (known.session_id !== sessionId || said !== words) throw conflict('idTaken');
      return viewOf(deps, held);
    }
    await insertNote(
      held.scope.tx,
      caseId,
      { note_id: id, session_id: sessionId, words_sealed: deps.crypto.seal(words, placeOf(caseId, `note:${id}`)) },
      deps.clock.now().toISOString(),
    );
    return viewOf(deps, held);
  });

/** Adds a room to the register of the body that has the dispute in hand. */
export const addRoom = (
  deps: Deps,
  who: Who,
  caseId: string,
  room: { readonly id: string; readonly name: string },
): Promise<SessionsView> =>
  withDispute(deps, who, caseId, async (held) => {
    const permitted = permitWork(held.row.state, held.scope.actor, 'mediation.record');
    if (!permitted.ok) throw conflict('notYours');
    const made = await insertRoom(held.scope.tx, room.id, permitted.post.organizationId, room.name);
    const known = (await findRooms(held.scope.tx, permitted.post.organizationId)).find(({ room_id }) => room_id === room.id);
    if (!made && known?.name !== room.name) throw conflict('idTaken');
    return viewOf(deps, held);
  });
