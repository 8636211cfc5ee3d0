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
      clause: Type.String(),
      title: Label,
      categoryId: Type.Optional(Type.String()),
      organizationId: Type.Optional(Type.String()),
    }),
  ),
});
export type DutyListView = Static<typeof DutyListView>;
