import { Receipt, Uuid } from '@tongxin/domain/case/view.ts';
import { MonthRelease } from '@tongxin/domain/publish/schema.ts';
import { KEEPERS } from '@tongxin/domain/reception/rules.ts';
import {
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
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import {
  adviceReleases,
  adviseOn,
  bookSlot,
  callOffSession,
  cancelBooking,
  changeBooking,
  comingSessions,
  dayList,
  declineTurn,
  forgetOwnAdvice,
  markAttendance,
  months,
  noteTalk,
  openTalkCase,
  ownAdvice,
  ownBookings,
  publishSession,
  readBooking,
  sessionsForDesk,
} from './service.ts';

const ById = Type.Object({ id: Uuid });
const closed = { additionalProperties: false } as const;
const own = { signedIn: true } as const;
/** Hours of an office and duty hours of a lawyer go through the same doors; which is whose the service says, and the database. */
const KEEPS = { anyOf: [KEEPERS.reception, KEEPERS.legal] } as const;
const OFFICE = { capability: KEEPERS.reception } as const;
const LAWYER = { capability: KEEPERS.legal } as const;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/reception/sessions',
    access: { public: 'when somebody receives is for everybody to know; who booked is not in it' },
    summary: 'Hours to come in which offices receive or lawyers advise, around an area or everywhere, with the slots that are free',
    schema: {
      query: Type.Object(
        {
          kind: Type.Optional(HoursKind),
          areaId: Type.Optional(Uuid),
          lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180, description: 'With lat: the nearest come first. It is not kept' })),
          lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
        },
        closed,
      ),
      response: Type.Object({ sessions: Type.Array(SessionView) }),
    },
    run: async ({ deps, who, query }) => ({ sessions: await comingSessions(deps, who, query) }),
  }),
  route({
    method: 'GET',
    path: '/me/bookings',
    access: own,
    summary: 'My bookings of reception hours; residents only',
    schema: { response: Type.Object({ bookings: Type.Array(OwnBooking) }) },
    run: async ({ deps, who }) => ({ bookings: await ownBookings(deps, who) }),
  }),
  route({
    method: 'PUT',
    path: '/me/bookings/:id',
    access: own,
    summary: 'Book one slot under an id of mine; the same again is the same booking',
    schema: { params: ById, body: NewBooking, response: OwnBooking },
    run: ({ deps, who, params, body }) => bookSlot(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/me/bookings/:id/change',
    access: own,
    summary: 'Another time, or other words, until two hours before',
    schema: { params: ById, body: BookingChange, response: OwnBooking },
    run: ({ deps, who, params, body }) => changeBooking(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/me/bookings/:id/cancel',
    access: own,
    summary: 'Take a booking back, until two hours before; again changes nothing',
    schema: { params: ById, response: OwnBooking },
    run: ({ deps, who, params }) => cancelBooking(deps, who, params.id),
  }),
  route({
    method: 'GET',
    path: '/reception/desk',
    access: KEEPS,
    summary: 'Sessions of the caller’s own bodies, from a month ago on',
    schema: { response: Type.Object({ sessions: Type.Array(SessionRow) }) },
    run: async ({ deps, who }) => ({ sessions: await sessionsForDesk(deps, who) }),
  }),
  route({
    method: 'PUT',
    path: '/reception/sessions/:id',
    access: KEEPS,
    summary: 'Publish hours in which a post of one’s own body receives; the same again changes nothing',
    schema: { params: ById, body: NewSession, response: SessionView },
    run: ({ deps, who, params, body }) => publishSession(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/reception/sessions/:id/call-off',
    access: KEEPS,
    summary: 'A session is not held: everybody who booked is told why, and of the next one',
    schema: {
      params: ById,
      body: Type.Object({ because: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
      response: SessionView,
    },
    run: ({ deps, who, params, body }) => callOffSession(deps, who, params.id, body.because),
  }),
  route({
    method: 'GET',
    path: '/reception/sessions/:id/bookings',
    access: KEEPS,
    summary: 'The list of one session by its turns: what about, and no names',
    schema: { params: ById, response: DeskSession },
    run: ({ deps, who, params }) => dayList(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/reception/bookings/:id/read',
    access: KEEPS,
    summary: 'Name and telephone of who booked, for a purpose; it stands in that person’s log',
    schema: {
      params: ById,
      body: Type.Object({ purpose: Type.String({ minLength: 2, maxLength: 200 }) }, closed),
      response: TalkRead,
    },
    run: ({ deps, who, params, body }) => readBooking(deps, who, params.id, body.purpose),
  }),
  route({
    method: 'POST',
    path: '/reception/bookings/:id/attendance',
    access: KEEPS,
    summary: 'Whether somebody came, from the day of the session on; nobody is counted for not coming',
    schema: { params: ById, body: Type.Object({ came: Type.Boolean() }, closed), response: DeskSession },
    run: ({ deps, who, params, body }) => markAttendance(deps, who, params.id, body.came),
  }),
  route({
    method: 'PUT',
    path: '/reception/bookings/:id/minutes',
    access: OFFICE,
    summary: 'What the office notes of a talk, for itself; empty takes it away',
    schema: { params: ById, body: Type.Object({ words: Type.String({ maxLength: 4000 }) }, closed), response: DeskSession },
    run: ({ deps, who, params, body }) => noteTalk(deps, who, params.id, body.words),
  }),
  route({
    method: 'POST',
    path: '/reception/bookings/:id/case',
    access: OFFICE,
    summary: 'What was said becomes a letter on the spot, with the speaker as its reporter; one for a talk',
    schema: { params: ById, body: NewTalkCase, response: Receipt },
    run: async ({ deps, who, params, body, language }) => answer(await openTalkCase(deps, who, params.id, body, language), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/reception/months',
    access: OFFICE,
    summary: 'What was held in each month, as sums of the caller’s own bodies',
    schema: { response: Type.Object({ months: Type.Array(ReceptionMonth) }) },
    run: async ({ deps, who }) => ({ months: await months(deps, who) }),
  }),
  route({
    method: 'PUT',
    path: '/reception/bookings/:id/advice',
    access: LAWYER,
    summary: 'What was advised, for its person alone; the lawyer who wrote it corrects it',
    schema: { params: ById, body: Type.Object({ words: Type.String({ minLength: 1, maxLength: 8000 }) }, closed), response: DeskSession },
    run: ({ deps, who, params, body }) => adviseOn(deps, who, params.id, body.words),
  }),
  route({
    method: 'POST',
    path: '/reception/bookings/:id/decline',
    access: LAWYER,
    summary: 'The lawyer cannot take a turn: its person is told so without a reason, and of another lawyer',
    schema: { params: ById, response: DeskSession },
    run: ({ deps, who, params }) => declineTurn(deps, who, params.id),
  }),
  route({
    method: 'GET',
    path: '/me/advice',
    access: own,
    summary: 'What lawyers wrote down for me; residents only',
    schema: { response: Type.Object({ advice: Type.Array(OwnAdvice) }) },
    run: async ({ deps, who }) => ({ advice: await ownAdvice(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/me/advice/:id/erase',
    access: own,
    summary: 'Has a record of advice erased, and with it that there was one',
    schema: { params: ById, response: Type.Object({ advice: Type.Array(OwnAdvice) }) },
    run: async ({ deps, who, params }) => ({ advice: await forgetOwnAdvice(deps, who, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/reception/releases',
    access: { public: 'figures made for everybody: no small one is told or follows from those told' },
    summary: 'How many were advised in law, by month and area, as everybody may know',
    schema: { response: Type.Object({ releases: Type.Array(MonthRelease) }) },
    run: async ({ deps, who }) => ({ releases: await adviceReleases(deps, who) }),
  }),
];
