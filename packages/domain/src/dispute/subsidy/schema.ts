import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';
import { DisputeKind } from '../kind/schema.ts';

/** How a matter ended, as far as 以案定补 goes: agreed by word of mouth, agreed in writing and sealed, not agreed. */
export const SUBSIDY_RESULTS = ['oral', 'written', 'unsettled'] as const;
export type SubsidyResult = (typeof SUBSIDY_RESULTS)[number];
/** Difficult: sent up to a higher centre, or of as many sides as the locality says. */
export const DIFFICULTIES = ['ordinary', 'difficult'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** Fen for one case. */
const Fen = Type.Integer({ minimum: 0, maximum: 10_000_000 });
const closed = { additionalProperties: false } as const;
const Amounts = Type.Object({ ordinary: Fen, difficult: Fen }, closed);
const rates = {
  areaId: Uuid,
  /** Of matters that end in this month or later, until other rates come. */
  from: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }),
  /** The paper of the locality they stand in. */
  source: Type.String({ minLength: 1, maxLength: 200 }),
  amounts: Type.Object({ oral: Amounts, written: Amounts, unsettled: Amounts }, closed),
  /** From so many sides on a matter is difficult. */
  manySides: Type.Integer({ minimum: 2, maximum: 10 }),
  /** Nothing is paid while the file of the case lacks something. */
  needsFile: Type.Boolean(),
} as const;

/** POST /disputes/subsidy/rates: what the locality pays for a case; a later version takes its place, none is changed. */
export const NewSubsidyRates = Type.Object({ id: Uuid, ...rates }, closed);
export type NewSubsidyRates = Static<typeof NewSubsidyRates>;
export const SubsidyRates = Type.Object({ id: Uuid, ...rates, areaLabel: Type.Optional(Label) });
export type SubsidyRates = Static<typeof SubsidyRates>;

/** GET /disputes/subsidy: equal cases of a mediator as one line, and the sums; amounts in fen, absent where the locality has set nothing. */
export const SubsidyMonth = Type.Object({
  lines: Type.Array(
    Type.Object({
      organizationLabel: Type.Optional(Label),
      /** Absent for whoever is not on the register. */
      mediator: Type.Optional(Type.String()),
      kind: DisputeKind,
      result: Type.Enum([...SUBSIDY_RESULTS]),
      difficulty: Type.Enum([...DIFFICULTIES]),
      fileComplete: Type.Boolean(),
      cases: Type.Integer(),
      each: Type.Optional(Type.Integer()),
      amount: Type.Optional(Type.Integer()),
    }),
  ),
  total: Type.Object({ cases: Type.Integer(), amount: Type.Optional(Type.Integer()) }),
});
export type SubsidyMonth = Static<typeof SubsidyMonth>;
