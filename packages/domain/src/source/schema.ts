import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { DisputeKind } from '../dispute/schema.ts';
import { Label } from '../label/schema.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
const closed = { additionalProperties: false } as const;

export const AskedMonths = Type.Object({ from: Month, to: Month }, closed);

/** GET /sources/causes: where disputes come from, by place, trade and season. Exact, for the office that counts by law and for nobody else. */
export const Causes = Type.Object({
  from: Month,
  to: Month,
  total: Type.Integer(),
  places: Type.Array(Type.Object({ areaId: Uuid, label: Label, cases: Type.Integer(), kinds: Type.Record(Type.String(), Type.Integer()) })),
  kinds: Type.Array(Type.Object({ kind: DisputeKind, cases: Type.Integer() })),
  months: Type.Array(Type.Object({ month: Month, cases: Type.Integer() })),
});
export type Causes = Static<typeof Causes>;

/** PUT /sources/measures/{id}: what was tried, where, against which trade of disputes, from which day, by whom. There is no field for a target. */
export const NewMeasure = Type.Object(
  {
    areaId: Uuid,
    /** Absent: all of them. */
    kind: Type.Optional(DisputeKind),
    what: Type.String({ minLength: 1, maxLength: 300 }),
    organizationId: Uuid,
    from: Day,
  },
  closed,
);
export type NewMeasure = Static<typeof NewMeasure>;

/** Two counts of as many days, after against before, and what chance alone leaves open: 95 of 100 such intervals hold the true ratio. */
export const Compared = Type.Object({
  before: Type.Integer(),
  after: Type.Integer(),
  /** Absent where there was nothing before. */
  ratio: Type.Optional(Type.Number()),
  low: Type.Number(),
  /** Absent: no upper bound. */
  high: Type.Optional(Type.Number()),
});
export type Compared = Static<typeof Compared>;

/** `noBefore`: too little was recorded before it began to compare with. */
export const Verdict = Type.Enum(['fewer', 'more', 'unclear', 'tooEarly', 'noBefore']);
export type Verdict = Static<typeof Verdict>;

export const MeasureView = Type.Object({
  id: Uuid,
  areaLabel: Label,
  kind: Type.Optional(DisputeKind),
  what: Type.String(),
  organizationLabel: Label,
  from: Day,
  verdict: Verdict,
  /** Length of each of the two spans. */
  days: Type.Integer(),
  here: Type.Optional(Compared),
  /** The rest of the reader’s area in the same spans. */
  elsewhere: Type.Optional(Compared),
  /** The same place in the same spans a year before, where all of it was recorded. */
  yearBefore: Type.Optional(Compared),
});
export type MeasureView = Static<typeof MeasureView>;
