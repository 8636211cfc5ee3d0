import { type Static, Type } from 'typebox';
import { Point } from '../case/schema.ts';
import { Uuid } from '../case/view.ts';
import { FieldName, FieldValue } from '../edit/schema.ts';
import { Label } from '../label/schema.ts';

const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });

/** 走访: a call at a door. `open` is being filled; `done` can be exported; `declined`: the person did not want it, and nothing personal is kept. */
export const VisitStatus = Type.Enum(['open', 'done', 'declined', 'erased']);
export type VisitStatus = Static<typeof VisitStatus>;

/** A visit without anything of the person. */
export const VisitRow = Type.Object({
  id: Uuid,
  formId: Type.String(),
  formVersion: Type.Integer(),
  title: Label,
  areaId: Uuid,
  premisesId: Type.Optional(Uuid),
  status: VisitStatus,
  postLabel: Type.Optional(Label),
  mine: Type.Boolean(),
  visitedAt: Instant,
  version: Type.Integer(),
  /** Requests (代办) opened from it. */
  caseIds: Type.Array(Uuid),
  expiresAt: Instant,
});
export type VisitRow = Static<typeof VisitRow>;

export const VisitView = Type.Object({
  ...VisitRow.properties,
  point: Type.Optional(Point),
  /** Answers this reader may have: personal ones only of one's own visits, or where a purpose was named. */
  fields: Type.Record(FieldName, FieldValue),
  /** Fields that hold something and were left out. */
  hidden: Type.Array(FieldName),
});
export type VisitView = Static<typeof VisitView>;

/** 代办: a service asked for at a visit; opens a case with what is known already. The person agrees, or it is not sent. */
export const NewRequest = Type.Object(
  {
    /** Id of the case, made by the device. */
    id: Uuid,
    categoryId: Type.String({ minLength: 1, maxLength: 240 }),
    words: Type.String({ minLength: 1, maxLength: 2000 }),
    consent: Type.Literal(true),
  },
  { additionalProperties: false },
);
export type NewRequest = Static<typeof NewRequest>;
