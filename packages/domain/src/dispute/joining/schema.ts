import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';

/** Who is asked to help: a second mediator of the register (第十九条), somebody who knows the matter (第二十条), whoever interprets, signing included. */
export const HELPER_ROLES = ['coMediator', 'expert', 'interpreter'] as const;
export type HelperRole = (typeof HELPER_ROLES)[number];
/** What happens to an invitation, by whoever it is about, by a side and by the head. */
export const HELPER_STEPS = ['joined', 'declined', 'objected', 'kept', 'removed'] as const;
export type HelperStepKind = (typeof HELPER_STEPS)[number];

const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });

/**
 * Asking somebody. A second mediator comes from the register and for the whole case; an expert has a field, an interpreter a language, and they
 * are called by telephone, the number they sign in with. The sides were told who comes, and the one who is asked that all of it stays confidential.
 */
export const NewHelper = Type.Object(
  {
    id: Uuid,
    role: Type.Enum([...HELPER_ROLES]),
    mediatorId: Type.Optional(Uuid),
    name: Type.Optional(Words(80)),
    phone: Type.Optional(Words(40)),
    /** What an expert knows, or the language of an interpreter. */
    subject: Type.Optional(Words(60)),
    /** For one session only. */
    sessionId: Type.Optional(Uuid),
    sidesTold: Type.Literal(true),
    confidenceTold: Type.Literal(true),
    /** Why a question of conflict does not stand in the way; the head's to say. */
    despite: Type.Optional(Words(500)),
  },
  { additionalProperties: false },
);
export type NewHelper = Static<typeof NewHelper>;

/** A side objects, itself or at the desk, and says why. */
export const OwnObjection = Type.Object({ commandId: Uuid, why: Words(500) }, { additionalProperties: false });
export type OwnObjection = Static<typeof OwnObjection>;
export const RecordedObjection = Type.Object({ commandId: Uuid, partyId: Uuid, why: Words(500) }, { additionalProperties: false });
export type RecordedObjection = Static<typeof RecordedObjection>;

/** The head answers an objection: they are off, or stay for a reason. */
export const ObjectionAnswer = Type.Object({ commandId: Uuid, upheld: Type.Boolean(), why: Words(500) }, { additionalProperties: false });
export type ObjectionAnswer = Static<typeof ObjectionAnswer>;

export const HelperRemoval = Type.Object({ commandId: Uuid, why: Type.Optional(Words(500)) }, { additionalProperties: false });
export type HelperRemoval = Static<typeof HelperRemoval>;

/** What one is who was asked: `joined` holds the duty of confidentiality (人民调解法 第十五条第四项). */
export const HelperStanding = Type.Enum(['asked', 'joined', 'declined', 'objected', 'removed']);
export type HelperStanding = Static<typeof HelperStanding>;

const Helper = Type.Object({
  id: Uuid,
  role: Type.Enum([...HELPER_ROLES]),
  name: Type.String(),
  /** Told to whoever mediates. */
  phone: Type.Optional(Type.String()),
  subject: Type.Optional(Type.String()),
  sessionId: Type.Optional(Uuid),
  standing: HelperStanding,
  /** The last objection; its words go to whoever made it and to the desk. */
  objection: Type.Optional(Type.Object({ own: Type.Boolean(), partyId: Type.Optional(Uuid), why: Type.Optional(Type.String()) })),
  /** Why they stay although a side objected. */
  kept: Type.Optional(Type.String()),
});

/** Who helps in a dispute, for its people. */
export const HelpersView = Type.Object({
  caseId: Uuid,
  /** The mediator and the head ask and take off; the head answers objections. */
  mayAsk: Type.Boolean(),
  mayAnswer: Type.Boolean(),
  helpers: Type.Array(Helper),
});
export type HelpersView = Static<typeof HelpersView>;

/** What somebody who is asked sees: who asks, as what, when and where. Nothing of the matter, nor of its sides. */
export const Invitation = Type.Object({
  id: Uuid,
  organizationLabel: Type.Optional(Label),
  role: Type.Enum([...HELPER_ROLES]),
  subject: Type.Optional(Type.String()),
  joined: Type.Boolean(),
  sessions: Type.Array(
    Type.Object({
      startsAt: Type.String({ format: 'date-time' }),
      endsAt: Type.String({ format: 'date-time' }),
      fixed: Type.Boolean(),
      room: Type.Optional(Type.String()),
      link: Type.Optional(Type.String()),
    }),
  ),
});
export type Invitation = Static<typeof Invitation>;
export const Invitations = Type.Object({ invitations: Type.Array(Invitation) });

/** Yes, with the duty of confidentiality; or no, also later, without a reason. */
export const InvitationAnswer = Type.Object({ commandId: Uuid, joins: Type.Boolean() }, { additionalProperties: false });
export type InvitationAnswer = Static<typeof InvitationAnswer>;
