import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';

/** What a side says to being mediated. `withdrawn` is said by whoever agreed before (人民调解法 第二十三条). */
export const CONSENT_ANSWERS = ['agreed', 'refused', 'withdrawn'] as const;
export type ConsentAnswer = (typeof CONSENT_ANSWERS)[number];
/** How it was said. */
export const CONSENT_WAYS = ['oral', 'telephone', 'written', 'portal'] as const;

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** POST /disputes/:id/consents: what a side said, written down by whoever mediates. A refusal goes with the other ways that were named. */
export const RecordedConsent = Type.Object(
  {
    commandId: Uuid,
    partyId: Uuid,
    agrees: Type.Boolean(),
    how: Type.Enum(['oral', 'telephone', 'written']),
    on: Day,
    ways: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  },
  { additionalProperties: false },
);
export type RecordedConsent = Static<typeof RecordedConsent>;

/** The same by the side itself, with its query code. */
export const OwnConsent = Type.Object({ commandId: Uuid, agrees: Type.Boolean() }, { additionalProperties: false });
export type OwnConsent = Static<typeof OwnConsent>;

/** Each side in the order it was written down, with what it said last; no name. */
export const ConsentsView = Type.Object({
  /** Of the case, for whoever acts next; not to a side, which would count what it is not told. */
  version: Type.Optional(Type.Integer()),
  everybodyAgreed: Type.Boolean(),
  sides: Type.Array(
    Type.Object({
      partyId: Uuid,
      /** Whose query code was used to ask. */
      own: Type.Boolean(),
      /** Somebody else applied for it: what it wants it says itself, at the desk. */
      spokenFor: Type.Boolean(),
      answer: Type.Optional(Type.Enum([...CONSENT_ANSWERS])),
      how: Type.Optional(Type.Enum([...CONSENT_WAYS])),
      on: Type.Optional(Day),
    }),
  ),
});
export type ConsentsView = Static<typeof ConsentsView>;
