import quantile from '@stdlib/stats-base-dists-beta-quantile';
import { dateOfDay, dayOfDate } from '../calendar/rules.ts';
import type { LocalDate } from '../calendar/schema.ts';
import type { Compared, Verdict } from './schema.ts';

/** Spans shorter than this say nothing. */
export const LEAST_DAYS = 28;
const MOST_DAYS = 365;
const TAIL = 0.025;

/**
 * The ratio of two Poisson counts over spans of equal length, with its exact 95 % interval: given their sum, the later count is binomial, and the
 * bounds of its share (Clopper–Pearson) are those of the ratio (Przyborowski and Wilenski 1940). Without any case nothing is known: 0 to no bound.
 */
export const compare = (before: number, after: number): Compared => {
  const lowShare = after === 0 ? 0 : quantile(TAIL, after, before + 1);
  const highShare = before === 0 ? 1 : quantile(1 - TAIL, after + 1, before);
  return {
    before,
    after,
    ...(before > 0 ? { ratio: after / before } : {}),
    low: lowShare / (1 - lowShare),
    ...(highShare < 1 ? { high: highShare / (1 - highShare) } : {}),
  };
};

export const verdictOf = ({ low, high }: Compared): Verdict => (high !== undefined && high < 1 ? 'fewer' : low > 1 ? 'more' : 'unclear');

/**
 * As many days before a measure began as have gone since, a year at most: `[before, from)` and `[from, after)`. Today is not over and does not count.
 * `since` is the first day anything is recorded of: days before it are not days without a dispute, so no span reaches beyond it.
 */
export const spansOf = (
  from: LocalDate,
  today: LocalDate,
  since: LocalDate | undefined,
): { readonly days: number; readonly before: LocalDate; readonly after: LocalDate; readonly lacks?: 'tooEarly' | 'noBefore' } => {
  const start = dayOfDate(from);
  const gone = Math.max(0, Math.min(MOST_DAYS, dayOfDate(today) - start));
  const known = since === undefined ? 0 : Math.max(0, start - dayOfDate(since));
  const days = Math.min(gone, known);
  return {
    days,
    before: dateOfDay(start - days),
    after: dateOfDay(start + days),
    ...(gone < LEAST_DAYS ? { lacks: 'tooEarly' } : known < LEAST_DAYS ? { lacks: 'noBefore' } : {}),
  };
};

/** So many days earlier: a year of whole weeks, so that weekdays fall on weekdays. */
export const YEAR_DAYS = 364;
export const earlier = (day: LocalDate, days: number): LocalDate => dateOfDay(dayOfDate(day) - days);

/** Words that would make it a target that there be no suits, petitions or complaints: it rewards hiding. */
export const aimsAtNone = (words: string): boolean =>
  /(?:零|0|〇|无|没有|杜绝|不再有|不发生|不出现)[\s“”"]*(?:新增)?(?:民事)?(?:诉讼|起诉|官司|立案|纠纷|矛盾|上访|信访|投诉|讼|诉)/u.test(
    words,
  ) || /\b(?:zero|no)\s+(?:law)?(?:suits?|disputes?|petitions?|complaints?|litigation)\b/iu.test(words);

/** Equal disputes of a day, counted. */
export interface DayCount {
  readonly path: readonly string[];
  readonly kind: string;
  readonly day: LocalDate;
  readonly cases: number;
}
export const countIn = (rows: readonly DayCount[], from: LocalDate, to: LocalDate, fits: (row: DayCount) => boolean): number =>
  rows.reduce((sum, row) => (row.day >= from && row.day < to && fits(row) ? sum + row.cases : sum), 0);
