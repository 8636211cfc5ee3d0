import type { Calendar, LocalDate } from '../../calendar/schema.ts';
import type { Limit } from '../schema.ts';

/**
 * A slow, plain reading of the law to hold the arithmetic against: one day after the other on the wall calendar, one minute after the other on
 * the clock. It shares nothing with the product but the calendar's two questions. Times in milliseconds, on whole minutes.
 */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const HOURS = [
  [9 * 60, 12 * 60],
  [13 * 60 + 30, 17 * 60 + 30],
] as const;

const monthLength = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const partsOf = (date: LocalDate): [number, number, number] => date.split('-').map(Number) as [number, number, number];
const dateOf = (year: number, month: number, day: number): LocalDate =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const tomorrow = (date: LocalDate): LocalDate => {
  const [year, month, day] = partsOf(date);
  if (day < monthLength(year, month)) return dateOf(year, month, day + 1);
  return month < 12 ? dateOf(year, month + 1, 1) : dateOf(year + 1, 1, 1);
};
/** Sakamoto's rule; 0 is Sunday. */
const weekdayOf = (date: LocalDate): number => {
  const [year, month, day] = partsOf(date);
  const y = month < 3 ? year - 1 : year;
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1]! + day) % 7;
};
const dateAt = (ms: number): LocalDate => new Date(ms + 480 * MINUTE).toISOString().slice(0, 10);
const endOf = (date: LocalDate): number => Date.parse(`${date}T23:59:59.999+08:00`);

export const slowDue = (
  limits: readonly Limit[],
  from: number,
  calendar: Calendar,
  pauses: readonly Pause[],
): { dueAt: number; touchedUnknown: boolean } => {
  let touchedUnknown = false;
  const isKnown = (date: LocalDate): boolean => {
    const known = calendar.years.has(partsOf(date)[0]);
    if (!known) touchedUnknown = true;
    return known;
  };
  const works = (date: LocalDate): boolean => {
    const plain = weekdayOf(date) >= 1 && weekdayOf(date) <= 5;
    if (!isKnown(date)) return plain;
    const exception = calendar.exceptions.get(date);
    return exception ? exception === 'work' : plain;
  };
  const stands = (ms: number): boolean => pauses.some((pause) => pause.from <= ms && ms < pause.to);
  const standsAtEnd = (date: LocalDate): boolean => stands(endOf(date));

  const walkDays = (start: LocalDate, amount: number, counts: (date: LocalDate) => boolean): LocalDate => {
    let left = amount;
    if (standsAtEnd(start) && counts(start)) left += 1;
    let date = start;
    while (left > 0) {
      date = tomorrow(date);
      if (!standsAtEnd(date) && counts(date)) left -= 1;
    }
    return date;
  };
  const daysOfMonths = (start: LocalDate, months: number): number => {
    let [year, month, day] = partsOf(start);
    for (let n = 0; n < months; n++) [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    day = Math.min(day, monthLength(year, month));
    let n = 0;
    for (let date = start; date !== dateOf(year, month, day); date = tomorrow(date)) n += 1;
    return n;
  };
  const walkMinutes = (start: number, minutes: number, counts: (ms: number) => boolean): number => {
    const first = Math.ceil(start / MINUTE) * MINUTE;
    let ms = first;
    for (let left = minutes; left > 0; ms += MINUTE) if (counts(ms) && !stands(ms)) left -= 1;
    return ms - (first - start);
  };
  let [asked, answer] = ['', false];
  const isOpen = (ms: number): boolean => {
    const date = dateAt(ms);
    if (date !== asked) [asked, answer] = [date, works(date)];
    const minute = (((ms + 480 * MINUTE) % (1440 * MINUTE)) + 1440 * MINUTE) / MINUTE;
    return answer && HOURS.some(([open, close]) => open <= minute % 1440 && minute % 1440 < close);
  };

  let at = from;
  let last: Limit['unit'] | undefined;
  for (let n = 0; n < limits.length; n++) {
    const { unit } = limits[n]!;
    let { amount } = limits[n]!;
    while (limits[n + 1]?.unit === unit) amount += limits[++n]!.amount;
    const date = dateAt(at);
    if (unit === 'hour') at = walkMinutes(at, amount * 60, () => true);
    else if (unit === 'workingHour') {
      if (amount > 0) isOpen(at);
      at = walkMinutes(at, amount * 60, isOpen);
    } else if (unit === 'workingDay') at = endOf(walkDays(date, amount, works));
    else at = endOf(walkDays(date, unit === 'day' ? amount : daysOfMonths(date, amount), () => true));
    last = unit;
  }
  if (last === 'day' || last === 'month') {
    let date = dateAt(at);
    while (standsAtEnd(date) || (isKnown(date) && !works(date))) date = tomorrow(date);
    at = endOf(date);
  }
  return { dueAt: at, touchedUnknown };
};
