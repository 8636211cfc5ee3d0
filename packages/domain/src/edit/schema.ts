import { type Static, Type } from 'typebox';
import { Point } from '../case/schema.ts';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });

/** What a field holds. `null`: nothing. Lists hold codes of choices, or ids of files. */
export const FieldValue = Type.Union([
  Type.Null(),
  Type.String({ maxLength: 5000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 60 }), { maxItems: 60 }),
  Point,
]);
export type FieldValue = Static<typeof FieldValue>;

/** `question`, or `section/row/question` where a section repeats; `section/row` alone says that there is such a row. */
export const FIELD_NAME = '^[a-z][A-Za-z0-9]{0,39}(/[0-9a-z-]{1,36}(/[a-z][A-Za-z0-9]{0,39})?)?$';
export const FieldName = Type.String({ pattern: FIELD_NAME });

/** A record as its fields say it; what is absent is nothing. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** A change somebody made: from what they saw, to what they wrote. */
export const Change = Type.Object({ field: FieldName, base: FieldValue, value: FieldValue }, { additionalProperties: false });
export type Change = Static<typeof Change>;

/** What a change did. */
export const Applied = Type.Object({ field: FieldName, before: FieldValue, after: FieldValue });
export type Applied = Static<typeof Applied>;

/** The same field changed by two from the same beginning: both values, and a person decides. */
export const Conflict = Type.Object({ field: FieldName, base: FieldValue, mine: FieldValue, theirs: FieldValue });
export type Conflict = Static<typeof Conflict>;

/** Records that several phones edit without signal. */
export const SubjectKind = Type.Enum(['premises', 'visit', 'patrol']);
export type SubjectKind = Static<typeof SubjectKind>;

/** Whose value stands there: a post, never a person. */
export const EditedBy = Type.Object({ postLabel: Type.Optional(Label), mine: Type.Boolean(), at: Instant });
export type EditedBy = Static<typeof EditedBy>;

/** A conflict as it is told to whoever must decide. */
export const ConflictView = Type.Object({ ...Conflict.properties, theirsBy: Type.Optional(EditedBy) });
export type ConflictView = Static<typeof ConflictView>;

/** One edit of a record's history. Personal values are read apart. */
export const EditView = Type.Object({
  id: Uuid,
  by: EditedBy,
  /** Claimed by the device. */
  occurredAt: Instant,
  applied: Type.Array(Applied),
  /** Of an edit that met another's: what still waits for a decision. */
  conflicts: Type.Array(Conflict),
  undoes: Type.Optional(Uuid),
  decides: Type.Optional(Uuid),
});
export type EditView = Static<typeof EditView>;
