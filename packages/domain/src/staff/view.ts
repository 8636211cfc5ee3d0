import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** A dated post of a person. `to` is the first day that no longer counts. */
export const HoldingView = Type.Object({
  id: Uuid,
  postId: Uuid,
  title: Label,
  role: Type.String(),
  organizationId: Uuid,
  organization: Label,
  area: Label,
  from: Type.String(),
  to: Type.Optional(Type.String()),
  /** Whether it counts today, will count, or no longer does. */
  state: Type.Enum(['now', 'later', 'over']),
});
export type HoldingView = Static<typeof HoldingView>;

export const StaffView = Type.Object({
  id: Uuid,
  /** Names are shown to whoever appoints the person, and to nobody else. */
  name: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
  /** `none`: no sign-in; `once`: the first password was not replaced yet; `locked`: nobody signs in until a new one is given. */
  account: Type.Enum(['none', 'once', 'open', 'locked']),
  secondFactor: Type.Boolean(),
  /** Also holds posts where the reader appoints nobody: the account is not the reader's to lock. */
  elsewhere: Type.Boolean(),
  holdings: Type.Array(HoldingView),
});
export type StaffView = Static<typeof StaffView>;

export const StaffPage = Type.Object({ rows: Type.Array(StaffView), next: Type.Optional(Type.String()) });
export type StaffPage = Static<typeof StaffPage>;

/** Answered once to whoever made the account or gave a new password; the same command again answers the same. */
export const FirstPassword = Type.Object({ id: Uuid, username: Type.String(), firstPassword: Type.String() });
export type FirstPassword = Static<typeof FirstPassword>;
