import { Type } from 'typebox';

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
