import { dateOfDay, dayOfDate, instantOfMs, isWeekday, isWorkday, MINUTE_MS, msOfDay } from '../calendar/rules.ts';
import type { BusinessHours, Calendar, LocalDate } from '../calendar/schema.ts';
import type { Instant } from '../clock/schema.ts';

/** A time on duty, from `startsAt` up to but not including `endsAt`. */
export interface Shift {
  readonly organizationId: string;
  readonly postId: string;
  readonly personId?: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly kind: 'day' | 'night' | 'holiday';
}

/** Shifts that run at an instant, the one that began last first: who has just come on is asked before who is going. */
export const onDuty = (shifts: readonly Shift[], at: Instant): Shift[] => {
  const instant = Date.parse(at);
  return shifts
    .filter((shift) => Date.parse(shift.startsAt) <= instant && instant < Date.parse(shift.endsAt))
    .sort((a, b) => Date.parse(b.startsAt) - Date.parse(a.startsAt) || (a.postId < b.postId ? -1 : 1));
};

/** Gaps in `[from, to)` in which nobody is on duty, in order. */
export const gapsIn = (shifts: readonly Shift[], from: Instant, to: Instant): { from: Instant; to: Instant }[] => {
  const end = Date.parse(to);
  let at = Date.parse(from);
  const gaps: { from: Instant; to: Instant }[] = [];
  for (const shift of [...shifts].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))) {
    const start = Math.min(Date.parse(shift.startsAt), end);
    if (start > at) gaps.push({ from: new Date(at).toISOString(), to: new Date(start).toISOString() });
    at = Math.max(at, Date.parse(shift.endsAt));
    if (at >= end) return gaps;
  }
  if (at < end) gaps.push({ from: new Date(at).toISOString(), to: new Date(end).toISOString() });
  return gaps;
};

/** Longest time on duty at a stretch. */
export const LONGEST_SHIFT_MS = 48 * 3_600_000;

/** When a body needs somebody on duty: whole days off, and before and after business hours on working days. In order, touching ones joined. */
const needed = (calendar: Calendar, from: LocalDate, days: number, hours: BusinessHours): { from: number; to: number }[] => {
  const spans: { from: number; to: number }[] = [];
  const add = (start: number, end: number): void => {
    const last = spans.at(-1);
    if (last && last.to >= start) spans[spans.length - 1] = { from: last.from, to: end };
    else if (start < end) spans.push({ from: start, to: end });
  };
  const first = dayOfDate(from);
  for (let day = first; day < first + days; day++) {
    const works = isWorkday(calendar, dateOfDay(day));
    const [begins, ends] = [msOfDay(day), msOfDay(day + 1)];
    const [open, shut] = [hours[0]?.[0], hours.at(-1)?.[1]];
    // A year whose notice is not known is planned by plain weeks.
    if (!(works === 'unknown' ? isWeekday(day) : works) || open === undefined || shut === undefined) add(begins, ends);
    else {
      add(begins, begins + open * MINUTE_MS);
      add(begins + shut * MINUTE_MS, ends);
    }
  }
  return spans;
};

/** Nights and days off in which nobody of a body is on duty. */
export const rosterGaps = (
  shifts: readonly Shift[],
  calendar: Calendar,
  from: LocalDate,
  days: number,
  hours: BusinessHours,
): { from: Instant; to: Instant }[] =>
  needed(calendar, from, days, hours).flatMap((span) => gapsIn(shifts, instantOfMs(span.from), instantOfMs(span.to)));

/** Shifts of one week moved to another, by whole days; China has no summer time, so the hours stay. */
export const moveShifts = <T extends Pick<Shift, 'startsAt' | 'endsAt'>>(shifts: readonly T[], from: LocalDate, to: LocalDate): T[] => {
  const by = msOfDay(dayOfDate(to)) - msOfDay(dayOfDate(from));
  const moved = (instant: Instant): Instant => instantOfMs(Date.parse(instant) + by);
  return shifts.map((shift) => ({ ...shift, startsAt: moved(shift.startsAt), endsAt: moved(shift.endsAt) }));
};
