import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

export const Released = Type.Cyclic(
  {
    Released: Type.Object({
      id: Type.String({ maxLength: 80 }),
      /** Absent: withheld, because it is small or because it would tell a small one beside it. */
      count: Type.Optional(Type.Integer({ minimum: 0 })),
      parts: Type.Array(Type.Array(Type.Ref('Released'))),
    }),
  },
  'Released',
);

/** A sum and the ways it is broken down (by area, by kind), each of which adds up to it. */
export interface Counted {
  readonly id: string;
  readonly count: number;
  readonly parts: readonly (readonly Counted[])[];
}
/** What is made of it for everybody: as counted, or withheld. */
export interface Released {
  id: string;
  count?: number;
  parts: Released[][];
}

/** What everybody may know of a month: one tree of areas, and what else the whole is broken down by; small figures withheld. */
export const MonthRelease = Type.Object({
  month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }),
  releasedAt: Type.String(),
  least: Type.Integer(),
  figures: Released,
  labels: Type.Record(Type.String(), Label),
});
export type MonthRelease = Static<typeof MonthRelease>;
