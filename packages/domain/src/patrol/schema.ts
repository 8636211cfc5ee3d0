import { type Static, Type } from 'typebox';
import { Point } from '../case/schema.ts';
import { Uuid } from '../case/view.ts';
import { FieldName, FieldValue } from '../edit/schema.ts';
import { Label } from '../label/schema.ts';

const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });

/** 巡查: a checklist gone through at a place or a premises. Where the worker went between is nobody's concern and is not kept. */
export const PatrolView = Type.Object({
  id: Uuid,
  formId: Type.String(),
  formVersion: Type.Integer(),
  title: Label,
  areaId: Uuid,
  premisesId: Type.Optional(Uuid),
  point: Type.Optional(Point),
  status: Type.Enum(['open', 'done']),
  postLabel: Type.Optional(Label),
  mine: Type.Boolean(),
  startedAt: Instant,
  version: Type.Integer(),
  fields: Type.Record(FieldName, FieldValue),
  /** Findings that became cases, by field. */
  findings: Type.Array(Type.Object({ field: Type.Optional(FieldName), caseId: Uuid })),
});
export type PatrolView = Static<typeof PatrolView>;

/** A finding becomes a case by the patrol's own door; settled or filed for the record by the case's own actions. */
export const NewFinding = Type.Object(
  {
    /** Id of the case, made by the device; pictures are uploaded to it before. */
    id: Uuid,
    field: Type.Optional(FieldName),
    categoryId: Type.Optional(Type.String({ maxLength: 240 })),
    words: Type.String({ minLength: 1, maxLength: 2000 }),
    point: Type.Optional(Point),
    address: Type.Optional(Type.String({ maxLength: 400 })),
    fileIds: Type.Optional(Type.Array(Uuid, { maxItems: 9 })),
    occurredAt: Type.Optional(Instant),
  },
  { additionalProperties: false },
);
export type NewFinding = Static<typeof NewFinding>;
