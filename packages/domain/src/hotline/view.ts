import { type Static, Type } from 'typebox';
import { CaseRow, Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** A case of whoever is on the line: its row as lists show it, and what they may do to it by word of mouth. */
export const CallerCase = Type.Object({
  ...CaseRow.properties,
  partyId: Uuid,
  ended: Type.Boolean(),
  /** What its reporter reads of where it stands. */
  told: Type.Optional(Label),
  protected: Type.Boolean(),
  /** `field`: where their words go. */
  allowed: Type.Array(Type.Object({ id: Type.String(), label: Label, field: Type.String(), fieldLabel: Label, required: Type.Boolean() })),
});
export type CallerCase = Static<typeof CallerCase>;

/** A case that waits for a call-back. */
export const CallBackRow = Type.Object({
  ...CaseRow.properties,
  protected: Type.Boolean(),
  /** The parties that may be called, whose telephone opens for a purpose. */
  partyIds: Type.Array(Uuid),
  /** Calls that nobody took since the answer, the latest last. */
  attempts: Type.Array(Type.String()),
  /** When to try next: past, or the first time that suits. */
  nextAt: Type.String(),
  answeredAt: Type.String(),
});
export type CallBackRow = Static<typeof CallBackRow>;
