import { type Static, Type } from 'typebox';
import { ClockDefinition, Limit, LimitUnit } from '../clock/schema.ts';
import { Label } from '../label/schema.ts';

const Id = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}$' });
const FactValue = Type.Union([Type.Boolean(), Type.String({ maxLength: 60 })]);
export type FactValue = Static<typeof FactValue>;

/** A condition over declared facts; finite, so that the checker can enumerate it. */
export type Guard = { fact: string; is: FactValue | FactValue[] } | { all: Guard[] } | { any: Guard[] } | { not: Guard };
export const Guard = Type.Cyclic(
  {
    Guard: Type.Union([
      Type.Object({ fact: Id, is: Type.Union([FactValue, Type.Array(FactValue, { minItems: 1 })]) }),
      Type.Object({ all: Type.Array(Type.Ref('Guard')) }),
      Type.Object({ any: Type.Array(Type.Ref('Guard')) }),
      Type.Object({ not: Type.Ref('Guard') }),
    ]),
  },
  'Guard',
);

/** Kinds of reader; what each may see is declared on fields and actions and applied by the server's presenter. */
export const ReaderKind = Type.Enum(['staff', 'reporter', 'respondent', 'party']);
export type ReaderKind = Static<typeof ReaderKind>;

/** How an actor stands to a case. Bodies are organizations; `area` means a post in one of the case's areas; `service` is the system itself. */
export const Relation = Type.Enum(['area', 'receivingBody', 'leadBody', 'supportingBody', 'reporter', 'respondent', 'party', 'service']);
export type Relation = Static<typeof Relation>;

/** One field of an action's form. `content` fields are words and live encrypted and erasable; the rest are codes and stay in the header. */
export const Field = Type.Object({
  id: Id,
  label: Label,
  hint: Type.Optional(Label),
  type: Type.Enum([
    'text',
    'longText',
    'choice',
    'boolean',
    'date',
    'instant',
    'integer',
    'limit',
    'organization',
    'person',
    'case',
    'category',
  ]),
  required: Type.Boolean(),
  content: Type.Boolean(),
  maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000 })),
  minimum: Type.Optional(Type.Integer()),
  maximum: Type.Optional(Type.Integer()),
  /** Of an organization: any but the one that leads now; who is asked to look again is not who looked before. */
  notLead: Type.Optional(Type.Literal(true)),
  /** Of a choice. `refuses` marks the choice that refuses what was asked: the action then needs an appeal like any refusal. */
  options: Type.Optional(
    Type.Array(Type.Object({ value: Type.String({ maxLength: 60 }), label: Label, refuses: Type.Optional(Type.Literal(true)) }), {
      maxItems: 60,
    }),
  ),
  /** Of a limit: the units allowed; `maximum` then bounds the amount. */
  units: Type.Optional(Type.Array(LimitUnit, { minItems: 1 })),
  /** Readers besides staff who see the answer. */
  seenBy: Type.Optional(Type.Array(ReaderKind)),
});
export type Field = Static<typeof Field>;

/** What an action does to the case besides moving it: whose work it becomes. */
export const Assign = Type.Object({
  leadOrganization: Type.Optional(Type.Union([Type.Object({ input: Id }), Type.Literal('actor'), Type.Literal('none')])),
  handler: Type.Optional(Type.Union([Type.Object({ input: Id }), Type.Literal('actor'), Type.Literal('none')])),
  /** Somebody who works beside the handler, or no longer does; or nobody any more. */
  beside: Type.Optional(Type.Union([Type.Object({ add: Id }), Type.Object({ remove: Id }), Type.Literal('none')])),
  respondentOrganization: Type.Optional(Type.Object({ input: Id })),
  mainCase: Type.Optional(Type.Union([Type.Object({ input: Id }), Type.Literal('none')])),
  category: Type.Optional(Type.Object({ input: Id })),
});
export type Assign = Static<typeof Assign>;

/**
 * What an action is in law. `handle` does the work; `verify` checks it; `decide` grants, refuses or designates; `close` ends; `refuse` is a
 * refusal and needs an appeal; `party` is one of the listed acts of a party; `progress` is none of these.
 */
export const Duty = Type.Enum(['progress', 'handle', 'verify', 'decide', 'refuse', 'close', 'party']);
export type Duty = Static<typeof Duty>;

/** The acts a respondent may take in its own matter (R5). */
export const PartyAct = Type.Enum(['consent', 'reply', 'rectify', 'evidence', 'choose', 'sign', 'rate', 'withdraw', 'appeal', 'ask']);
export type PartyAct = Static<typeof PartyAct>;

export const Action = Type.Object({
  label: Label,
  /** What the reporter is told in the timeline; absent: the reporter does not see this step. */
  told: Type.Optional(Label),
  /** Between the office and this one reporter: reporters of cases merged into this one are not told of it. */
  personal: Type.Optional(Type.Boolean()),
  from: Type.Array(Id, { minItems: 1 }),
  /** Target stage; `same` stays. */
  to: Type.Union([Id, Type.Literal('same')]),
  duty: Duty,
  partyAct: Type.Optional(PartyAct),
  /** Alternatives: a post with the capability that stands in the relation, or a bare relation for people without posts. */
  by: Type.Array(Type.Object({ capability: Type.Optional(Type.String({ maxLength: 60 })), relation: Relation }), { minItems: 1 }),
  /** Nobody who performed one of these duties on this case may take the action (who handles does not verify). */
  notBy: Type.Optional(Type.Array(Duty)),
  guard: Type.Optional(Guard),
  set: Type.Optional(Type.Record(Id, Type.Union([FactValue, Type.Object({ input: Id }), Type.Object({ next: Type.Literal(true) })]))),
  assign: Type.Optional(Assign),
  form: Type.Optional(Type.Array(Field, { maxItems: 40 })),
  evidence: Type.Optional(
    Type.Object({ min: Type.Integer({ minimum: 0, maximum: 20 }), kinds: Type.Array(Type.Enum(['photo', 'document', 'sound'])) }),
  ),
  clocks: Type.Optional(
    Type.Object({
      /**
       * Runs from now; from the date of a `date` field where the law counts from a day that may lie before its entry (date of service); or
       * until the end of a date that is set (a target date), in place of the limit.
       */
      start: Type.Optional(
        Type.Array(
          Type.Union([
            Id,
            Type.Object({ clock: Id, from: Type.Object({ input: Id }) }),
            Type.Object({ clock: Id, until: Type.Object({ input: Id }) }),
          ]),
        ),
      ),
      stop: Type.Optional(Type.Array(Id)),
      pause: Type.Optional(Type.Array(Id)),
      resume: Type.Optional(Type.Array(Id)),
      extend: Type.Optional(Type.Array(Type.Object({ clock: Id, by: Type.Union([Limit, Type.Object({ input: Id })]) }))),
    }),
  ),
  /** Of a refusal: the action by which it can be appealed, or the article that makes it final. */
  appeal: Type.Optional(Type.Union([Type.Object({ action: Id }), Type.Object({ final: Type.String({ minLength: 2, maxLength: 200 }) })])),
  /** Offered first on screen. */
  primary: Type.Optional(Type.Boolean()),
  /** The module that takes it, after checks that facts cannot hold (every party agreed, nobody is kin); the general way refuses it. */
  door: Type.Optional(Id),
});
export type Action = Static<typeof Action>;

/** Why a case ended, as far as feedback is concerned. Only `answered` ends count as feedback given. */
export const EndReason = Type.Enum([
  'answered',
  'withdrawn',
  'anonymous',
  'merged',
  'forTheRecord',
  'settledOnSpot',
  'declined',
  'lawfulEnd',
]);
export type EndReason = Static<typeof EndReason>;

export const Stage = Type.Object({
  label: Label,
  /** What the reporter reads. */
  told: Label,
  end: Type.Optional(EndReason),
  /** What readers who are not staff are told it is: another end of the same reason. Which end it was would tell on whoever asked for it. */
  shownAs: Type.Optional(Id),
  /** Joint tasks may be opened here. */
  tasks: Type.Optional(Type.Boolean()),
  /** Whose queue it stands in. */
  owner: Type.Optional(Relation),
});
export type Stage = Static<typeof Stage>;

export const Procedure = Type.Object({
  id: Id,
  version: Type.Integer({ minimum: 1 }),
  extends: Type.Optional(Type.Object({ id: Id, version: Type.Integer({ minimum: 1 }) })),
  title: Label,
  /** Prefix of staff numbers: `GD2026-000123`. */
  numberPrefix: Type.String({ pattern: '^[A-Z]{1,6}$' }),
  /** Area scope shows nothing; only parties, bodies and named posts see it. */
  confidential: Type.Boolean(),
  /**
   * Not even its bodies see it, only its people: parties, whoever has it in hand, and the head of the body that received it or leads it
   * (`case.confided`). It stands in no list, count, search, map or wall, and no consumer of the feed hears of it unless it says so. Also confidential.
   */
  confided: Type.Optional(Type.Literal(true)),
  /** Its module files its cases itself: the general door refuses them. */
  ownDoor: Type.Optional(Type.Literal(true)),
  /** Capability of the body that receives its cases: the nearest such body of the place, or the hotline. */
  receivedBy: Type.String({ maxLength: 60 }),
  /** Law or standard it follows. */
  source: Type.String({ minLength: 1, maxLength: 400 }),
  start: Id,
  facts: Type.Record(Id, Type.Array(FactValue, { minItems: 2, maxItems: 12 })),
  /** Value of each fact at filing; `{filing}` takes it from what was filed. */
  initial: Type.Record(Id, Type.Union([FactValue, Type.Object({ filing: Id })])),
  /** Clocks that start when the case is filed. */
  startClocks: Type.Array(Id),
  stages: Type.Record(Id, Stage),
  actions: Type.Record(Id, Action),
  clocks: Type.Record(Id, ClockDefinition),
  /** Two clocks light the list: the resident's overall limit and the handler's. */
  lights: Type.Object({ overall: Id, handling: Type.Optional(Id) }),
});
export type Procedure = Static<typeof Procedure>;

/** Types for a built-in definition; the value itself is plain data. */
export const defineProcedure = (definition: Procedure): Procedure => definition;

/** Facts every procedure declares: the engine and the soundness rules read them. */
export const STANDARD_FACTS = {
  /** Someone who can be told the answer. */
  reporterReachable: [true, false],
  /** The reporter has been given the answer since the case was last opened. */
  answered: [false, true],
  /** Joint tasks are still open; kept by the engine. */
  tasksOpen: [false, true],
} as const;
