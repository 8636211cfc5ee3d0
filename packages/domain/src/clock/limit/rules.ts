import { DAY_MS, dayOfMs, instantOfMs, isWeekday, isWorkday_, MINUTE_MS, msOfDay, yearOfDay } from '../../calendar/rules.ts';
import { type BusinessHours, type Calendar, DEFAULT_BUSINESS_HOURS } from '../../calendar/schema.ts';
import type { Instant, Limit } from '../schema.ts';

const HOUR_MS = 3_600_000;
/** No clock runs longer than this; a limit that would is refused by the schema. */
const HORIZON_DAYS = 40_000;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Answers questions about days and remembers whether any answer was a guess. */
class Days {
  guessed = false;
  readonly calendar: Calendar;
  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }
  works(day: number): boolean {
    const known = isWorkday_(this.calendar, day);
    if (known !== 'unknown') return known;
    this.guessed = true;
    return isWeekday(day);
  }
  isKnown(day: number): boolean {
    if (this.calendar.years.has(yearOfDay(day))) return true;
    this.guessed = true;
    return false;
  }
}

/** Whether the clock stands still when the day ends: only then is the day not counted. */
const isPaused = (day: number, pauses: readonly Span[]): boolean =>
  pauses.some(({ from, to }) => dayOfMs(from) <= day && day < dayOfMs(to));

/**
 * The day on which an amount of days is used up. The starting day is not counted (Civil Code 201); one whose end is paused is given back at
 * the other end, so that a pause moves the last day by exactly the counted days it covers, whenever it begins.
 */
const addDays = (start: number, amount: number, pauses: readonly Span[], counts: (day: number) => boolean): number => {
  let day = start;
  for (let left = isPaused(start, pauses) && counts(start) ? amount + 1 : amount; left > 0; ) {
    day += 1;
    if (day - start > HORIZON_DAYS) throw new RangeError('the limit lies beyond a century');
    if (!isPaused(day, pauses) && counts(day)) left -= 1;
  }
  return day;
};

/** The corresponding day, or the last day of a month that has none (Civil Code 202). */
const addMonths = (day: number, months: number): number => {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY_MS;
};

/** Working minutes counted on from an instant, skipping pauses; the instant at which they are used up. */
const addWorkingMinutes = (start: number, minutes: number, days: Days, hours: BusinessHours, pauses: readonly Span[]): number => {
  if (minutes === 0) return start;
  let left = minutes * MINUTE_MS;
  for (let day = dayOfMs(start); ; day++) {
    if (day - dayOfMs(start) > HORIZON_DAYS) throw new RangeError('the limit lies beyond a century');
    if (!days.works(day)) continue;
    for (const [open, close] of hours) {
      let spans: Span[] = [{ from: Math.max(start, msOfDay(day) + open * MINUTE_MS), to: msOfDay(day) + close * MINUTE_MS }];
      for (const pause of pauses)
        spans = spans.flatMap(({ from, to }) => [
          { from, to: Math.min(to, pause.from) },
          { from: Math.max(from, pause.to), to },
        ]);
      for (const { from, to } of spans) {
        if (to <= from) continue;
        if (to - from >= left) return from + left;
        left -= to - from;
      }
    }
  }
};

/** Consecutive limits of the same unit are one: sixty days and thirty more are ninety from the same start. */
const joined = (limits: readonly Limit[]): Limit[] => {
  const all: Limit[] = [];
  for (const { amount, unit } of limits) {
    const last = all.at(-1);
    if (last?.unit === unit) all[all.length - 1] = { amount: last.amount + amount, unit };
    else all.push({ amount, unit });
  }
  return all;
};

/**
 * When limits counted on from a start are used up, an instant. Days end with the day, 23:59:59.999 in Shanghai rather than the next midnight,
 * so that the local date of a due time is the last day itself wherever it is shown. The starting day is not counted, and a last day that is a
 * holiday moves to the next working day (Civil Code 201-203); only the last day of the whole, extensions included. Hours are exact and run
 * through holidays. Paused days are those at whose end the clock stands still. In a year whose calendar is unknown working days are counted
 * as Monday to Friday, a last day is not moved, and the answer is provisional.
 */
export const dueAt = (
  limits: Limit | readonly Limit[],
  from: Instant,
  calendar: Calendar,
  { hours = DEFAULT_BUSINESS_HOURS, pauses = [] }: { hours?: BusinessHours; pauses?: readonly { from: Instant; to: Instant }[] } = {},
): { dueAt: Instant; provisional: boolean } => {
  const days = new Days(calendar);
  const spans = pauses.map((pause) => ({ from: Date.parse(pause.from), to: Date.parse(pause.to) })).sort((a, b) => a.from - b.from);
  const end = (day: number): number => msOfDay(day + 1) - 1;
  let at = Date.parse(from);
  let moves = false;
  for (const { amount, unit } of joined('unit' in limits ? [limits] : limits)) {
    const start = dayOfMs(at);
    moves = unit === 'day' || unit === 'month';
    if (unit === 'hour') {
      let due = at + amount * HOUR_MS;
      for (const span of spans) if (span.from < due && span.to > at) due += span.to - Math.max(span.from, at);
      at = due;
    } else if (unit === 'workingHour') at = addWorkingMinutes(at, amount * 60, days, hours, spans);
    else if (unit === 'workingDay') at = end(addDays(start, amount, spans, (day) => days.works(day)));
    else at = end(addDays(start, unit === 'day' ? amount : addMonths(start, amount) - start, spans, () => true));
  }
  if (moves) {
    let day = dayOfMs(at);
    while (isPaused(day, spans) || (days.isKnown(day) && !days.works(day))) day += 1;
    at = end(day);
  }
  return { dueAt: instantOfMs(at), provisional: days.guessed };
};

/** An instant moved by an offset back (-1) or on (+1); working units count work only. */
export const moved = (at: number, offset: Limit, direction: 1 | -1, calendar: Calendar): number => {
  const days = new Days(calendar);
  switch (offset.unit) {
    case 'hour':
      return at + direction * offset.amount * HOUR_MS;
    case 'day':
      return at + direction * offset.amount * DAY_MS;
    case 'month':
      return at + (addMonths(dayOfMs(at), direction * offset.amount) - dayOfMs(at)) * DAY_MS;
    case 'workingDay': {
      let day = dayOfMs(at);
      for (let left = offset.amount; left > 0; ) {
        day += direction;
        if (days.works(day)) left -= 1;
      }
      return at + (day - dayOfMs(at)) * DAY_MS;
    }
    case 'workingHour': {
      if (direction === 1) return addWorkingMinutes(at, offset.amount * 60, days, DEFAULT_BUSINESS_HOURS, []);
      let left = offset.amount * 60 * MINUTE_MS;
      for (let day = dayOfMs(at); ; day--) {
        if (!days.works(day)) continue;
        for (const [open, close] of [...DEFAULT_BUSINESS_HOURS].reverse()) {
          const from = msOfDay(day) + open * MINUTE_MS;
          const to = Math.min(at, msOfDay(day) + close * MINUTE_MS);
          if (to <= from) continue;
          if (to - from >= left) return to - left;
          left -= to - from;
        }
      }
    }
    default:
      return offset.unit satisfies never;
  }
};

/** Working days after one day up to and including another; negative when the other lies before. Unknown years count Monday to Friday. */
export const workingDaysBetween = (from: number, to: number, calendar: Calendar): number => {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  const days = new Days(calendar);
  let n = 0;
  for (let day = from + 1; day <= to; day++) if (days.works(day)) n += 1;
  return n;
};

/** Whole minutes of business between two instants; negative when the second lies before the first. */
export const workingMinutesBetween = (from: number, to: number, calendar: Calendar): number => {
  if (to < from) return -workingMinutesBetween(to, from, calendar);
  const days = new Days(calendar);
  let ms = 0;
  for (let day = dayOfMs(from); day <= dayOfMs(to); day++) {
    if (!days.works(day)) continue;
    for (const [open, close] of DEFAULT_BUSINESS_HOURS)
      ms += Math.max(0, Math.min(to, msOfDay(day) + close * MINUTE_MS) - Math.max(from, msOfDay(day) + open * MINUTE_MS));
  }
  return Math.floor(ms / MINUTE_MS);
};
