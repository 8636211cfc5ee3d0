import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** How long a case stays in somebody's hands without a word from them; screens that have it open say one every third of it. */
export const LEASE_MS = 90_000;

/** Who has a case in hand now. */
export const LeaseView = Type.Object({
  caseId: Uuid,
  /** As post and organization, never as a person's name. */
  by: Label,
  mine: Type.Boolean(),
  since: Type.String(),
  expiresAt: Type.String(),
});
export type LeaseView = Static<typeof LeaseView>;

/** What the live stream says of it; without `lease` nobody has the case in hand any more. */
export interface LeaseChange {
  readonly id: string;
  readonly lease?: LeaseView;
}
