import { dayOfInstant, instantOfMs, isInstant, MINUTE_MS, msOfDay } from '../calendar/rules.ts';
import type { Instant } from '../clock/schema.ts';
import type { NewSession } from './schema.ts';

const HOUR_MS = 60 * MINUTE_MS;
/** Until so long before a session begins it can be booked, changed and cancelled. */
const CLOSES_BEFORE_MS = 2 * HOUR_MS;
/** So many turns at most somebody has before them at one time: what is left is for others. */
export const MOST_AHEAD = 3;
/** Who booked is reminded so long before. */
export const REMINDED_BEFORE_MS = 24 * HOUR_MS;
/** So long after a session names, purposes and minutes are kept; then they are erased, and who it was with them. */
export const KEPT_MS = 30 * 24 * HOUR_MS;

type Times = Pick<NewSession, 'startsAt' | 'minutes'>;

/** When the turn of a slot comes; slots count from 1. */
export const turnOf = ({ startsAt, minutes }: Times, slot: number): Instant =>
  instantOfMs(Date.parse(startsAt) + (slot - 1) * minutes * MINUTE_MS);

export const closesAt = (startsAt: Instant): Instant => instantOfMs(Date.parse(startsAt) - CLOSES_BEFORE_MS);

/** Whether people may still book, change or cancel. */
export const isOpen = (startsAt: Instant, now: Instant): boolean => closesAt(startsAt) > now;

/** Whether who came can be said: from the day of the session on. */
export const isOnDay = (startsAt: Instant, now: Instant): boolean => Date.parse(now) >= msOfDay(dayOfInstant(startsAt));

/** What is wrong with hours somebody wants to publish; a session is of one day. */
export const sessionFault = ({ startsAt, endsAt, minutes, slots }: NewSession, now: Instant): string | undefined => {
  if (!isInstant(startsAt) || !isInstant(endsAt)) return 'fieldUnfit';
  const length = Date.parse(endsAt) - Date.parse(startsAt);
  if (length <= 0) return 'endsBeforeItBegins';
  if (!isOpen(instantOfMs(Date.parse(startsAt)), now)) return 'sessionTooSoon';
  if (dayOfInstant(startsAt) !== dayOfInstant(instantOfMs(Date.parse(endsAt) - 1))) return 'sessionOfTwoDays';
  return slots * minutes * MINUTE_MS > length ? 'slotsTooMany' : undefined;
};
