import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

const Exception = Type.Object({ day: Type.String(), kind: Type.Enum(['work', 'off']), reason: Type.String() });

/** A year as it is known: by which notice, since when, and every day that differs from a plain week. */
export const KnownYear = Type.Object({
  year: Type.Integer(),
  source: Type.String(),
  loadedAt: Type.String(),
  exceptions: Type.Array(Exception),
});
export type KnownYear = Static<typeof KnownYear>;

/** What a notice would change before it is loaded. */
export const CalendarPreview = Type.Object({
  year: Type.Integer(),
  change: Type.Enum(['new', 'replaced', 'same']),
  /** Days of known years that would differ. */
  amended: Type.Array(Type.String()),
  /** Running limits that would be computed again. */
  clocks: Type.Integer(),
  /** The first of them, with the time before and after; confidential cases are counted only. */
  rows: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      clock: Label,
      before: Type.Optional(Type.String()),
      after: Type.Optional(Type.String()),
    }),
  ),
});
export type CalendarPreview = Static<typeof CalendarPreview>;
