import type { Instant } from '../clock/schema.ts';
import { onDuty, type Shift } from '../roster/rules.ts';

const DAY_MS = 86_400_000;

/** The shift that is ending, the one that comes, and until when the next one's work is looked at. */
export const shiftsAround = (shifts: readonly Shift[], now: Instant): { shift?: Shift; next?: Shift; until: Instant } => {
  const shift = onDuty(shifts, now)[0];
  const from = shift ? Date.parse(shift.endsAt) : Date.parse(now);
  // Who hands over a little late or early hands over to the same colleagues.
  const next = [...shifts]
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
    .find((one) => Date.parse(one.startsAt) >= from - 1);
  return {
    ...(shift ? { shift } : {}),
    ...(next ? { next } : {}),
    until: next?.endsAt ?? new Date(Date.parse(now) + DAY_MS).toISOString(),
  };
};
