import { dayOfInstant, instantOfMs, isInstant, MINUTE_MS, msOfDay } from '../calendar/rules.ts';
import type { Instant } from '../clock/schema.ts';
import type { HoursKind, NewSession } from './schema.ts';

const HOUR_MS = 60 * MINUTE_MS;
/** Until so long before a session begins it can be booked, changed and cancelled. */
const CLOSES_BEFORE_MS = 2 * HOUR_MS;
/** So many turns at most somebody has before them at one time: what is left is for others. */
export const MOST_AHEAD = 3;
/** Who booked is reminded so long before. */
export const REMINDED_BEFORE_MS = 24 * HOUR_MS;
/** So long after a session names, purposes and minutes are kept; then they are erased, and who it was with them. */
export const KEPT_MS = 30 * 24 * HOUR_MS;
/** A record of advice is kept as long as a claim lives, three years (民法典 188), unless its person has it erased before. */
export const ADVICE_KEPT_YEARS = 3;
/** Whose work which hours are. */
export const KEEPERS = { reception: 'reception.manage', legal: 'legal.advise' } as const satisfies Record<HoursKind, string>;

/** Hours in the order of how near they are to somewhere (the areas it lies in, from the top down), then of time: the nearest desk with a free turn first. */
export const nearestFirst = <
  T extends { readonly areaPath: readonly string[]; readonly startsAt: Instant; readonly free: readonly number[] },
>(
  sessions: readonly T[],
  path: readonly string[],
): T[] => {
  const shared = ({ areaPath }: T): number => areaPath.filter((id) => path.includes(id)).length;
  const full = ({ free }: T): number => (free.length ? 0 : 1);
  return sessions.toSorted(
    (a, b) => full(a) - full(b) || shared(b) - shared(a) || (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0),
  );
};

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
