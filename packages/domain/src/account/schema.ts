import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** A resident's own pages: shapes of /me that concern an account. */

export const SignInWays = Type.Object({
  password: Type.Boolean(),
  passkeys: Type.Array(Type.Object({ id: Type.String(), name: Type.Optional(Type.String()), addedAt: Type.Optional(Type.String()) })),
});
export type SignInWays = Static<typeof SignInWays>;

/** One matter of the account: filed while signed in, or taken in by its query code. */
export const OwnCase = Type.Object({
  id: Uuid,
  /** Opens the matter as its reporter: what it says, what can be done, who read the contact. */
  queryCode: Type.String(),
  number: Type.String(),
  procedure: Type.String(),
  procedureLabel: Type.Optional(Label),
  title: Type.String(),
  stageLabel: Type.Optional(Label),
  office: Type.Optional(Label),
  dueAt: Type.Optional(Type.String()),
  /** The calendar does not know that year yet. */
  dueProvisional: Type.Optional(Type.Boolean()),
  overdue: Type.Boolean(),
  /** What may still be asked for, as a review of the answer, and until when; without a day where the calendar does not know that year yet. */
  mayAsk: Type.Optional(Type.Object({ label: Label, until: Type.Optional(Type.String()) })),
  ended: Type.Boolean(),
  filedAt: Type.String(),
  updatedAt: Type.String(),
});
export type OwnCase = Static<typeof OwnCase>;

/** What goes with an account at once, and what stays with the reason. Codes: also the i18n keys `erasure.<code>`. */
export const ERASED = ['name', 'contacts', 'signIn', 'notices', 'bookings', 'follows', 'endedContacts'] as const;
export const KEPT = ['openContacts', 'records', 'readings'] as const;
export const ErasureView = Type.Object({
  /** Matters that are still open: their contact stays until they end. */
  open: Type.Integer(),
  /** Matters that ended: their contact goes. */
  ended: Type.Integer(),
  erased: Type.Array(Type.Enum([...ERASED])),
  kept: Type.Array(Type.Enum([...KEPT])),
});
export type ErasureView = Static<typeof ErasureView>;

/** POST …/objection: `caseId` is a UUIDv7 made by the client; the same again gives the same answer. */
export const NewObjection = Type.Object(
  { caseId: Uuid, words: Type.String({ minLength: 2, maxLength: 2000 }) },
  { additionalProperties: false },
);
export type NewObjection = Static<typeof NewObjection>;
