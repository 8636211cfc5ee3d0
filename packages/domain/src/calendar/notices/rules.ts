import { dateOfDay, dayOfDate, isWeekday, isWorkday } from '../rules.ts';
import type { Calendar, CalendarYear, LocalDate } from '../schema.ts';
import { NOTICES, SOURCE } from './data.ts';

const datesFrom = (year: number, from: string, to: string): LocalDate[] => {
  const [first, last] = [dayOfDate(`${year}-${from}`), dayOfDate(`${year}-${to}`)];
  return Array.from({ length: last - first + 1 }, (_, n) => dateOfDay(first + n));
};

/** The years whose notices ship with the product, without those `known` already. */
export const builtInYears = (upTo: number, known: ReadonlySet<number> = new Set()): CalendarYear[] =>
  Object.entries(NOTICES)
    .map(([year, runs]) => ({
      year: Number(year),
      source: SOURCE,
      exceptions: runs.flatMap(([kind, from, to, reason]) => datesFrom(Number(year), from, to).map((day) => ({ day, kind, reason }))),
    }))
    .filter(({ year }) => year <= upTo && !known.has(year));

/** Years as a calendar. */
export const calendarOfYears = (version: string, years: readonly CalendarYear[]): Calendar => ({
  version,
  years: new Set(years.map(({ year }) => year)),
  exceptions: new Map(years.flatMap(({ exceptions }) => exceptions.map(({ day, kind }) => [day, kind] as const))),
});

const builtIn = calendarOfYears('built in', builtInYears(2100));

/** Whether a day is off by the notices that ship; weekends in years that have none. For invented data only: a clock asks the loaded calendar. */
export const isDayOff = (day: LocalDate): boolean => {
  const works = isWorkday(builtIn, day);
  return works === 'unknown' ? !isWeekday(dayOfDate(day)) : !works;
};
