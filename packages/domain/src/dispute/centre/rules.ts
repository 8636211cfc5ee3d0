import { dateOfDay, dayOfDate, isWeekday, isWorkday_ } from '../../calendar/rules.ts';
import type { Calendar, LocalDate } from '../../calendar/schema.ts';
import { LEAST_PUBLISHED, release } from '../../publish/rules.ts';

const PERIOD = 90;

/**
 * The last ninety days that are over, from a day up to but not including another. They follow one another and never overlap: what was told of one
 * cannot be subtracted from another.
 */
export const waitingPeriod = (today: LocalDate): { readonly from: LocalDate; readonly until: LocalDate } => {
  const until = Math.floor(dayOfDate(today) / PERIOD) * PERIOD;
  return { from: dateOfDay(until - PERIOD), until: dateOfDay(until) };
};

/**
 * Periods that are over and were not told, the earliest first: after the last one that was, each, also where nobody was there to tell them in time. Of the
 * first ever told, the last that is over.
 */
export const periodsToTell = (told: LocalDate | undefined, today: LocalDate): ReturnType<typeof waitingPeriod>[] => {
  const last = waitingPeriod(today);
  if (told === undefined) return [last];
  const periods: ReturnType<typeof waitingPeriod>[] = [];
  for (let from = dayOfDate(told); from < dayOfDate(last.until); from += PERIOD)
    periods.push({ from: dateOfDay(from), until: dateOfDay(from + PERIOD) });
  return periods;
};

/** Working days after one day up to and including another; a year whose notice is not known is counted by plain weeks. */
export const workingDaysBetween = (calendar: Calendar, from: LocalDate, to: LocalDate): number => {
  let n = 0;
  for (let day = dayOfDate(from) + 1; day <= dayOfDate(to); day++) {
    const works = isWorkday_(calendar, day);
    if (works === 'unknown' ? isWeekday(day) : works) n++;
  }
  return n;
};

/** The middle one (of two the later), or nothing where so few were counted that it would tell of one. No count is told with it. */
export const toldMedian = (days: readonly number[]): number | undefined =>
  release({ id: 'waiting', count: days.length, parts: [] }, LEAST_PUBLISHED).count
    ? days.toSorted((a, b) => a - b)[Math.floor(days.length / 2)]
    : undefined;

/** Whether a number is a mobile's: it is somebody's own, and stands on no public page. */
export const isMobile = (telephone: string): boolean => /^(?:\+?86)?1[3-9]\d{9}$/u.test(telephone.replaceAll(/[\s-]/gu, ''));
