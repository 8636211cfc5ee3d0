import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });
const Name = Type.Object({ name: Words(60) }, { additionalProperties: false });

/** `calledOff`: the office could not hold the session. Nobody is counted for not having come. */
export const BOOKING_STATES = ['booked', 'cancelled', 'calledOff', 'came', 'absent'] as const;
export const BookingState = Type.Enum([...BOOKING_STATES]);
export type BookingState = Static<typeof BookingState>;

/** What somebody needs in order to be heard: 手语、方言、轮椅、听力、代读. */
export const NEEDS = ['signLanguage', 'dialect', 'wheelchair', 'hearing', 'reader'] as const;
export const Need = Type.Enum([...NEEDS]);
export type Need = Static<typeof Need>;

/** 接待日 of an office, or duty hours of a lawyer (法律咨询): those are the lawyer's own, and what is said in them stays between two people. */
export const HOURS_KINDS = ['reception', 'legal'] as const;
export const HoursKind = Type.Enum([...HOURS_KINDS]);
export type HoursKind = Static<typeof HoursKind>;
/** How one is heard: at a place, by telephone or by video. */
export const WAYS = ['place', 'phone', 'video'] as const;
export const Way = Type.Enum([...WAYS]);
export type Way = Static<typeof Way>;

/** PUT /reception/sessions/{id}: hours in which a post receives, cut into slots. The id is the client's. */
export const NewSession = Type.Object(
  {
    organizationId: Uuid,
    /** Who receives, as a post of that body: never a person's name. */
    postId: Uuid,
    /** Absent: of an office. */
    kind: Type.Optional(HoursKind),
    /** Absent: at a place. */
    way: Type.Optional(Way),
    /** Where, or how the telephone or the video comes about. */
    place: Words(120),
    startsAt: Type.String({ minLength: 16, maxLength: 40 }),
    endsAt: Type.String({ minLength: 16, maxLength: 40 }),
    minutes: Type.Integer({ minimum: 5, maximum: 120 }),
    slots: Type.Integer({ minimum: 1, maximum: 60 }),
    /** What may be brought there; absent: anything. */
    matters: Type.Optional(Words(200)),
  },
  { additionalProperties: false },
);
export type NewSession = Static<typeof NewSession>;

/** A session as anybody reads it: which slots are free, and nothing of those who took the others. */
export const SessionView = Type.Object({
  id: Uuid,
  kind: HoursKind,
  way: Way,
  organizationId: Uuid,
  organizationLabel: Label,
  postId: Uuid,
  /** Where it is for: the area of the office, of a lawyer that of the post (社区、小区). */
  areaId: Type.Optional(Uuid),
  areaLabel: Type.Optional(Label),
  postLabel: Label,
  place: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  minutes: Type.Integer(),
  slots: Type.Integer(),
  matters: Type.Optional(Type.String()),
  /** Numbers nobody has taken, from 1. */
  free: Type.Array(Type.Integer()),
  /** Until when it can be booked, changed and cancelled. */
  closesAt: Instant,
  /** Why it is not held. */
  calledOff: Type.Optional(Type.String()),
});
export type SessionView = Static<typeof SessionView>;

const wanted = {
  sessionId: Uuid,
  /** Absent: the first that is free. */
  slot: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  purpose: Words(300),
  needs: Type.Array(Need, { maxItems: NEEDS.length, uniqueItems: true }),
  companions: Type.Integer({ minimum: 0, maximum: 4 }),
} as const;

/** PUT /me/bookings/{id}. No more than five come for one matter (信访工作条例). */
export const NewBooking = Type.Object(
  {
    ...wanted,
    name: Words(60),
    /** Booked for somebody else, who agrees. */
    behalfOf: Type.Optional(Name),
    /** Of duty hours: a telephone of the other side, so that one lawyer does not advise both. It is not kept: a digest for this lawyer alone is. */
    otherPhone: Type.Optional(Words(40)),
  },
  { additionalProperties: false },
);
export type NewBooking = Static<typeof NewBooking>;

/** POST /me/bookings/{id}/change: another time, or other words; the same again changes nothing. */
export const BookingChange = Type.Object(wanted, { additionalProperties: false });
export type BookingChange = Static<typeof BookingChange>;

const booking = {
  id: Uuid,
  slot: Type.Integer(),
  /** When it is one's turn. */
  at: Instant,
  state: BookingState,
  purpose: Type.String(),
  needs: Type.Array(Need),
  companions: Type.Integer(),
} as const;

export const OwnBooking = Type.Object({
  ...booking,
  session: SessionView,
  behalfOf: Type.Optional(Type.String()),
  mayChange: Type.Boolean(),
  /** Of what the office called off: the next session of the same body with a free slot. */
  next: Type.Optional(Type.Object({ id: Uuid, startsAt: Instant })),
});
export type OwnBooking = Static<typeof OwnBooking>;

/** A booking as its office sees it: what about; who only for a purpose. */
export const DeskBooking = Type.Object({
  ...booking,
  onBehalf: Type.Boolean(),
  /** The lawyer has advised the other side: nothing of this booking is shown, and it has to be declined. */
  conflict: Type.Optional(Type.Literal(true)),
  /** What its lawyer wrote down for the person. */
  advice: Type.Optional(Type.String()),
  minutes: Type.Optional(Type.String()),
  caseId: Type.Optional(Uuid),
});
export type DeskBooking = Static<typeof DeskBooking>;

export const DeskSession = Type.Object({
  session: SessionView,
  bookings: Type.Array(DeskBooking),
});
export type DeskSession = Static<typeof DeskSession>;

/** A session in the office's list: how many, and nothing of whom. `own`: whether the reader may open its list. */
export const SessionRow = Type.Object({ session: SessionView, own: Type.Boolean(), booked: Type.Integer(), came: Type.Integer() });
export type SessionRow = Static<typeof SessionRow>;

/** What was held in a month, as sums of a body. */
export const ReceptionMonth = Type.Object({
  month: Type.String(),
  organizationId: Uuid,
  sessions: Type.Integer(),
  slots: Type.Integer(),
  booked: Type.Integer(),
  came: Type.Integer(),
  cases: Type.Integer(),
});
export type ReceptionMonth = Static<typeof ReceptionMonth>;

/** POST /reception/bookings/{id}/case: what was said becomes a letter, on the spot; the id is the client's. */
export const NewTalkCase = Type.Object(
  { caseId: Uuid, text: Type.String({ minLength: 1, maxLength: 9000 }), protected: Type.Boolean() },
  { additionalProperties: false },
);
export type NewTalkCase = Static<typeof NewTalkCase>;

export const TalkRead = Type.Object({
  name: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  behalfOf: Type.Optional(Type.String()),
});
export type TalkRead = Static<typeof TalkRead>;

/** A record of advice, as its person has it: nobody but the lawyer who wrote it reads it besides. */
export const OwnAdvice = Type.Object({
  /** The booking it came of. */
  id: Uuid,
  at: Instant,
  organizationLabel: Label,
  postLabel: Label,
  words: Type.String(),
});
export type OwnAdvice = Static<typeof OwnAdvice>;
