import { dayOfMs, instantOfMs, msOfDay } from '../calendar/rules.ts';
import type { Instant } from '../clock/schema.ts';

const HOUR_MS = 3_600_000;
/** Hours in China at which people are called: before noon, after the nap, after supper. Nobody is called earlier or later. */
const HOURS = [9.5, 15, 19] as const;
const EARLIEST = 9;
const LATEST = 20;
/** Who did not answer is left in peace for so long. */
const PAUSE_MS = 2 * HOUR_MS;

/** Calls without an answer after which a call-back is over. */
export const CALL_BACK_ATTEMPTS = 3;

const hourOf = (ms: number): number => (ms - msOfDay(dayOfMs(ms))) / HOUR_MS;

/** The part of the day an hour lies in. */
const partOf = (hour: number): number => (hour < 12 ? 0 : hour < 18 ? 1 : 2);

/**
 * When to call somebody back, in China's day: at once the first time, if the hour is fit; after an attempt that nobody took, at another part of the
 * day than those tried already, as long as there is one.
 */
export const nextAttempt = (answeredAt: Instant, attempts: readonly Instant[]): Instant => {
  const last = attempts.at(-1);
  const from = last ? Date.parse(last) + PAUSE_MS : Date.parse(answeredAt);
  const hour = hourOf(from);
  if (!last && hour >= EARLIEST && hour < LATEST) return instantOfMs(from);
  const tried = new Set(attempts.map((at) => partOf(hourOf(Date.parse(at)))));
  const fresh = HOURS.filter((one) => !tried.has(partOf(one)));
  const fit = last && fresh.length > 0 ? fresh : HOURS;
  for (let day = dayOfMs(from); ; day += 1)
    for (const one of fit) if (msOfDay(day) + one * HOUR_MS >= from) return instantOfMs(msOfDay(day) + one * HOUR_MS);
};

/** Whole seconds somebody was on the line. */
export const secondsBetween = (answeredAt: Instant, endedAt: Instant): number =>
  Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(answeredAt)) / 1000));
