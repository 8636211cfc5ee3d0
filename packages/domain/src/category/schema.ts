import { type Static, Type } from 'typebox';
import { Limit } from '../clock/schema.ts';
import { Label } from '../label/schema.ts';

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
});
export type CategoryView = Static<typeof CategoryView>;
