import type { Instant } from '../clock/schema.ts';
import type { Calendar, CalendarYear, LocalDate } from './schema.ts';

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

/** Nothing that a case is about happened before 1900, and no limit of law runs past 2199: other years are slips of a key. */
const PLAUSIBLE = /^(19|20|21)\d\d-/u;

/** Whether words are a day of the calendar, `2026-02-28`, in a year a case can be about. */
export const isDate = (words: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/u.test(words) || !PLAUSIBLE.test(words)) return false;
  const date = new Date(`${words}T00:00:00Z`);
  // JavaScript reads the 30th of February as the 2nd of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(words);
};

/** Whether words are an instant in ISO 8601 with its zone, on a day there is. */
export const isInstant = (words: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/u.test(words) &&
  isDate(words.slice(0, 10)) &&
  !Number.isNaN(Date.parse(words));

/** The instant that somebody's device says; its clock may be a day ahead, no more. */
export const claimedInstant = (
  words: string,
  now: Instant,
): { readonly ok: true; readonly at: Instant } | { readonly ok: false; readonly why: 'notInstant' | 'inFuture' } => {
  if (!isInstant(words)) return { ok: false, why: 'notInstant' };
  const ms = Date.parse(words);
  return ms > Date.parse(now) + DAY_MS ? { ok: false, why: 'inFuture' } : { ok: true, at: instantOfMs(ms) };
};

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

/** Holidays of every year whatever its notice says (全国年节及纪念日放假办法, 2024); those of the lunar calendar move. */
const FIXED_HOLIDAYS = ['01-01', '05-01', '10-01', '10-02', '10-03'];

/**
 * What is wrong with the notice of a year, and where: a day that does not exist, or of another year (the December before may be moved for New
 * Year's Day), a day named twice, a fixed holiday that would be worked on, which is what a file of another year looks like.
 */
export const findCalendarFault = ({
  year,
  exceptions,
}: CalendarYear): { code: 'calendarDayUnfit' | 'calendarDayTwice' | 'calendarHolidayMissing'; day: LocalDate } | undefined => {
  const known = new Map<LocalDate, 'work' | 'off'>();
  for (const { day, kind } of exceptions) {
    const isDay = Number.isFinite(dayOfDate(day)) && dateOfDay(dayOfDate(day)) === day;
    if (!isDay || !(day.startsWith(`${year}-`) || day.startsWith(`${year - 1}-12-`))) return { code: 'calendarDayUnfit', day };
    if (known.has(day)) return { code: 'calendarDayTwice', day };
    known.set(day, kind);
  }
  const calendar: Calendar = { version: '', years: new Set([year]), exceptions: known };
  const worked = FIXED_HOLIDAYS.map((day) => `${year}-${day}`).find((day) => isWorkday(calendar, day));
  return worked ? { code: 'calendarHolidayMissing', day: worked } : undefined;
};
