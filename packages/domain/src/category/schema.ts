import { type Static, Type } from 'typebox';
import { Limit } from '../clock/schema.ts';
import { Label } from '../label/schema.ts';

/**
 * What a category asks beside the words of a report. `note` is only to be read; `choices` takes several of its options, `instant` is ISO 8601
 * with an offset. Answers become lines of the report, so that whoever works on it reads them and erasure finds them.
 */
export const Question = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,39}$' }),
    label: Label,
    hint: Type.Optional(Label),
    kind: Type.Enum(['text', 'longText', 'number', 'instant', 'choice', 'choices', 'note']),
    required: Type.Boolean(),
    /** Of a choice and of choices. */
    options: Type.Optional(
      Type.Array(Type.Object({ value: Type.String({ pattern: '^[A-Za-z0-9_-]{1,60}$' }), label: Label }, { additionalProperties: false }), {
        minItems: 1,
        maxItems: 60,
      }),
    ),
  },
  { additionalProperties: false },
);
export type Question = Static<typeof Question>;

/** What was answered to a question, with the line it makes of the report; empty while nothing is. */
export interface Answer {
  readonly code: string;
  readonly required: boolean;
  readonly value: string | readonly string[];
  readonly line: string;
  /** Whoever reports cannot say: told by staff who asked, never offered to residents. */
  readonly isUnknown?: true;
}

export const CategoryView = Type.Object({
  id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  scheme: Type.String(),
  parentId: Type.Optional(Type.String()),
  name: Label,
  /** A 2 hours … E 15 working days, Q at once: local data. */
  grade: Type.Optional(Type.Enum(['A', 'B', 'C', 'D', 'E', 'Q'])),
  limit: Type.Optional(Limit),
  /** Emergency numbers to show before anything is typed. */
  danger: Type.Array(Type.String()),
  /** The body that takes it where no list names one. */
  organizationId: Type.Optional(Type.String()),
  questions: Type.Array(Question),
});
export type CategoryView = Static<typeof CategoryView>;

/** One version of a category. A running case keeps the version it was filed under. */
export const CategoryVersion = Type.Intersect([
  CategoryView,
  Type.Object({ from: Type.String(), to: Type.Optional(Type.String()), successorId: Type.Optional(Type.String()) }),
]);
export type CategoryVersion = Static<typeof CategoryVersion>;
