import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** Below which income somebody counts as poor for legal aid around an area (法律援助法 34): the province's number, with where it stands written. */
const standard = {
  areaId: Uuid,
  monthlyIncome: Type.Integer({ minimum: 1, maximum: 100_000, description: 'Yuan a month for each member of a household' }),
  source: Type.String({ minLength: 1, maxLength: 200 }),
  from: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
} as const;
export const NewAidStandard = Type.Object({ id: Uuid, ...standard }, { additionalProperties: false });
export type NewAidStandard = Static<typeof NewAidStandard>;
export const AidStandard = Type.Object({ id: Uuid, ...standard, areaLabel: Type.Optional(Label) });
export type AidStandard = Static<typeof AidStandard>;

/** What somebody wants help with, as the law on legal aid has it. */
export const AID_MATTERS = [
  'wages',
  'workInjury',
  'otherInjury',
  'support',
  'benefits',
  'survivors',
  'violence',
  'environment',
  'capacity',
  'stateCompensation',
  'bravery',
  'heroes',
  'acquitted',
  'retrial',
  'criminal',
  'other',
] as const;
export type AidMatter = (typeof AID_MATTERS)[number];

/** Whose means are not looked into, by the papers they have (第四十二条). */
export const AID_GROUPS = ['noIncome', 'relief', 'migrant', 'none'] as const;
export type AidGroup = (typeof AID_GROUPS)[number];

/** What is answered in the browser; none of it leaves there. */
export interface AidAnswers {
  readonly matter: AidMatter;
  readonly group: AidGroup;
  /** Of an accused: one of those for whom a lawyer must be appointed (第二十五条); undefined: not answered yet. */
  readonly appointed?: boolean;
  /** Yuan a month of the whole household, and how many it is. */
  readonly income?: number;
  readonly members?: number;
  /** Less than seven days are left to sue or to apply. */
  readonly urgent: boolean;
}

export const AID_PAPERS = ['identity', 'facts', 'means', 'groupProof', 'matterProof', 'retrialProof'] as const;
export type AidPaper = (typeof AID_PAPERS)[number];

/**
 * What follows: `noLimit` whatever the means, `appointed` the court, the procurator or the police must have a lawyer given, `asked` that is to be answered
 * first, `exempt` the means are not looked into, `within` below the standard, `above` it, `unknown` where no
 * standard is known or no income was said, `notListed` where the law names no such matter (advice is free all the same).
 */
export interface AidResult {
  readonly outcome: 'noLimit' | 'appointed' | 'asked' | 'exempt' | 'within' | 'above' | 'unknown' | 'notListed';
  /** Articles of the 法律援助法 it rests on, as numbers. */
  readonly articles: readonly number[];
  readonly bring: readonly AidPaper[];
  /** It may be given before the means were looked into (第四十四条). */
  readonly atOnce: boolean;
}
