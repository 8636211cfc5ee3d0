import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

/**
 * A time limit. `hour` runs through nights and holidays; `workingHour` counts a body's business hours; `workingDay` and `day` do not count
 * the day they start on; `month` ends on the corresponding day (Civil Code 200-204; shared facts: docs/standards in README).
 */
export const LimitUnit = Type.Enum(['hour', 'workingHour', 'workingDay', 'day', 'month']);
export const Limit = Type.Object({
  amount: Type.Integer({ minimum: 0, maximum: 10_000 }),
  unit: LimitUnit,
});
export type Limit = Static<typeof Limit>;

/**
 * One reminder of a clock's ladder, `offset` away from the due time (`before` it or `after` it), or from when the clock began (`since`): the twentieth of
 * thirty days stays the twentieth where the last one falls on a holiday and moves.
 */
export const Rung = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 40 }),
  when: Type.Enum(['before', 'at', 'after', 'since']),
  offset: Type.Optional(Limit),
  kind: Type.Enum(['dueSoon', 'overdue', 'escalate']),
  /** Who is told. Responsible persons escalate third, second, first. */
  tell: Type.Array(
    Type.Enum(['handler', 'leadBody', 'receivingBody', 'thirdResponsible', 'secondResponsible', 'firstResponsible', 'reporter']),
    { maxItems: 7 },
  ),
  /** A system action taken when the rung is reached, for example closing after the objection window. */
  action: Type.Optional(Type.String({ maxLength: 60 })),
});
export type Rung = Static<typeof Rung>;

/** Where a clock's limit comes from when it starts. */
export const LimitSource = Type.Union([
  Type.Object({ fixed: Limit }),
  /** The limit of the case's category at its pinned version; `otherwise` when it has none. */
  Type.Object({ category: Type.Literal(true), otherwise: Limit }),
  /** The end of another clock of the case: used where a step may not outlast the whole. */
]);
export type LimitSource = Static<typeof LimitSource>;

export const ClockDefinition = Type.Object({
  label: Label,
  limit: LimitSource,
  ladder: Type.Array(Rung, { maxItems: 12 }),
  /** Article the limit rests on, or 'local' where it is local data. */
  source: Type.String({ minLength: 1, maxLength: 200 }),
  /** The clock a resident sees; others are for staff. */
  shownToReporter: Type.Optional(Type.Boolean()),
});
export type ClockDefinition = Static<typeof ClockDefinition>;

/** An instant as ISO 8601 in UTC with milliseconds: `2026-09-30T13:40:00.000Z`. */
export type Instant = string;

/** A clock of a case. Times are instants; `dueAt` is never edited in place without the record saying why (events carry each change). */
export interface ClockState {
  readonly clock: string;
  readonly status: 'running' | 'paused' | 'stopped';
  readonly startedAt: Instant;
  readonly limit: Limit;
  /** A due time that was given (by the system an imported case comes from, by a target date that was set): counted on from in place of the start. */
  readonly given?: Instant;
  /** Extensions granted on top of the limit, in the order they were granted. */
  readonly extensions: readonly Limit[];
  readonly pauses: readonly { readonly from: Instant; readonly to?: Instant }[];
  /** Absent while paused. */
  readonly dueAt?: Instant;
  /** The calendar does not know every day up to the due time: shown and reminded, never marked overdue. */
  readonly provisional: boolean;
  readonly calendarVersion: string;
  readonly stoppedAt?: Instant;
  /** Rungs already told. */
  readonly told: readonly string[];
  /** Set when the clock ran past its due time. */
  readonly overdueSince?: Instant;
}
