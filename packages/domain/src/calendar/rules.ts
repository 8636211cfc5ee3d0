import type { Instant } from '../clock/schema.ts';
import type { BusinessHours, Calendar, LocalDate } from './schema.ts';

/**
 * Dates of Asia/Shanghai as whole days since 1970-01-01 and instants as milliseconds: nothing here reads the process's zone. Shanghai is UTC+8
 * all year since 1992; earlier summers (1986-1991, +9) are read as +8, which no running clock can touch.
 */
const OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

/** Day number of a local date. */
export const dayOfDate = (date: LocalDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
export const dateOfDay = (day: number): LocalDate => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const yearOfDay = (day: number): number => new Date(day * DAY_MS).getUTCFullYear();

/** Local day number of an instant in milliseconds. */
export const dayOfMs = (ms: number): number => Math.floor((ms + OFFSET_MS) / DAY_MS);
export const dayOfInstant = (instant: Instant): number => dayOfMs(Date.parse(instant));
export const instantToLocalDate = (instant: Instant): LocalDate => dateOfDay(dayOfInstant(instant));
/** First millisecond of a local day. */
export const msOfDay = (day: number): number => day * DAY_MS - OFFSET_MS;
export const instantOfMs = (ms: number): Instant => new Date(ms).toISOString();

/** Whether people work on a day; 'unknown' when the notice of its year has not been loaded. */
export const isWorkday = (calendar: Calendar, date: LocalDate): boolean | 'unknown' => isWorkday_(calendar, dayOfDate(date));

export const isWorkday_ = (calendar: Calendar, day: number): boolean | 'unknown' => {
  if (!calendar.years.has(yearOfDay(day))) return 'unknown';
  const exception = calendar.exceptions.get(dateOfDay(day));
  return exception ? exception === 'work' : isWeekday(day);
};

/** Monday to Friday. */
export const isWeekday = (day: number): boolean => {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday >= 1 && weekday <= 5;
};

/** Minutes of work in one working day. */
export const minutesPerDay = (hours: BusinessHours): number => hours.reduce((sum, [from, to]) => sum + to - from, 0);
