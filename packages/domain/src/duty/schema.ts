import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';
import { DUTY_LIST_KINDS, type DutyListKind } from '../pack/schema.ts';

export type { DutyListKind };

/** One line of a duty list in force, with where its list holds. */
export interface DutyItem {
  readonly listKind: DutyListKind;
  readonly areaId: string;
  readonly clause: string;
  readonly title: Label;
  readonly categoryId?: string;
  readonly organizationId?: string;
}

export const DutyListView = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...DUTY_LIST_KINDS]),
  title: Label,
  areaId: Type.String(),
  source: Type.String(),
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      clause: Type.String(),
      title: Label,
      categoryId: Type.Optional(Type.String()),
      organizationId: Type.Optional(Type.String()),
      from: Type.String(),
      /** The first day on which it no longer holds. */
      to: Type.Optional(Type.String()),
    }),
  ),
});
export type DutyListView = Static<typeof DutyListView>;

/** What the lists of an area do to a category: who is suggested at dispatch, and whether communities and grids may be sent it. */
export const DutyEffect = Type.Object({
  suggested: Type.Array(Type.Object({ organizationId: Type.String(), label: Label, clause: Type.String() })),
  admitted: Type.Boolean(),
  /** The clause that admits or forbids; absent where no list names the category. */
  clause: Type.Optional(Type.String()),
  /** The list that decides: one that admits, or one that forbids. */
  list: Type.Enum(['admission', 'negative']),
});
export type DutyEffect = Static<typeof DutyEffect>;
