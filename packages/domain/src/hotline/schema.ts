import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

/** Numbers that a caller in danger is passed on to before anything is written. */
export const EMERGENCY_NUMBERS = ['110', '119', '120', '122'] as const;

/**
 * How a call ended, as whoever had it says: about the call, never about the caller. `missed` and `left` are said by the system: nobody took it,
 * or it lay for half a day.
 */
export const CALL_RESULTS = [
  'filed',
  'answered',
  'added',
  'urged',
  'told',
  'passedOn',
  'silent',
  'unrelated',
  'reached',
  'unanswered',
  'refused',
] as const;
export const CallResult = Type.Enum([...CALL_RESULTS]);
export type CallResult = Static<typeof CallResult>;
const ShownResult = Type.Enum([...CALL_RESULTS, 'missed', 'left']);

/** What a call did to a case. */
export const CALL_DEEDS = ['filed', 'answered', 'added', 'urged', 'reopened', 'told', 'callBack'] as const;
export const CallDeed = Type.Enum([...CALL_DEEDS]);
export type CallDeed = Static<typeof CallDeed>;

/** What a caller may do to a case of theirs by word of mouth: an action of the procedure that is the reporter's, and the deed it is logged as. */
export const CALLER_ACTIONS = { addInformation: 'added', urge: 'urged', askToReopen: 'reopened' } as const satisfies Record<
  string,
  CallDeed
>;
export type CallerAction = keyof typeof CALLER_ACTIONS;

const Id = Type.String();
const Instant = Type.String();

/** A call as those see it who answer the telephone of its body, and, once it is over, those who work on a case it was about. */
export const CallView = Type.Object({
  id: Id,
  direction: Type.Enum(['in', 'out']),
  state: Type.Enum(['ringing', 'talking', 'ended', 'closed']),
  /** Only to whoever has it, while it is theirs. */
  number: Type.Optional(Type.String()),
  /** Whether a number came along: without one nothing is looked up by it. */
  hasNumber: Type.Boolean(),
  extension: Type.Optional(Type.String()),
  beganAt: Instant,
  answeredAt: Type.Optional(Instant),
  endedAt: Type.Optional(Instant),
  /** From the answer to the end. */
  seconds: Type.Optional(Type.Integer()),
  /** Who answered, as post and body. */
  by: Type.Optional(Label),
  mine: Type.Boolean(),
  result: Type.Optional(ShownResult),
  passedTo: Type.Optional(Type.String()),
});
export type CallView = Static<typeof CallView>;

/** What a call did to one case: a line of its telephone log. */
export const CaseCall = Type.Object({ ...CallView.properties, deeds: Type.Array(CallDeed) });
export type CaseCall = Static<typeof CaseCall>;

/** A telephone system that announces its calls. */
export const LineView = Type.Object({
  id: Id,
  organizationId: Id,
  name: Type.String(),
  madeAt: Instant,
  revokedAt: Type.Optional(Instant),
});
export type LineView = Static<typeof LineView>;

/** What a telephone system says of a call. */
export const CallNews = Type.Object(
  {
    call: Type.String({ minLength: 1, maxLength: 80 }),
    event: Type.Enum(['ringing', 'ended']),
    number: Type.Optional(Type.String({ maxLength: 40 })),
    extension: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { additionalProperties: false },
);
export type CallNews = Static<typeof CallNews>;
