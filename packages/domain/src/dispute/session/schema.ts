import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';

/** What is asked before anybody is brought together. A yes to one of danger stops it; a minor needs a guardian beside them. */
export const SAFETY_QUESTIONS = ['violence', 'fear', 'pressure', 'suicide', 'childHarmed', 'minor'] as const;
export type SafetyQuestion = (typeof SAFETY_QUESTIONS)[number];
/** Where a session on the net is held: by an address somebody gives, or in a room of the installation's own meeting server. */
export const MEETINGS = ['manual', 'template'] as const;
export type Meeting = (typeof MEETINGS)[number];

const Said = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Instant = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$' });

/** `why`: what makes it safe now, where a danger that was told is taken back. */
export const Screening = Type.Object(
  { yes: Type.Array(Type.Enum([...SAFETY_QUESTIONS]), { maxItems: 6 }), why: Type.Optional(Said(500)) },
  { additionalProperties: false },
);
export type Screening = Static<typeof Screening>;

/** A time that is proposed, for all sides or for one alone; in a room, or by a link that somebody gives. */
export const NewDisputeSession = Type.Object(
  {
    id: Uuid,
    /** One side alone; absent: all together. */
    aloneWith: Type.Optional(Uuid),
    startsAt: Instant,
    minutes: Type.Integer({ minimum: 15, maximum: 480 }),
    roomId: Type.Optional(Uuid),
    /** Of a room on the net, as whoever keeps it gave it. */
    link: Type.Optional(Type.String({ minLength: 10, maxLength: 500, pattern: '^https://' })),
    /** On the installation's own meeting server. */
    online: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);
export type NewDisputeSession = Static<typeof NewDisputeSession>;

export const SESSION_RESULTS = ['agreed', 'goesOn', 'failed'] as const;
/** What took place: who came, what all heard, and whether it may be recorded. */
export const HeldSession = Type.Object(
  {
    attended: Type.Array(Uuid, { minItems: 1, maxItems: 10 }),
    guardian: Type.Boolean(),
    /** Sound or picture is taken only when all who came agreed to it. */
    recorded: Type.Boolean(),
    recordingAgreedBy: Type.Array(Uuid, { maxItems: 10 }),
    record: Said(5000),
    result: Type.Enum([...SESSION_RESULTS]),
  },
  { additionalProperties: false },
);
export type HeldSession = Static<typeof HeldSession>;
export const SessionNote = Type.Object({ id: Uuid, words: Said(5000) }, { additionalProperties: false });
export const SessionAnswer = Type.Object({ partyId: Uuid, accepts: Type.Boolean() }, { additionalProperties: false });
export const OwnSessionAnswer = Type.Object({ accepts: Type.Boolean() }, { additionalProperties: false });
export const NewRoom = Type.Object({ id: Uuid, name: Said(60) }, { additionalProperties: false });

const Session = Type.Object({
  id: Uuid,
  aloneWith: Type.Optional(Uuid),
  startsAt: Type.String(),
  endsAt: Type.String(),
  state: Type.Enum(['proposed', 'fixed', 'held', 'cancelled']),
  room: Type.Optional(Type.String()),
  online: Type.Boolean(),
  /** While it is to come or goes on; to a side once the time is fixed. */
  link: Type.Optional(Type.String()),
  accepted: Type.Array(Uuid),
  declined: Type.Array(Uuid),
  attended: Type.Array(Uuid),
  record: Type.Optional(Type.String()),
  result: Type.Optional(Type.Enum([...SESSION_RESULTS])),
  /** Of a separate talk: for whoever mediates alone. */
  notes: Type.Array(Type.Object({ words: Type.String(), at: Type.String() })),
});
export type DisputeSession = Static<typeof Session>;

export const SessionsView = Type.Object({
  caseId: Uuid,
  sides: Type.Array(Type.Object({ partyId: Uuid, label: Label })),
  me: Type.Optional(Uuid),
  everybodyAgreed: Type.Boolean(),
  /** Absent: nobody has asked yet. */
  screening: Type.Optional(Type.Array(Type.Enum([...SAFETY_QUESTIONS]))),
  /** Whom to turn to, when an answer speaks of danger. */
  refer: Type.Array(Type.Object({ label: Label, telephone: Type.String() })),
  meetings: Type.Array(Type.Enum([...MEETINGS])),
  sessions: Type.Array(Session),
  rooms: Type.Array(Type.Object({ id: Uuid, name: Type.String() })),
});
export type SessionsView = Static<typeof SessionsView>;
