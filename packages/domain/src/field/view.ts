import { type Static, Type } from 'typebox';
import { Point } from '../case/schema.ts';
import { Light, Uuid } from '../case/view.ts';
import { Form } from '../collection/schema.ts';
import { Applied, Change, ConflictView, EditView, FieldName, FieldValue, SubjectKind } from '../edit/schema.ts';
import { Label } from '../label/schema.ts';
import { PatrolView } from '../patrol/schema.ts';
import { PremisesKind, PremisesView } from '../premises/schema.ts';
import { VisitView } from '../visit/schema.ts';

const Fields = Type.Record(FieldName, FieldValue);

/** What makes a record: sent with its first edit. A record is made once; the same again changes nothing. */
const Made = Type.Object(
  {
    formId: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' }),
    formVersion: Type.Integer({ minimum: 1 }),
    /** Grid it belongs to; absent: where the point lies, else the area of the worker's post. */
    areaId: Type.Optional(Uuid),
    point: Type.Optional(Point),
    premisesId: Type.Optional(Uuid),
    /** Of a premises. */
    premisesKind: Type.Optional(PremisesKind),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    address: Type.Optional(Type.String({ maxLength: 400 })),
    /** Of a visit: the person agrees to being asked and written down. Where they do not, nothing personal is taken. */
    consent: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type Made = Static<typeof Made>;

/** POST /api/v1/field/edits: one edit out of a device's outbox. */
export const NewEdit = Type.Object(
  {
    /** UUIDv7 made by the device. The same id and body give the same answer, however often. */
    id: Uuid,
    kind: SubjectKind,
    subjectId: Uuid,
    made: Type.Optional(Made),
    /** The version the device had seen; told for the history, the merge goes by `base` of each change. */
    baseVersion: Type.Integer({ minimum: 0 }),
    /** The edit of this device on this record that came before; until it has come, this one answers 409 `editTooEarly`. */
    after: Type.Optional(Uuid),
    changes: Type.Array(Change, { maxItems: 200 }),
    /** Finishes a visit or a patrol, unless something that must be answered is missing or met a conflict: see `status` and `missing` of the answer. */
    done: Type.Optional(Type.Boolean()),
    /** Takes an edit of this record back. */
    undoes: Type.Optional(Uuid),
    /** Decides the conflicts that edit met: its fields count as decided. */
    decides: Type.Optional(Uuid),
    /** By the device's clock; one that runs ahead says now. */
    occurredAt: Type.String({ minLength: 20, maxLength: 40 }),
  },
  { additionalProperties: false },
);
export type NewEdit = Static<typeof NewEdit>;

/** 200: everything was applied. 409 with `code: 'editConflict'` says the same of what was not: nothing was overwritten, both values are kept. */
export const EditAnswer = Type.Object({
  outcome: Type.Enum(['applied', 'conflict']),
  /** Problem code of the 409, so that the app tells it like any refusal. */
  code: Type.Optional(Type.Literal('editConflict')),
  version: Type.Integer(),
  status: Type.Enum(['open', 'done', 'declined', 'kept']),
  /** Where `done` was asked for and could not be: fields and why. */
  missing: Type.Array(Type.Object({ field: Type.String(), why: Type.String() })),
  /** The record as it stands after this edit, as far as this reader may see it. */
  fields: Fields,
  applied: Type.Array(Applied),
  conflicts: Type.Array(ConflictView),
});
export type EditAnswer = Static<typeof EditAnswer>;

export const History = Type.Object({ edits: Type.Array(EditView) });
export type History = Static<typeof History>;

/** A case that lies with the worker: enough for today's list without signal; the rest is read when there is one, and kept. */
export const FieldCase = Type.Object({
  id: Uuid,
  number: Type.String(),
  title: Type.String(),
  procedureId: Type.String(),
  stage: Type.String(),
  stageLabel: Label,
  light: Light,
  dueAt: Type.Optional(Type.String()),
  categoryId: Type.Optional(Type.String()),
  point: Type.Optional(Point),
  version: Type.Integer(),
});
export type FieldCase = Static<typeof FieldCase>;

/** GET /api/v1/field/bundle?areaId=…: all an offline worker needs of a grid. With an ETag; `If-None-Match` answers 304. */
export const Bundle = Type.Object({
  area: Type.Object({ id: Uuid, label: Label }),
  /** The area of the caller's post and the grids within it, to choose among. */
  areas: Type.Array(Type.Object({ id: Uuid, label: Label })),
  organizationLabel: Type.Optional(Label),
  postLabel: Type.Optional(Label),
  day: Type.String({ description: 'YYYY-MM-DD in China' }),
  forms: Type.Array(Form),
  premises: Type.Array(PremisesView),
  /** More premises than a device takes: the rest is looked up when there is signal. */
  morePremises: Type.Boolean(),
  visits: Type.Array(VisitView),
  patrols: Type.Array(PatrolView),
  /** Open cases that lie with the caller or the caller's body, or that it supports: for the list; one is read whole by `GET /cases/:id` and kept. */
  cases: Type.Array(FieldCase),
  /** Categories requests (代办) and findings may take. */
  categories: Type.Array(
    Type.Object({ id: Type.String(), parentId: Type.Optional(Type.String()), label: Label, danger: Type.Array(Type.String()) }),
  ),
});
export type Bundle = Static<typeof Bundle>;

/** A picture, sound or signature of a record, as it was kept. */
export const FieldFile = Type.Object({ id: Uuid, kind: Type.Enum(['photo', 'sound']), mediaType: Type.String(), bytes: Type.Integer() });
export type FieldFile = Static<typeof FieldFile>;
