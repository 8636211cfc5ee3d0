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
