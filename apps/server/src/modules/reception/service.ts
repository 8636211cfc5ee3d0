import { createHash } from 'node:crypto';
import { instantOfMs } from '@tongxin/domain/calendar/rules.ts';
import type { HeldPost } from '@tongxin/domain/case/schema.ts';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import type { MonthRelease } from '@tongxin/domain/publish/schema.ts';
import { isOnDay, isOpen, KEEPERS, MOST_AHEAD, nearestFirst, sessionFault } from '@tongxin/domain/reception/rules.ts';
import type {
  BookingChange,
  DeskSession,
  HoursKind,
  NewBooking,
  NewSession,
  NewTalkCase,
  OwnAdvice,
  OwnBooking,
  ReceptionMonth,
  SessionRow,
  SessionView,
  TalkRead,
} from '@tongxin/domain/reception/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { v7 } from 'uuid';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { conflict, forbidden, invalid, notFound, Problem } from '../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../platform/tx/tx.ts';
import { presentRelease } from '../dispute/index.ts';
import { fileNewCase, reporterPartyId } from '../intake/index.ts';
import { contactPlace, readOwn, resident } from '../person/index.ts';
import { bookingPlace, presentAdvice, presentConflict, presentForDesk, presentOwn, presentSession } from './present.ts';
import {
  type BookingRecord,
  book,
  callOff,
  cancel,
  change,
  countMonths,
  declineBooking,
  eraseAdvice,
  type Found,
  findAdviceOf,
  findBooking,
  findComing,
  findConflicts,
  findKept,
  findOfSession,
  findOwn,
  findOwnAdvice,
  findReleases,
  findSessions,
  giveToSpeaker,
  holdSession,
  insertSession,
  isOwnPost,
  noteMatter,
  readSpeaker,
  type SessionRecord,
  type SpeakerRow,
  setCase,
  setMinutes,
  setState,
  writeAdvice,
} from './repo.ts';

const DAY_MS = 86_400_000;
const LISTED = 200;
/** Sessions of the last weeks stand in the office's list. */
const PAST_DAYS = 31;
const MONTHS = 13;

const digestOf = (body: object): Buffer => createHash('sha256').update(canonical(body)).digest();
const nowOf = (deps: Deps): string => deps.clock.now().toISOString();
const storable = (...words: readonly (string | undefined)[]): void => {
  for (const one of words) if (one !== undefined && (one.includes('\u0000') || !one.isWellFormed())) throw invalid('badCharacters');
  if (words.some((one) => one !== undefined && one.trim() === '')) throw invalid('wordsMissing');
};

interface Asked {
  readonly kind?: HoursKind | undefined;
  readonly areaId?: string | undefined;
  /** Both, or neither: where somebody stands. It is not kept. */
  readonly lon?: number | undefined;
  readonly lat?: number | undefined;
}

/** Sessions to come: of everywhere, or around an area; the nearest first to whoever says where they stand. */
export const comingSessions = (deps: Deps, who: Who, { kind, areaId, lon, lat }: Asked): Promise<SessionView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const place = areaId ? deps.places.ofArea(areaId) : undefined;
    if (areaId && !place) throw invalid('unknownArea', { field: 'areaId' });
    if ((lon === undefined) !== (lat === undefined)) throw invalid('fieldMissing', { field: lon === undefined ? 'lon' : 'lat' });
    const rows = await findComing(tx, { kind, path: place && pathOf(place) }, nowOf(deps), LISTED);
    const sessions = rows.map((row) => ({ ...presentSession(deps, row), areaPath: row.area_path }));
    const near = lon !== undefined && lat !== undefined ? nearestFirst(sessions, pathOf(deps.places.resolve({ lon, lat }))) : sessions;
    return near.map(({ areaPath: _areaPath, ...session }) => session);
  });

const sessionOf = async (tx: ScopedTx, id: string): Promise<SessionRecord> => {
  const [row] = await findSessions(tx, [id]);
  if (!row) throw notFound();
  return row;
};

/** What the functions of the database refuse, as the caller is told. */
const REFUSED: Readonly<Record<string, readonly [status: number, code: string]>> = {
  notFound: [404, 'notFound'],
  idTaken: [409, 'idTaken'],
  full: [409, 'sessionFull'],
  taken: [409, 'slotTaken'],
  twice: [409, 'bookedAlready'],
  closed: [409, 'bookingClosed'],
  calledOff: [409, 'sessionCalledOff'],
  otherHours: [409, 'otherHours'],
};
const slotOf = (found: Found): number => {
  if ('slot' in found) return found.slot;
  throw new Problem(...REFUSED[found.code]!);
};

/** Whether hours may be offered in the place of others: of the same body, and of another lawyer where this one cannot advise. */
export const mayStandIn = (
  from: Pick<SessionRecord, 'kind' | 'organization_id' | 'post_id'> & { readonly called_off_because: string | null },
  { kind, organizationId, postId, free }: SessionView,
): boolean =>
  kind === from.kind &&
  organizationId === from.organization_id &&
  free.length > 0 &&
  (kind === 'reception' || from.called_off_because !== null || postId !== from.post_id);

/** The caller's bookings, latest first; of what was called off the next session that can be booked. */
const ownInScope = async (deps: Deps, scope: Scope): Promise<OwnBooking[]> => {
  const rows = await findOwn(scope.tx, resident(scope), LISTED);
  const sessions = new Map(
    (
      await findSessions(
        scope.tx,
        rows.map(({ session_id }) => session_id),
      )
    ).map((row) => [row.session_id, row]),
  );
  const now = nowOf(deps);
  const offered = rows.some(({ state }) => state === 'calledOff')
    ? (await findComing(scope.tx, {}, now, LISTED)).map((row) => presentSession(deps, row))
    : [];
  const nextOf = (row: BookingRecord): SessionView | undefined => {
    const from = sessions.get(row.session_id);
    return from && offered.find((next) => mayStandIn(from, next) && isOpen(next.startsAt, now));
  };
  return rows.map((row) => presentOwn(deps, row, presentSession(deps, sessions.get(row.session_id)!), nextOf(row)));
};

export const ownBookings = (deps: Deps, who: Who): Promise<OwnBooking[]> =>
  withScope(deps.pools.app, who, (scope) => ownInScope(deps, scope));

const ownOne = async (deps: Deps, scope: Scope, id: string): Promise<OwnBooking> =>
  (await ownInScope(deps, scope)).find((one) => one.id === id)!;

/** A telephone as one lawyer's matters have it: the digest of another lawyer's is another one. */
const sideIndex = (deps: Deps, lawyerId: string, phoneIndex: Buffer): Buffer =>
  deps.crypto.blindIndex('matter', `${lawyerId}:${phoneIndex.toString('hex')}`);

/** By what it will be seen that one lawyer would advise both sides: nothing of it can be read. */
const noteSides = async (deps: Deps, { tx }: Scope, id: string, sessionId: string, otherPhone: string | undefined): Promise<void> => {
  const { kind, published_by } = await sessionOf(tx, sessionId);
  if (kind !== 'legal') return;
  const { phoneIndex } = await readOwn(tx);
  const own = phoneIndex && sideIndex(deps, published_by, phoneIndex);
  const other = otherPhone ? sideIndex(deps, published_by, deps.crypto.blindIndex('phone', otherPhone)) : null;
  await noteMatter(tx, id, own, other);
};

/** Books one slot under an id made by the client: the same id and body give the same booking. Throws 409 where it is taken, closed or called off. */
export const bookSlot = (deps: Deps, who: Who, id: string, asked: NewBooking): Promise<OwnBooking> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    // A telephone of the other side is not kept, neither in the digest of what was asked.
    const { otherPhone, ...kept } = asked;
    const { sessionId, slot, purpose, name, behalfOf, needs, companions } = kept;
    storable(purpose, name, behalfOf?.name);
    if (otherPhone !== undefined && !canBeDialled(otherPhone)) throw invalid('badPhone');
    const own = await ownInScope(deps, scope);
    if (!own.some((one) => one.id === id) && own.filter(({ mayChange }) => mayChange).length >= MOST_AHEAD) throw conflict('bookingsMany');
    const seal = (field: 'name' | 'behalf' | 'purpose', words: string) => deps.crypto.seal(words.trim(), bookingPlace(id, field));
    slotOf(
      await book(scope.tx, {
        id,
        sessionId,
        slot,
        sealed: {
          name: seal('name', name),
          ...(behalfOf ? { behalf: seal('behalf', behalfOf.name) } : {}),
          purpose: seal('purpose', purpose),
        },
        needs,
        companions,
        digest: digestOf(kept),
        now: nowOf(deps),
      }),
    );
    await noteSides(deps, scope, id, sessionId, otherPhone);
    return ownOne(deps, scope, id);
  });

export const changeBooking = (deps: Deps, who: Who, id: string, asked: BookingChange): Promise<OwnBooking> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    const { sessionId, slot, purpose, needs, companions } = asked;
    storable(purpose);
    const sealed = deps.crypto.seal(purpose.trim(), bookingPlace(id, 'purpose'));
    slotOf(await change(scope.tx, { id, sessionId, slot, purpose: sealed, needs, companions, now: nowOf(deps) }));
    return ownOne(deps, scope, id);
  });

export const cancelBooking = (deps: Deps, who: Who, id: string): Promise<OwnBooking> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    slotOf(await cancel(scope.tx, id, nowOf(deps)));
    return ownOne(deps, scope, id);
  });

const keepingPosts = ({ actor }: Scope, kind: HoursKind): HeldPost[] =>
  actor.posts.filter(({ capabilities }) => capabilities.includes(KEEPERS[kind]));
const bodiesOf = (scope: Scope): string[] => [...new Set(keepingPosts(scope, 'reception').map(({ organizationId }) => organizationId))];

interface Hours {
  readonly kind: HoursKind;
  readonly organization_id: string;
  readonly post_id: string;
  readonly published_by: string;
}
/** The post by which somebody keeps hours: one of the body that receives, or the very post that advises. */
const keeping = (scope: Scope, { kind, organization_id, post_id }: Hours): HeldPost | undefined =>
  keepingPosts(scope, kind).find((held) => (kind === 'legal' ? held.postId === post_id : held.organizationId === organization_id));
/** Whose hours are read: those of the caller's body, or the caller's own; who follows a lawyer in the post reads nothing of who came to them. */
const isReader = ({ actor }: Scope, { kind, published_by }: Hours): boolean => kind !== 'legal' || published_by === actor.personId;
/** The post by which the caller keeps hours. Throws 403 where they are others'. */
const keeperOf = (scope: Scope, hours: Hours): HeldPost => {
  const post = keeping(scope, hours);
  if (!post) throw forbidden('notYours');
  return post;
};

/** Sessions of the caller's bodies, and the caller's own duty hours, from a month ago on. */
export const sessionsForDesk = (deps: Deps, who: Who): Promise<SessionRow[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const from = instantOfMs(deps.clock.now().getTime() - PAST_DAYS * DAY_MS);
    const rows: SessionRow[] = [];
    const posts = keepingPosts(scope, 'legal').map(({ postId }) => postId);
    for (const row of await findKept(scope.tx, { bodies: bodiesOf(scope), posts }, from, LISTED)) {
      const bookings = await findOfSession(scope.tx, row.session_id);
      rows.push({
        session: presentSession(deps, row),
        own: isReader(scope, row),
        booked: row.taken.length,
        came: bookings.filter(({ state }) => state === 'came').length,
      });
    }
    return rows;
  });

/** Publishes hours under an id made by the client. Throws 403 for another body, 422 for hours that cannot be, 409 for an id in use. */
export const publishSession = (deps: Deps, who: Who, id: string, asked: NewSession): Promise<SessionView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { tx, actor } = scope;
    const { kind = 'reception', way = 'place' } = asked;
    keeperOf(scope, { kind, organization_id: asked.organizationId, post_id: asked.postId, published_by: actor.personId! });
    storable(asked.place, asked.matters);
    const digest = digestOf(asked);
    const [known] = await findSessions(tx, [id]);
    if (known) {
      if (known.published_by !== actor.personId || !known.digest.equals(digest)) throw conflict('idTaken');
      return presentSession(deps, known);
    }
    const now = nowOf(deps);
    const fault = sessionFault(asked, now);
    if (fault) throw invalid(fault, fault === 'fieldUnfit' ? { field: 'startsAt', why: 'notInstant' } : {});
    if (!(await isOwnPost(tx, asked.organizationId, asked.postId))) throw invalid('unknownPost');
    const made = await insertSession(tx, {
      session_id: id,
      kind,
      way,
      organization_id: asked.organizationId,
      post_id: asked.postId,
      place: asked.place.trim(),
      starts_at: asked.startsAt,
      ends_at: asked.endsAt,
      minutes: asked.minutes,
      slots: asked.slots,
      matters: asked.matters?.trim() ?? null,
      digest,
      published_by: actor.personId!,
      now,
    });
    if (!made) throw conflict('idTaken');
    return presentSession(deps, await sessionOf(tx, id));
  });

/** A session is not held: whoever booked is told why, and of the next one. Again changes nothing. */
export const callOffSession = (deps: Deps, who: Who, id: string, because: string): Promise<SessionView> =>
  withScope(deps.pools.app, who, async (scope) => {
    storable(because);
    const session = await sessionOf(scope.tx, id);
    const { starts_at } = session;
    keeperOf(scope, session);
    if (!session.called_off_because) {
      if (starts_at <= deps.clock.now()) throw conflict('sessionBegun');
      await holdSession(scope.tx, id);
      await callOff(scope.tx, id, because.trim(), nowOf(deps));
    }
    return presentSession(deps, await sessionOf(scope.tx, id));
  });

/** The list of one session, by its turns. */
export const dayList = (deps: Deps, who: Who, id: string): Promise<DeskSession> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await sessionOf(scope.tx, id);
    if (!keeping(scope, row) || !isReader(scope, row)) throw forbidden('notYours');
    return listOf(deps, scope, row);
  });

/** Turns of a session in their order: what a lawyer must not take is there without a word of it. */
const listOf = async (deps: Deps, { tx, actor }: Scope, row: SessionRecord): Promise<DeskSession> => {
  const session = presentSession(deps, row);
  const bookings = await findOfSession(tx, row.session_id);
  if (row.kind === 'reception') return { session, bookings: bookings.map((one) => presentForDesk(deps, one, session)) };
  const advice = new Map((await findAdviceOf(tx, row.session_id, actor.personId!)).map((one) => [one.booking_id, one]));
  const conflicts = await findConflicts(tx, row.session_id);
  const turns = [
    ...bookings.map((one) => presentForDesk(deps, one, session, advice.get(one.booking_id))),
    ...conflicts.map((one) => presentConflict(one, session)),
  ];
  return { session, bookings: turns.sort((a, b) => a.slot - b.slot) };
};

interface Kept {
  readonly booking: BookingRecord;
  readonly session: SessionRecord;
  readonly post: HeldPost;
}

/** A booking of a session the caller's body holds. Throws 404 for any other: nobody learns that it exists. */
const keptBooking = async (scope: Scope, id: string): Promise<Kept> => {
  const booking = await findBooking(scope.tx, id);
  const session = booking ? await sessionOf(scope.tx, booking.session_id) : undefined;
  const post = session && keeping(scope, session);
  if (!booking || !session || !post || !isReader(scope, session)) throw notFound();
  return { booking, session, post };
};

/** What can be said of a talk only once its day has come, and of nothing that was taken back. */
const onTheDay = (deps: Deps, { booking, session }: Kept): void => {
  if (booking.state === 'cancelled' || booking.state === 'calledOff') throw conflict('bookingClosed');
  if (!isOnDay(session.starts_at.toISOString(), nowOf(deps))) throw conflict('sessionNotYet');
};

/** Notes of an office and letters are of its own hours: what a lawyer hears is advice, between the two. */
const ofOffice = ({ session }: Kept): void => {
  if (session.kind !== 'reception') throw conflict('otherHours');
};

/** Who came and who did not: said for the talk, counted for nobody. */
export const markAttendance = (deps: Deps, who: Who, id: string, came: boolean): Promise<DeskSession> =>
  withScope(deps.pools.app, who, async (scope) => {
    const kept = await keptBooking(scope, id);
    onTheDay(deps, kept);
    await setState(scope.tx, id, came ? 'came' : 'absent', nowOf(deps));
    return listOf(deps, scope, kept.session);
  });

/** What the office notes of a talk, for itself. */
export const noteTalk = (deps: Deps, who: Who, id: string, words: string): Promise<DeskSession> =>
  withScope(deps.pools.app, who, async (scope) => {
    const kept = await keptBooking(scope, id);
    ofOffice(kept);
    onTheDay(deps, kept);
    if (words.includes('\u0000') || !words.isWellFormed()) throw invalid('badCharacters');
    const sealed = words.trim() ? deps.crypto.seal(words.trim(), bookingPlace(id, 'minutes')) : null;
    await setMinutes(scope.tx, id, sealed, nowOf(deps));
    return listOf(deps, scope, kept.session);
  });

const openSpeaker = (deps: Deps, id: string, row: SpeakerRow): TalkRead => {
  const open = (sealed: Buffer, place: string): string => deps.crypto.open(sealed, place).toString('utf8');
  return {
    ...(row.name_sealed ? { name: open(row.name_sealed, bookingPlace(id, 'name')) } : {}),
    ...(row.phone_sealed && row.phone_index ? { phone: open(row.phone_sealed, contactPlace('phone', row.phone_index)) } : {}),
    ...(row.behalf_sealed ? { behalfOf: open(row.behalf_sealed, bookingPlace(id, 'behalf')) } : {}),
  };
};

/** Opens name and telephone of who booked, for a purpose that stands in that person's log. */
export const readBooking = (deps: Deps, who: Who, id: string, purpose: string): Promise<TalkRead> =>
  withScope(deps.pools.app, who, async (scope) => {
    if (purpose.trim().length < 2) throw invalid('wordsMissing');
    const { post } = await keptBooking(scope, id);
    const row = await readSpeaker(scope.tx, { id, purpose: purpose.trim(), postId: post.postId, accessId: v7(), now: nowOf(deps) });
    if (!row) throw notFound();
    return openSpeaker(deps, id, row);
  });

/** Of a letter that is opened from a talk: the reading its opening is, once however often it is sent. */
const accessIdOf = (caseId: string): string => {
  const hex = createHash('sha256').update(`talk:${caseId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
/** Words the speaker reads in the log. */
const PURPOSE = { zh: '接待时当场登记来信', en: 'Logging a letter from the talk' } as const;

/**
 * What was said becomes a letter on the spot, its speaker its reporter, in whose account it stands. One letter for a talk: another one is
 * refused, the same again gives the same receipt.
 */
export const openTalkCase = async (deps: Deps, who: Who, id: string, asked: NewTalkCase, language: Language): Promise<Receipt> => {
  const { caseId, text, protected: isProtected } = asked;
  const { speaker, session, postId } = await withScope(deps.pools.app, who, async (scope) => {
    const kept = await keptBooking(scope, id);
    ofOffice(kept);
    onTheDay(deps, kept);
    if (kept.booking.case_id && kept.booking.case_id !== caseId) throw conflict('talkHasCase');
    const read = { id, purpose: PURPOSE[language], postId: kept.post.postId, accessId: accessIdOf(caseId), now: nowOf(deps) };
    const row = await readSpeaker(scope.tx, read);
    if (!row) throw notFound();
    return { speaker: openSpeaker(deps, id, row), session: kept.session, postId: kept.post.postId };
  });
  const { name, phone, behalfOf } = speaker;
  const body = deps.directory.organization(session.organization_id);
  const place = body ? deps.places.ofArea(body.areaId) : undefined;
  const letter = deps.procedures.latest('letter');
  const takesLetters = letter && place && deps.directory.offices(letter.receivedBy, place).includes(session.organization_id);
  const { receipt } = await fileNewCase(
    deps,
    who,
    {
      id: caseId,
      procedure: 'letter',
      channel: 'window',
      text,
      ...(body ? { areaId: body.areaId } : {}),
      ...(takesLetters ? { officeId: session.organization_id } : {}),
      reporter: { ...(name ? { name } : {}), ...(phone ? { phone } : {}), protected: isProtected },
      ...(behalfOf ? { behalfOf: { name: behalfOf, consent: true } } : {}),
      postId,
    },
    undefined,
    language,
  );
  await withScope(deps.pools.app, who, async ({ tx }) => {
    await setCase(tx, id, caseId, nowOf(deps));
    await giveToSpeaker(tx, caseId, reporterPartyId(caseId), id);
  });
  return receipt;
};

/** What a lawyer writes down of an advice, for its person: nobody else reads it, neither the lawyer's own firm nor whoever administers. */
export const adviseOn = (deps: Deps, who: Who, id: string, words: string): Promise<DeskSession> =>
  withScope(deps.pools.app, who, async (scope) => {
    storable(words);
    const kept = await keptBooking(scope, id);
    onTheDay(deps, kept);
    if (kept.booking.advice_erased_at) throw conflict('adviceErased');
    const sealed = deps.crypto.seal(words.trim(), bookingPlace(id, 'advice'));
    if (!(await writeAdvice(scope.tx, id, sealed, nowOf(deps)))) throw conflict('otherHours');
    return listOf(deps, scope, kept.session);
  });

/** The lawyer cannot take a turn that has not come, for whatever reason: its person is told that it is not held, and of another lawyer. Again changes nothing. */
export const declineTurn = (deps: Deps, who: Who, id: string): Promise<DeskSession> =>
  withScope(deps.pools.app, who, async (scope) => {
    const declined = await declineBooking(scope.tx, id, nowOf(deps));
    if ('code' in declined) throw new Problem(...REFUSED[declined.code]!);
    return listOf(deps, scope, await sessionOf(scope.tx, declined.session));
  });

const ownAdviceInScope = async (deps: Deps, scope: Scope): Promise<OwnAdvice[]> =>
  (await findOwnAdvice(scope.tx, resident(scope))).map((row) => presentAdvice(deps, row));

/** What lawyers wrote down for the caller. */
export const ownAdvice = (deps: Deps, who: Who): Promise<OwnAdvice[]> =>
  withScope(deps.pools.app, who, (scope) => ownAdviceInScope(deps, scope));

/** The caller wants nothing kept of an advice: neither words nor that there was one. Throws 404 where it is nobody's or another's. */
export const forgetOwnAdvice = (deps: Deps, who: Who, id: string): Promise<OwnAdvice[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    if (!(await eraseAdvice(scope.tx, id))) throw notFound();
    return ownAdviceInScope(deps, scope);
  });

const RELEASES = 24;
/** How many were advised in each month, as the publish library lets everybody know. */
export const adviceReleases = (deps: Deps, who: Who): Promise<MonthRelease[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findReleases(tx, RELEASES)).map((row) => presentRelease(deps, row)));

/** What was held, month by month, as sums of the caller's bodies. */
export const months = (deps: Deps, who: Who): Promise<ReceptionMonth[]> =>
  withScope(deps.pools.app, who, (scope) =>
    countMonths(scope.tx, bodiesOf(scope), instantOfMs(deps.clock.now().getTime() - MONTHS * 31 * DAY_MS)),
  );
