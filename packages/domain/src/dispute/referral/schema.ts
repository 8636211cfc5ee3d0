import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';
import { DisputeKind } from '../kind/schema.ts';

/** Who passes quarrels on. A court says in which procedure: the days to mediate in hang on it. */
export const SENDERS = [
  'police',
  'courtBeforeFiling',
  'courtOrdinary',
  'courtSummary',
  'labour',
  'petition',
  'hotline',
  'gridVisit',
  'other',
] as const;
export type Sender = (typeof SENDERS)[number];

/** How a mediation may end, as it is reported back: the eight endings of 在线调解规则 (2022) 第二十五条, and nothing of what was said. */
export const RESULTS = ['agreed', 'reconciled', 'unreachable', 'unwilling', 'apart', 'expired', 'unsigned', 'other'] as const;
export type Result = (typeof RESULTS)[number];

export const REPORT_WAYS = ['telephone', 'written', 'system'] as const;

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });
const Side = Type.Object({ name: Words(80), phone: Type.Optional(Words(40)) }, { additionalProperties: false });

/** What the desk writes down of a transfer. `fileConsent`: the person agreed that the file goes along. */
export const Referral = Type.Object(
  {
    sender: Type.Enum([...SENDERS]),
    body: Type.Optional(Words(80)),
    number: Type.Optional(Words(60)),
    receivedOn: Day,
    dueOn: Type.Optional(Day),
    fileConsent: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type Referral = Static<typeof Referral>;

const told = {
  id: Uuid,
  kind: DisputeKind,
  areaId: Uuid,
  place: Type.Optional(Words(200)),
  facts: Words(5000),
};

/** POST /dispute-applications: a side's own application, by phone; or for somebody who agreed to it. */
export const Application = Type.Object(
  {
    ...told,
    wish: Type.Optional(Words(500)),
    applicant: Type.Object({ name: Words(80), phone: Words(40) }, { additionalProperties: false }),
    behalfOf: Type.Optional(
      Type.Object({ name: Words(80), phone: Type.Optional(Words(40)), consented: Type.Literal(true) }, { additionalProperties: false }),
    ),
    others: Type.Array(Side, { minItems: 1, maxItems: 8 }),
  },
  { additionalProperties: false },
);
export type Application = Static<typeof Application>;

/** With the code of the side that applied. */
export const ApplicationReceipt = Type.Object({ id: Uuid, number: Type.String(), queryCode: Type.String() });
export type ApplicationReceipt = Static<typeof ApplicationReceipt>;

/** POST /department/disputes: a body passes a quarrel on, with the consent of whoever it is about. */
export const SentDispute = Type.Object(
  {
    ...told,
    parties: Type.Array(Side, { minItems: 2, maxItems: 10 }),
    sender: Type.Enum([...SENDERS]),
    number: Type.Optional(Words(60)),
    dueOn: Type.Optional(Day),
    consented: Type.Literal(true),
  },
  { additionalProperties: false },
);
export type SentDispute = Static<typeof SentDispute>;

/** POST /cases/:id/mediation: the same out of a case of our own. */
export const CaseToMediation = Type.Object(
  { commandId: Uuid, ...told, parties: Type.Array(Side, { minItems: 2, maxItems: 10 }), consented: Type.Literal(true) },
  { additionalProperties: false },
);
export type CaseToMediation = Static<typeof CaseToMediation>;

/** What its sender may know: its own number, when it is due, and the result once it is reported. */
export const SentView = Type.Object({
  id: Uuid,
  number: Type.Optional(Type.String()),
  receivedOn: Day,
  dueOn: Day,
  result: Type.Optional(Type.Enum([...RESULTS])),
  reportedOn: Type.Optional(Day),
});
export type SentView = Static<typeof SentView>;

/** A referral whose result is owed, or was reported. */
export const ReferralRow = Type.Object({
  id: Uuid,
  number: Type.String(),
  stageLabel: Label,
  sender: Type.Enum([...SENDERS]),
  body: Type.Optional(Type.String()),
  senderNumber: Type.Optional(Type.String()),
  receivedOn: Day,
  dueOn: Day,
  /** What may be reported, the first being what the stage says; nothing while it goes on. */
  results: Type.Array(Type.Enum([...RESULTS])),
  result: Type.Optional(Type.Enum([...RESULTS])),
  reportedOn: Type.Optional(Day),
});
export type ReferralRow = Static<typeof ReferralRow>;

export const Report = Type.Object(
  { result: Type.Enum([...RESULTS]), how: Type.Enum([...REPORT_WAYS]), on: Day },
  { additionalProperties: false },
);
export type Report = Static<typeof Report>;

/** One tier up: what speaks for it, and a word to whoever takes over. */
export const SendingUp = Type.Object(
  {
    commandId: Uuid,
    to: Uuid,
    why: Type.Enum(['complex', 'manyParties', 'trade', 'failed']),
    note: Type.Optional(Words(1000)),
  },
  { additionalProperties: false },
);
export type SendingUp = Static<typeof SendingUp>;
