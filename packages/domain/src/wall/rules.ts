import { dateOfDay, dayOfDate } from '../calendar/rules.ts';
import type { LocalDate } from '../calendar/schema.ts';
import type { Coarse, Rating, WallView } from './view.ts';

/** Same weekdays before today that make what is usual, and how few of them still say something. */
export const WEEKS = 8;
const LEAST_WEEKS = 3;
/** Below this a count is not shown exactly and a rate not computed. */
export const LEAST = 5;
/** How many days back the hourly counts are kept: the eight weekdays, with room. */
export const KEPT_DAYS = 64;

export const coarse = (n: number): Coarse => (n > 0 && n < LEAST ? 'few' : n);

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (!sorted.length) return 0;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** The eight days of the same weekday before a day, less those before the first that is known. */
export const sameWeekdays = (today: LocalDate, first: LocalDate | undefined): LocalDate[] =>
  first === undefined
    ? []
    : Array.from({ length: WEEKS }, (_, week) => dateOfDay(dayOfDate(today) - 7 * (week + 1))).filter((day) => day >= first);

/** Counts of one step by day and hour; a day or hour without a row had none. */
export type Hours = ReadonlyMap<LocalDate, readonly number[]>;

const NONE: readonly number[] = Array.from({ length: 24 }, () => 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
export const hoursOf = (hours: Hours, day: LocalDate): readonly number[] => hours.get(day) ?? NONE;

/** Today until its last full hour against the median of the same weekdays until that hour. */
export const againstUsual = (
  hours: Hours,
  today: LocalDate,
  full: number,
  weekdays: readonly LocalDate[],
): { today: number; median: number } | undefined =>
  weekdays.length < LEAST_WEEKS
    ? undefined
    : {
        today: sum(hoursOf(hours, today).slice(0, full)),
        median: median(weekdays.map((day) => sum(hoursOf(hours, day).slice(0, full)))),
      };

/** The median of the same weekdays hour by hour. */
export const usualByHour = (hours: Hours, weekdays: readonly LocalDate[]): number[] | undefined =>
  weekdays.length < LEAST_WEEKS ? undefined : NONE.map((_, hour) => median(weekdays.map((day) => hoursOf(hours, day)[hour]!)));

/**
 * Categories that rise: of the last seven days (today among them) against the median of the eight weeks before. Few cases make no trend: a
 * category needs five of them.
 */
export const rising = (
  counts: readonly { readonly day: LocalDate; readonly categoryId: string; readonly n: number }[],
  today: LocalDate,
  most: number,
): { id: string; n: number; usual: number }[] => {
  const weeks = new Map<string, number[]>();
  let known = 0;
  for (const { day, categoryId, n } of counts) {
    const week = Math.floor((dayOfDate(today) - dayOfDate(day)) / 7);
    if (week < 0 || week > WEEKS) continue;
    known = Math.max(known, week);
    const sums = weeks.get(categoryId) ?? Array.from({ length: WEEKS + 1 }, () => 0);
    sums[week]! += n;
    weeks.set(categoryId, sums);
  }
  if (known < LEAST_WEEKS) return [];
  return [...weeks]
    .map(([id, sums]) => ({ id, n: sums[0]!, usual: median(sums.slice(1, known + 1)) }))
    .filter(({ n, usual }) => n >= LEAST && n > usual)
    .sort((a, b) => b.n - b.usual - (a.n - a.usual) || (a.id < b.id ? -1 : 1))
    .slice(0, most);
};

/** Satisfied and basically satisfied among all answers. */
export const satisfactionOf = (ratings: Readonly<Record<Rating, number>>, days: number): WallView['satisfaction'] => {
  const all = ratings.satisfied + ratings.basicallySatisfied + ratings.dissatisfied;
  return { ...ratings, days, ...(all >= LEAST ? { rate: (ratings.satisfied + ratings.basicallySatisfied) / all } : {}) };
};
