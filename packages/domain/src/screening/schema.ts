import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { DisputeKind } from '../dispute/schema.ts';
import { Label } from '../label/schema.ts';

/** 一月一排查: how sharp a matter is, by what was seen of it. */
export const DEGREES = ['low', 'middle', 'high'] as const;
export const Degree = Type.Enum([...DEGREES]);
export type Degree = Static<typeof Degree>;

/** What was done about it by the day of the report. */
export const STEPS = ['watching', 'talking', 'mediating', 'passedOn', 'settled'] as const;
export const Step = Type.Enum([...STEPS]);
export type Step = Static<typeof Step>;

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });
const closed = { additionalProperties: false } as const;

const found = {
  kind: DisputeKind,
  /** The area it was found in, as near as it is known. */
  areaId: Uuid,
  /** Where: a place people know, not a door. */
  place: Words(80),
  /** What about, in a line; nobody's name or number. */
  matter: Words(200),
  degree: Degree,
  step: Step,
} as const;

/** A matter and its place. There is no field for a person, and words that name one are refused. */
export const FoundItem = Type.Object(
  {
    ...found,
    /** The dispute that was opened for it, where the reporter sees that dispute. */
    caseId: Type.Optional(Uuid),
    /** Of a report that takes the place of another: which of its items, from 1, this one goes on. What its reporter does not see of it is kept. */
    goesOn: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  closed,
);
export type FoundItem = Static<typeof FoundItem>;

/** PUT /screening/reports/{id}: the whole report of a month; no items is a zero report. Sent again under the same id it changes nothing. */
export const NewReport = Type.Object(
  {
    organizationId: Uuid,
    month: Month,
    /** The report it takes the place of, 0 for the first. */
    version: Type.Integer({ minimum: 0 }),
    items: Type.Array(FoundItem, { maxItems: 100 }),
  },
  closed,
);
export type NewReport = Static<typeof NewReport>;

export const ReportStates = ['waiting', 'missing', 'none', 'found'] as const;
/** Not due yet; due and not there; a zero report; matters were found. */
export const ReportState = Type.Enum([...ReportStates]);
export type ReportState = Static<typeof ReportState>;

const month = {
  month: Month,
  dueOn: Day,
  state: ReportState,
  /** The first report came after its day. Late is late; nobody is scored for it. */
  late: Type.Boolean(),
  version: Type.Integer(),
} as const;
export const ItemView = Type.Object({ ...found, areaLabel: Type.Optional(Label), caseId: Type.Optional(Uuid) });
export type ItemView = Static<typeof ItemView>;

export const OwnMonth = Type.Object({ ...month, items: Type.Array(ItemView) });
export type OwnMonth = Static<typeof OwnMonth>;

/** GET /screening/own: units of the caller's bodies, their latest months first. */
export const OwnUnit = Type.Object({
  organizationId: Uuid,
  label: Label,
  areaId: Uuid,
  dueDay: Type.Integer(),
  months: Type.Array(OwnMonth),
});
export type OwnUnit = Static<typeof OwnUnit>;

/** GET /screening/overview?month=: units below whoever looks after them, and what they found. */
export const Overview = Type.Object({
  month: Month,
  /** From the top down; those without a unit too. */
  areas: Type.Array(Type.Object({ id: Uuid, label: Label, kind: Type.String(), parentId: Type.Optional(Uuid) })),
  units: Type.Array(
    Type.Object({
      ...month,
      organizationId: Uuid,
      label: Label,
      areaId: Uuid,
      dueDay: Type.Integer(),
      since: Month,
      until: Type.Optional(Month),
      found: Type.Integer(),
    }),
  ),
  items: Type.Array(Type.Object({ organizationId: Uuid, ...ItemView.properties })),
});
export type Overview = Static<typeof Overview>;

export const AskedMonth = Type.Object({ month: Month }, closed);

/** POST /screening/units/{id}: a body owes a report from a month on, up to and without another. */
export const UnitChange = Type.Object(
  {
    commandId: Uuid,
    since: Month,
    until: Type.Optional(Month),
    dueDay: Type.Integer({ minimum: 1, maximum: 28 }),
  },
  closed,
);
export type UnitChange = Static<typeof UnitChange>;
