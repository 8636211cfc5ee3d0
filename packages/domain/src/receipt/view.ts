import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

const Day = Type.String({ description: 'A day in China, YYYY-MM-DD' });

/**
 * What a forwarded link shows: how far a matter is. No words, pictures, names, spot or hour; of a confidential matter neither its kind nor its
 * place, of a protected reporter no place.
 */
export const SharedView = Type.Object({
  categoryLabel: Type.Optional(Label),
  areaLabels: Type.Array(Label),
  stageLabel: Label,
  ended: Type.Boolean(),
  organizationLabel: Type.Optional(Label),
  reportedOn: Type.Optional(Day),
  updatedOn: Day,
  dueOn: Type.Optional(Day),
});
export type SharedView = Static<typeof SharedView>;

/** What a rating link shows: of which matter, what is asked, and whether it was answered already. */
export const RatingView = Type.Object({
  number: Type.String(),
  label: Label,
  question: Label,
  options: Type.Array(Type.Object({ value: Type.String(), label: Label })),
  /** What was chosen by this link before. */
  rated: Type.Optional(Type.String()),
});
export type RatingView = Static<typeof RatingView>;

export const NewRating = Type.Object({ value: Type.String({ minLength: 1, maxLength: 60 }) }, { additionalProperties: false });
