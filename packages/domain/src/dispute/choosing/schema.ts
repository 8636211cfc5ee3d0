import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { CONFLICTS } from '../mediator/rules.ts';
import { DisputeKind } from '../schema.ts';

/** What a side may say about who mediates: one of the list, whoever the committee names, yes or no to who was named; or asks for another. */
export const SIDE_STEPS = ['chosen', 'left', 'accepted', 'declined', 'challenged'] as const;
export type SideStep = (typeof SIDE_STEPS)[number];
/** What else happens to the choice. */
export const CHOOSING_STEPS = [...SIDE_STEPS, 'named', 'challengeRefused', 'appointed', 'steppedAside'] as const;
export type ChoosingStep = (typeof CHOOSING_STEPS)[number];

const Words = Type.String({ minLength: 1, maxLength: 500 });

/** By a side itself, with its query code. A challenge says why. */
export const OwnChoice = Type.Object(
  { commandId: Uuid, step: Type.Enum([...SIDE_STEPS]), mediatorId: Type.Optional(Uuid), why: Type.Optional(Words) },
  { additionalProperties: false },
);
export type OwnChoice = Static<typeof OwnChoice>;

/** The same written down at the desk for a side; or, without a side, whom the committee names. */
export const RecordedChoice = Type.Object(
  {
    commandId: Uuid,
    partyId: Type.Optional(Uuid),
    step: Type.Enum([...SIDE_STEPS, 'named']),
    mediatorId: Type.Optional(Uuid),
    why: Type.Optional(Words),
  },
  { additionalProperties: false },
);
export type RecordedChoice = Static<typeof RecordedChoice>;

/** `despite`: why a question of conflict does not stand in the way; the head's to say. */
export const Appointment = Type.Object(
  { commandId: Uuid, mediatorId: Uuid, despite: Type.Optional(Words) },
  { additionalProperties: false },
);
export type Appointment = Static<typeof Appointment>;

export const SteppingAside = Type.Object(
  { commandId: Uuid, why: Type.Enum(['conflict', 'unavailable']), note: Type.Optional(Words) },
  { additionalProperties: false },
);
export type SteppingAside = Static<typeof SteppingAside>;

/** What the head answers a challenge; a refusal says why. */
export const ChallengeAnswer = Type.Object(
  { commandId: Uuid, upheld: Type.Boolean(), why: Type.Optional(Words) },
  { additionalProperties: false },
);
export type ChallengeAnswer = Static<typeof ChallengeAnswer>;

const Side = Type.Object({
  partyId: Uuid,
  own: Type.Boolean(),
  /** Chosen from the list. */
  chosen: Type.Optional(Uuid),
  /** Leaves it to the committee. */
  left: Type.Boolean(),
  accepted: Type.Boolean(),
});

/** How the choice of a mediator stands. A side is not told whom the others chose before all have; conflicts are told to the desk only. */
export const ChoosingView = Type.Object({
  /** Of the case; not to a side, which would count what it is not told. */
  version: Type.Optional(Type.Integer()),
  stage: Type.String(),
  /** Whoever has it in hand now, where that is somebody of the register. */
  mediatorId: Type.Optional(Uuid),
  mediatorName: Type.Optional(Type.String()),
  candidates: Type.Array(
    Type.Object({
      id: Uuid,
      name: Type.String(),
      kinds: Type.Array(DisputeKind),
      languages: Type.Array(Type.String()),
      courtNow: Type.Boolean(),
      available: Type.Boolean(),
      /** Stepped aside before. */
      excluded: Type.Boolean(),
      load: Type.Optional(Type.Integer()),
      conflicts: Type.Optional(
        Type.Array(
          Type.Object({ kind: Type.Enum([...CONFLICTS]), side: Type.Optional(Type.Integer()), stage: Type.Optional(Type.String()) }),
        ),
      ),
    }),
  ),
  sides: Type.Array(Side),
  named: Type.Optional(Uuid),
  /** Who may be appointed: chosen by all, or named and accepted by all. */
  settledOn: Type.Optional(Type.Object({ mediatorId: Uuid, how: Type.Enum(['agreed', 'accepted']) })),
  challenge: Type.Optional(Type.Object({ own: Type.Boolean(), why: Type.Optional(Type.String()) })),
  /** The last challenge that was refused, with the reason. */
  refused: Type.Optional(Type.Object({ why: Type.Optional(Type.String()) })),
});
export type ChoosingView = Static<typeof ChoosingView>;
