import { createHash } from 'node:crypto';
import { instantOfMs } from '@tongxin/domain/calendar/rules.ts';
import type { HeldPost } from '@tongxin/domain/case/schema.ts';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { isOnDay, isOpen, MOST_AHEAD, sessionFault } from '@tongxin/domain/reception/rules.ts';
import type {
  BookingChange,
  DeskSession,
  NewBooking,
  NewSession,
  NewTalkCase,
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
import { fileNewCase, reporterPartyId } from '../intake/index.ts';
import { contactPlace, resident } from '../person/index.ts';
import { bookingPlace, presentForDesk, presentOwn, presentSession } from './present.ts';
import {
  type BookingRecord,
  book,
  callOff,
  cancel,
  change,
  countMonths,
  type Found,
  findBooking,
  findComing,
  findOfBodies,
  findOfSession,
  findOwn,
  findSessions,
  giveToSpeaker,
  holdSession,
  insertSession,
  isOwnPost,
  readSpeaker,
  type SessionRecord,
  type SpeakerRow,
  setCase,
  setMinutes,
  setState,
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

/** Sessions to come: of everywhere, or around an area. */
export const comingSessions = (deps: Deps, who: Who, areaId: string | undefined): Promise<SessionView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const place = areaId ? deps.places.ofArea(areaId) : undefined;
    if (areaId && !place) throw invalid('unknownArea', { field: 'areaId' });
    const rows = await findComing(tx, place ? pathOf(place) : undefined, nowOf(deps), LISTED);
    return rows.map((row) => presentSession(deps, row));
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
};
const slotOf = (found: Found): number => {
  if ('slot' in found) return found.slot;
  throw new Problem(...REFUSED[found.code]!);
};

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
    ? (await findComing(scope.tx, undefined, now, LISTED)).map((row) => presentSession(deps, row))
    : [];
  const nextOf = (row: BookingRecord): SessionView | undefined => {
    const body = sessions.get(row.session_id)?.organization_id;
    return offered.find(({ organizationId, free, startsAt }) => organizationId === body && free.length > 0 && isOpen(startsAt, now));
  };
  return rows.map((row) => presentOwn(deps, row, presentSession(deps, sessions.get(row.session_id)!), nextOf(row)));
};

export const ownBookings = (deps: Deps, who: Who): Promise<OwnBooking[]> =>
  withScope(deps.pools.app, who, (scope) => ownInScope(deps, scope));

const ownOne = async (deps: Deps, scope: Scope, id: string): Promise<OwnBooking> =>
  (await ownInScope(deps, scope)).find((one) => one.id === id)!;

/** Books one slot under an id made by the client: the same id and body give the same booking. Throws 409 where it is taken, closed or called off. */
export const bookSlot = (deps: Deps, who: Who, id: string, asked: NewBooking): Promise<OwnBooking> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    const { sessionId, slot, purpose, name, behalfOf, needs, companions } = asked;
    storable(purpose, name, behalfOf?.name);
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
        digest: digestOf(asked),
        now: nowOf(deps),
      }),
    );
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

const keepingPosts = ({ actor }: Scope): HeldPost[] => actor.posts.filter(({ capabilities }) => capabilities.includes('reception.manage'));
const bodiesOf = (scope: Scope): string[] => [...new Set(keepingPosts(scope).map(({ organizationId }) => organizationId))];

/** The post by which somebody keeps the sessions of a body: its own, and no other's. Throws 403. */
const keeperOf = (scope: Scope, organizationId: string): HeldPost => {
  const post = keepingPosts(scope).find((held) => held.organizationId === organizationId);
  if (!post) throw forbidden('notYours');
  return post;
};

/** Sessions of the caller's bodies, from a month ago on. */
export const sessionsForDesk = (deps: Deps, who: Who): Promise<SessionRow[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const from = instantOfMs(deps.clock.now().getTime() - PAST_DAYS * DAY_MS);
    const rows: SessionRow[] = [];
    for (const row of await findOfBodies(scope.tx, bodiesOf(scope), from, LISTED)) {
      const bookings = await findOfSession(scope.tx, row.session_id);
      rows.push({
        session: presentSession(deps, row),
        booked: bookings.length,
        came: bookings.filter(({ state }) => state === 'came').length,
      });
    }
    return rows;
  });

/** Publishes hours under an id made by the client. Throws 403 for another body, 422 for hours that cannot be, 409 for an id in use. */
export const publishSession = (deps: Deps, who: Who, id: string, asked: NewSession): Promise<SessionView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { tx, actor } = scope;
    keeperOf(scope, asked.organizationId);
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
    const { organization_id, starts_at, called_off_because } = await sessionOf(scope.tx, id);
    keeperOf(scope, organization_id);
    if (!called_off_because) {
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
    keeperOf(scope, row.organization_id);
    const session = presentSession(deps, row);
    return { session, bookings: (await findOfSession(scope.tx, id)).map((one) => presentForDesk(deps, one, session)) };
  });

interface Kept {
  readonly booking: BookingRecord;
  readonly session: SessionRecord;
  readonly post: HeldPost;
}

/** A booking of a session the caller's body holds. Throws 404 for any other: nobody learns that it exists. */
const keptBooking = async (scope: Scope, id: string): Promise<Kept> => {
  const booking = await findBooking(scope.tx, id);
  const session = booking ? await sessionOf(scope.tx, booking.session_id) : undefined;
  const post = session ? keepingPosts(scope).find(({ organizationId }) => organizationId === session.organization_id) : undefined;
  if (!booking || !session || !post) throw notFound();
  return { booking, session, post };
};

/** What can be said of a talk only once its day has come, and of nothing that was taken back. */
const onTheDay = (deps: Deps, { booking, session }: Kept): void => {
  if (booking.state === 'cancelled' || booking.state === 'calledOff') throw conflict('bookingClosed');
  if (!isOnDay(session.starts_at.toISOString(), nowOf(deps))) throw conflict('sessionNotYet');
};

const listAfter = async (deps: Deps, scope: Scope, { session }: Kept): Promise<DeskSession> => {
  const view = presentSession(deps, session);
  return { session: view, bookings: (await findOfSession(scope.tx, session.session_id)).map((one) => presentForDesk(deps, one, view)) };
};

/** Who came and who did not: said for the talk, counted for nobody. */
export const markAttendance = (deps: Deps, who: Who, id: string, came: boolean): Promise<DeskSession> =>
  withScope(deps.pools.app, who, async (scope) => {
    const kept = await keptBooking(scope, id);
    onTheDay(deps, kept);
    await setState(scope.tx, id, came ? 'came' : 'absent', nowOf(deps));
    return listAfter(deps, scope, kept);
  });

/** What the office notes of a talk, for itself. */
export const noteTalk = (deps: Deps, who: Who, id: string, words: string): Promise<DeskSession> =>
  withScope(deps.pools.app, who, async (scope) => {
    const kept = await keptBooking(scope, id);
    onTheDay(deps, kept);
    if (words.includes('\u0000') || !words.isWellFormed()) throw invalid('badCharacters');
    const sealed = words.trim() ? deps.crypto.seal(words.trim(), bookingPlace(id, 'minutes')) : null;
    await setMinutes(scope.tx, id, sealed, nowOf(deps));
    return listAfter(deps, scope, kept);
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
  const { speaker, session } = await withScope(deps.pools.app, who, async (scope) => {
    const kept = await keptBooking(scope, id);
    onTheDay(deps, kept);
    if (kept.booking.case_id && kept.booking.case_id !== caseId) throw conflict('talkHasCase');
    const read = { id, purpose: PURPOSE[language], postId: kept.post.postId, accessId: accessIdOf(caseId), now: nowOf(deps) };
    const row = await readSpeaker(scope.tx, read);
    if (!row) throw notFound();
    return { speaker: openSpeaker(deps, id, row), session: kept.session };
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

/** What was held, month by month, as sums of the caller's bodies. */
export const months = (deps: Deps, who: Who): Promise<ReceptionMonth[]> =>
  withScope(deps.pools.app, who, (scope) =>
    countMonths(scope.tx, bodiesOf(scope), instantOfMs(deps.clock.now().getTime() - MONTHS * 31 * DAY_MS)),
  );
