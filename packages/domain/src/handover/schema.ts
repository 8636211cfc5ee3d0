import { type Static, Type } from 'typebox';
import { Light, Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });

/** A time on duty as the roster has it. */
export const DutyShift = Type.Object({
  startsAt: Instant,
  endsAt: Instant,
  kind: Type.Enum(['day', 'night', 'holiday']),
  postLabel: Type.Optional(Label),
});
export type DutyShift = Static<typeof DutyShift>;

/** One open case on a sheet, as it stood then; its words are read from the case itself, under the reader's scope. */
export const HandoverCase = Type.Object({
  id: Uuid,
  number: Type.String(),
  /** Absent: the case is out of this reader's sight by now. */
  title: Type.Optional(Type.String()),
  stageLabel: Label,
  /** The stage now, where it is another. */
  nowLabel: Type.Optional(Label),
  light: Light,
  dueAt: Type.Optional(Instant),
  /** Due before the next shift ends. */
  dueNext: Type.Boolean(),
  /** The last internal note of the shift that ends. */
  note: Type.Optional(Type.String()),
});
export type HandoverCase = Static<typeof HandoverCase>;

/** What a sheet would hold if it were handed over now. */
export const HandoverDraft = Type.Object({
  organizationId: Uuid,
  organizationLabel: Label,
  shift: Type.Optional(DutyShift),
  next: Type.Optional(DutyShift),
  /** Until when the next shift's work is looked at: its end, or a day from now where the roster has none. */
  until: Instant,
  cases: Type.Array(HandoverCase),
  more: Type.Boolean(),
});
export type HandoverDraft = Static<typeof HandoverDraft>;

export const HandoverRow = Type.Object({
  id: Uuid,
  organizationId: Uuid,
  leftAt: Instant,
  leftBy: Type.Optional(Label),
  cases: Type.Integer(),
  dueNext: Type.Integer(),
  receivedAt: Type.Optional(Instant),
  receivedBy: Type.Optional(Label),
  /** Whether this reader may receive it. */
  mayReceive: Type.Boolean(),
});
export type HandoverRow = Static<typeof HandoverRow>;

/** 交接班记录: kept as it was handed over. */
export const Handover = Type.Object({
  ...HandoverRow.properties,
  organizationLabel: Label,
  shift: Type.Optional(DutyShift),
  next: Type.Optional(DutyShift),
  until: Instant,
  words: Type.Optional(Type.String()),
  receivedWords: Type.Optional(Type.String()),
  list: Type.Array(HandoverCase),
  more: Type.Boolean(),
});
export type Handover = Static<typeof Handover>;

/** POST /api/v1/handovers */
export const NewHandover = Type.Object(
  { id: Uuid, organizationId: Uuid, words: Type.Optional(Type.String({ maxLength: 5000 })) },
  { additionalProperties: false },
);
export type NewHandover = Static<typeof NewHandover>;
