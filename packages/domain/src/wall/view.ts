import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** Steps counted by the hour, and what reporters said of the answer. */
export const FLOW_STEPS = ['received', 'dispatched', 'resolved', 'closed'] as const;
export type FlowStep = (typeof FLOW_STEPS)[number];
export const RATINGS = ['satisfied', 'basicallySatisfied', 'dissatisfied'] as const;
export type Rating = (typeof RATINGS)[number];

/** A number on a screen that everybody passes by: what is fewer than five is not told exactly, unless it is none at all. */
export const Coarse = Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('few')]);
export type Coarse = Static<typeof Coarse>;

const Step = Type.Object({
  step: Type.Enum([...FLOW_STEPS]),
  today: Type.Integer(),
  /** Today by hour of the day, 0 to 23. */
  byHour: Type.Array(Type.Integer(), { minItems: 24, maxItems: 24 }),
  /** Until the last full hour: today, and the median of the same weekdays before. Absent where too few of those are known. */
  usual: Type.Optional(Type.Object({ today: Type.Integer(), median: Type.Number() })),
});

/** Figures of an area for a screen in a hall. Nothing in it is about one case or one person. */
export const WallView = Type.Object({
  area: Type.Object({ id: Type.String(), label: Label, kind: Type.String() }),
  /** The server's time, and until when everything that happened is in the figures. */
  at: Type.String(),
  asOf: Type.String(),
  /** Events not counted yet. */
  behind: Type.Integer(),
  flow: Type.Object({
    day: Type.String(),
    /** Full hours of the day that are over. */
    hours: Type.Integer({ minimum: 0, maximum: 24 }),
    /** How many of the eight same weekdays before are known. */
    weekdays: Type.Integer({ minimum: 0, maximum: 8 }),
    steps: Type.Array(Step),
    /** Median of what those weekdays received, by hour. */
    usualByHour: Type.Optional(Type.Array(Type.Number(), { minItems: 24, maxItems: 24 })),
  }),
  /** Open cases by the resident's overall limit. */
  lights: Type.Object({ onTime: Type.Integer(), dueSoon: Type.Integer(), overdue: Type.Integer(), other: Type.Integer() }),
  /** Categories of which more came in the last seven days than usual in seven, the steepest first. */
  rising: Type.Array(Type.Object({ id: Type.String(), label: Label, n: Type.Integer(), usual: Type.Number() })),
  /** Bodies whose oldest open case waits longest. */
  waiting: Type.Array(Type.Object({ id: Type.String(), label: Label, open: Coarse, days: Type.Integer() })),
  /** Answers given in the last thirty days; the rate only where there are enough of them. */
  satisfaction: Type.Object({
    satisfied: Type.Integer(),
    basicallySatisfied: Type.Integer(),
    dissatisfied: Type.Integer(),
    days: Type.Integer(),
    rate: Type.Optional(Type.Number()),
  }),
  /** Areas directly below, in code order. */
  places: Type.Array(Type.Object({ id: Type.String(), label: Label, open: Coarse, overdue: Coarse })),
});
export type WallView = Static<typeof WallView>;

/** Shapes of the areas directly below, for drawing: GeoJSON geometries in WGS-84. */
export const WallMap = Type.Object({
  areas: Type.Array(Type.Object({ id: Type.String(), label: Label, geometry: Type.Unknown() })),
});
export type WallMap = Static<typeof WallMap>;

export const DisplayView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  areaId: Type.String(),
  area: Label,
  madeAt: Type.String(),
  expiresAt: Type.String(),
  revokedAt: Type.Optional(Type.String()),
});
export type DisplayView = Static<typeof DisplayView>;

/** `id` is made by the client: asked twice, one display is made and the same token answered. */
export const NewDisplay = Type.Object(
  {
    id: Uuid,
    name: Type.String({ minLength: 1, maxLength: 60 }),
    areaId: Uuid,
  },
  { additionalProperties: false },
);
export type NewDisplay = Static<typeof NewDisplay>;

/** The token is answered to whoever makes the display; kept is only its hash. */
export const MadeDisplay = Type.Object({ display: DisplayView, token: Type.String() });
export type MadeDisplay = Static<typeof MadeDisplay>;
