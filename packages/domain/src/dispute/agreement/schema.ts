import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';

/** What a term is about: the clause library has official words for each. */
export const CLAUSE_KINDS = ['pay', 'apologise', 'repair', 'move', 'boundary', 'confidential', 'costs', 'other'] as const;
export const ClauseKind = Type.Enum([...CLAUSE_KINDS]);
export type ClauseKind = Static<typeof ClauseKind>;

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Words = (most: number) => Type.String({ maxLength: most });
const Said = (most: number) => Type.String({ minLength: 1, maxLength: most });
/** 分: whole ones, up to a thousand million yuan. */
const Fen = Type.Integer({ minimum: 1, maximum: 100_000_000_000 });

/** One promise: who does what for whom, how much, by when. What goes on (silence, a boundary) has no day. */
export const Term = Type.Object(
  {
    kind: ClauseKind,
    by: Uuid,
    to: Type.Optional(Uuid),
    amount: Type.Optional(Fen),
    words: Type.Optional(Words(1000)),
    dueOn: Type.Optional(Day),
  },
  { additionalProperties: false },
);
export type Term = Static<typeof Term>;
const Terms = Type.Array(Term, { maxItems: 30 });

/** An offer, or one that answers another. The id is the client's: sent again it is the same. */
export const NewOffer = Type.Object(
  { id: Uuid, by: Uuid, answersTo: Type.Optional(Uuid), terms: Type.Array(Term, { minItems: 1, maxItems: 30 }) },
  { additionalProperties: false },
);
export type NewOffer = Static<typeof NewOffer>;

/** Matters that no committee may mediate. */
export const BARRED_MATTERS = ['identity', 'crime', 'administrative', 'exclusive', 'pending'] as const;
export type BarredMatter = (typeof BARRED_MATTERS)[number];

/** An agreement as it is being written; nothing in it is checked by its shape, everything by the rules. */
export const AgreementText = Type.Object(
  {
    /** Names as they are printed, and what else identifies them. */
    parties: Type.Array(Type.Object({ partyId: Uuid, name: Words(80), about: Type.Optional(Said(300)) }, { additionalProperties: false }), {
      maxItems: 10,
    }),
    facts: Type.Optional(Said(4000)),
    responsibility: Type.Optional(Said(2000)),
    terms: Terms,
    /** All that is to be paid, as the sides agreed on it. */
    total: Type.Optional(Fen),
    /** How it is performed: by transfer, in cash, at the door. */
    way: Type.Optional(Said(500)),
    /** Where money was lent between persons: what, at how many hundredths of a per cent a year, since when. */
    loan: Type.Optional(
      Type.Object({ principal: Fen, rate: Type.Integer({ minimum: 0, maximum: 100_000 }), since: Day }, { additionalProperties: false }),
    ),
    /** Asked of whoever writes it. */
    matters: Type.Array(Type.Enum([...BARRED_MATTERS]), { maxItems: 5 }),
    touchesOthers: Type.Boolean(),
    /** What was answered to each warning, by its code. */
    answers: Type.Record(Type.String({ pattern: '^[a-zA-Z]{1,40}$' }), Said(500)),
  },
  { additionalProperties: false },
);
export type AgreementText = Static<typeof AgreementText>;

/** What the rules find. An error stands in the way of putting it in writing; a warning waits for an answer. */
export const Finding = Type.Object({
  level: Type.Enum(['error', 'warning']),
  code: Type.String(),
  article: Type.String(),
  /** Number of the term it is about, from one. */
  term: Type.Optional(Type.Integer()),
  answered: Type.Optional(Type.Boolean()),
});
export type Finding = Static<typeof Finding>;

/** Who signs besides the sides. */
export const MEDIATOR = 'mediator';
export const SEAL = 'seal';

/** 民事诉讼法 (2023) 第二百零五条. */
export const COURT_GROUNDS = ['invited', 'home', 'subject', 'committee', 'intermediate'] as const;
export const CourtGround = Type.Enum([...COURT_GROUNDS]);
export type CourtGround = Static<typeof CourtGround>;

const Offer = Type.Object({
  id: Uuid,
  by: Uuid,
  answersTo: Type.Optional(Uuid),
  terms: Terms,
  /** Whether the other sides were told of it. */
  conveyed: Type.Boolean(),
  accepted: Type.Array(Uuid),
  refused: Type.Array(Uuid),
  at: Type.String(),
});
export type Offer = Static<typeof Offer>;

/** By what a side that signs on screen is known: a code sent to its own telephone, or the account that is that side. */
export const SignerProof = Type.Enum(['code', 'account']);
export type SignerProof = Static<typeof SignerProof>;
const Signature = Type.Object({
  signer: Type.String(),
  way: Type.Enum(['paper', 'screen']),
  provedBy: Type.Optional(SignerProof),
  at: Type.String(),
});
export type Signature = Static<typeof Signature>;

const Obligation = Type.Object({
  no: Type.Integer(),
  term: Term,
  text: Type.String(),
  performedOn: Type.Optional(Day),
  /** The day is over and nobody said that it was performed. */
  missed: Type.Boolean(),
});
export type Obligation = Static<typeof Obligation>;

/** Everything between the first offer and the last instalment, as a reader may see it. */
export const AgreementView = Type.Object({
  caseId: Uuid,
  number: Type.String(),
  /** Of the case; not to a side, which would count what it is not told. */
  version: Type.Optional(Type.Integer()),
  stage: Type.String(),
  /** Of a party: which one reads. */
  me: Type.Optional(Uuid),
  /** Of a party: whether it left a telephone of its own, to which a code for signing can go. */
  myPhone: Type.Optional(Type.Boolean()),
  sides: Type.Array(Type.Object({ partyId: Uuid, letter: Type.String(), label: Label })),
  /** Whether somebody else passed it on; not told to a side. */
  referred: Type.Optional(Type.Literal(true)),
  offers: Type.Array(Offer),
  text: Type.Optional(
    Type.Object({
      version: Type.Integer(),
      draft: AgreementText,
      /** The agreement, line by line, as it is printed and signed. */
      lines: Type.Array(Type.String()),
      digest: Type.String(),
      findings: Type.Array(Finding),
      signatures: Type.Array(Signature),
      /** Who has not signed yet. */
      missing: Type.Array(Type.String()),
    }),
  ),
  obligations: Type.Array(Obligation),
  confirmation: Type.Object({
    state: Type.String(),
    until: Type.Optional(Type.String()),
    applicants: Type.Array(Uuid),
    ground: Type.Optional(CourtGround),
    court: Type.Optional(Type.String()),
    grounds: Type.Array(Type.Object({ ground: CourtGround, label: Label })),
    /** What is open to whoever is no side of it, where a court may confirm it. */
    others: Type.Optional(Type.Object({ label: Label, article: Type.String() })),
  }),
  /** What is open to whoever was promised something that was not kept. */
  ways: Type.Array(Type.Object({ label: Label, article: Type.String() })),
});
export type AgreementView = Static<typeof AgreementView>;

const Command = { commandId: Uuid };
export const NewOfferOfParty = Type.Omit(NewOffer, ['by'], { additionalProperties: false });
export const OfferAnswer = Type.Object({ partyId: Uuid, accepts: Type.Boolean() }, { additionalProperties: false });
/** `after` is the version it was written on; 0 where there was none. */
export const SavedText = Type.Object({ after: Type.Integer({ minimum: 0 }), text: AgreementText }, { additionalProperties: false });
export type SavedText = Static<typeof SavedText>;
export const Stepped = Type.Object(Command, { additionalProperties: false });
/** What was signed on the printed paper whose photographs are with the case; read out to the sides before. */
export const SignedOnPaper = Type.Object(
  {
    documentId: Uuid,
    signers: Type.Array(Type.String({ pattern: '^[0-9a-z-]{4,40}$' }), { minItems: 1, maxItems: 12 }),
    readBack: Type.Literal(true),
  },
  { additionalProperties: false },
);
const Own = {
  name: Type.String({ minLength: 1, maxLength: 80 }),
  digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  agrees: Type.Literal(true),
};
/** The query code and the printed name are known to whoever registered the matter: neither is the side's own hand. */
export const SignedOnScreen = Type.Object({ ...Own, code: Type.String({ pattern: '^[0-9]{6}$' }) }, { additionalProperties: false });
export type SignedOnScreen = Static<typeof SignedOnScreen>;
export const SignedByAccount = Type.Object(
  { ...Own, queryCode: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }) },
  { additionalProperties: false },
);
export type SignedByAccount = Static<typeof SignedByAccount>;
export const InForce = Type.Object({ ...Command, effectiveOn: Day }, { additionalProperties: false });
export const Performed = Type.Object({ ...Command, no: Type.Integer({ minimum: 1 }), performedOn: Day }, { additionalProperties: false });
export const Applicant = Type.Object({ partyId: Uuid }, { additionalProperties: false });
export const JointApplication = Type.Object(
  { ...Command, ground: CourtGround, court: Type.String({ minLength: 2, maxLength: 120 }), appliedOn: Day },
  { additionalProperties: false },
);
/** Papers this module makes of its own words. */
export const DISPUTE_PAPERS = [
  'acceptanceRegister',
  'rightsNotice',
  'mediationRecord',
  'agreement',
  'followUpRecord',
  'confirmation',
  'commitment',
  'resultNotice',
] as const;
export const NewPaper = Type.Object(
  {
    commandId: Uuid,
    documentId: Uuid,
    kind: Type.Enum([...DISPUTE_PAPERS]),
    /** Of a record of mediation: the session it records. */
    sessionId: Type.Optional(Uuid),
  },
  { additionalProperties: false },
);
export type NewPaper = Static<typeof NewPaper>;
