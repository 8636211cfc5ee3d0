import type { DisputeKind } from '../kind/schema.ts';
import type { Difficulty, SubsidyRates, SubsidyResult } from './schema.ts';

/** A matter that ended: codes alone, nothing of its sides. */
export interface EndedCase {
  readonly organizationId: string;
  /** Absent where nobody had it in hand. */
  readonly mediatorId?: string | undefined;
  readonly kind: DisputeKind;
  readonly result: SubsidyResult;
  readonly sides: number;
  readonly sentUp: boolean;
  readonly fileComplete: boolean;
}

type Paid = Pick<SubsidyRates, 'areaId' | 'from' | 'amounts' | 'manySides' | 'needsFile'>;

/** Those of the nearest area that has any by a month, the latest of them. `path`: areas from the top down; `rates`: of one month, the last set first. */
export const ratesFor = <R extends Paid>(rates: readonly R[], path: readonly string[], month: string): R | undefined => {
  for (const areaId of path.toReversed()) {
    const [latest] = rates
      .filter((one) => one.areaId === areaId && one.from <= month)
      .toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
    if (latest) return latest;
  }
  return undefined;
};

export const difficultyOf = ({ sentUp, sides }: Pick<EndedCase, 'sentUp' | 'sides'>, rates: Paid | undefined): Difficulty =>
  sentUp || (rates !== undefined && sides >= rates.manySides) ? 'difficult' : 'ordinary';

export interface SubsidyLine extends Omit<EndedCase, 'sides' | 'sentUp'> {
  readonly difficulty: Difficulty;
  readonly cases: number;
  /** Fen for one; absent where the locality has set nothing. */
  readonly each?: number;
  readonly amount?: number;
}

/** Equal cases of a mediator as one line, in the order of committee and mediator as they are given: nobody is set above another. */
export const subsidyLines = (cases: readonly EndedCase[], rates: Paid | undefined): SubsidyLine[] => {
  const groups = Map.groupBy(cases, (one) =>
    JSON.stringify([one.organizationId, one.mediatorId ?? '', one.kind, one.result, difficultyOf(one, rates), one.fileComplete]),
  );
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [first, ...others]]) => {
      const { sides: _sides, sentUp: _up, ...line } = first!;
      const difficulty = difficultyOf(first!, rates);
      const n = others.length + 1;
      const each = rates && (rates.needsFile && !line.fileComplete ? 0 : rates.amounts[line.result][difficulty]);
      return { ...line, difficulty, cases: n, ...(each === undefined ? {} : { each, amount: each * n }) };
    });
};

/** Sums of a sheet; of fen only where at least one line has a price. */
export const subsidyTotal = (lines: readonly Pick<SubsidyLine, 'cases' | 'amount'>[]): { cases: number; amount?: number } => {
  const cases = lines.reduce((sum, line) => sum + line.cases, 0);
  const priced = lines.filter(({ amount }) => amount !== undefined);
  return { cases, ...(priced.length ? { amount: priced.reduce((sum, { amount }) => sum + amount!, 0) } : {}) };
};
