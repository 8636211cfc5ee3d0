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
  /** The body that takes it where no list names one. */
  organizationId: Type.Optional(Type.String()),
});
export type CategoryView = Static<typeof CategoryView>;

/** One version of a category. A running case keeps the version it was filed under. */
export const CategoryVersion = Type.Intersect([
  CategoryView,
  Type.Object({ from: Type.String(), to: Type.Optional(Type.String()), successorId: Type.Optional(Type.String()) }),
]);
export type CategoryVersion = Static<typeof CategoryVersion>;
