import { dayOfDate, findCalendarFault, instantOfMs, msOfDay } from '@tongxin/domain/calendar/rules.ts';
import { CalendarYear, type LocalDate } from '@tongxin/domain/calendar/schema.ts';
import { Value } from 'typebox/value';
import { findDays, findYears, markAmended, putYear, replaceYear } from '../../platform/calendar/repo.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid } from '../../platform/errors/problem.ts';
import { type Tx, withTransaction } from '../../platform/tx/tx.ts';

/** The notice of a year from the text of a file. Throws 422 `malformedJson`, `calendarUnfit`, or what `findCalendarFault` found, with the day. */
/** The notice itself, when it is sound. Throws what `findCalendarFault` found, with the day. */
export const soundNotice = (notice: CalendarYear): CalendarYear => {
  const fault = findCalendarFault(notice);
  if (fault) throw invalid(fault.code, { day: fault.day });
  return notice;
};

export const readCalendarYear = (text: string): CalendarYear => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('malformedJson');
  }
  if (!Value.Check(CalendarYear, value)) throw invalid('calendarUnfit');
  return soundNotice(value);
};

interface Loaded {
  readonly year: number;
  /** `same`: it was known exactly so. */
  readonly change: 'new' | 'replaced' | 'same';
  /** Days of years known before that differ now. */
  readonly amended: readonly LocalDate[];
  /** Running clocks that reach an amended day and will be computed again. */
  readonly clocks: number;
}

type Kinds = ReadonlyMap<LocalDate, 'work' | 'off'>;

/** Days that `after` says differently than `before`; a day neither names is a plain day in both. */
export const amendedDays = (before: Kinds, after: Kinds): LocalDate[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((day) => before.get(day) !== after.get(day)).sort();

/** Days as they would be after a notice: its own year anew, the December before only where it is named. */
export const daysAfter = (before: Kinds, notice: CalendarYear): Map<LocalDate, 'work' | 'off'> => {
  const named = new Map(notice.exceptions.map(({ day, kind }) => [day, kind]));
  const after = new Map([...before, ...named]);
  for (const day of before.keys()) if (day.startsWith(`${notice.year}-`) && !named.has(day)) after.delete(day);
  return after;
};

/** First millisecond of a day, as an instant. */
export const dayBegins = (day: LocalDate): string => instantOfMs(msOfDay(dayOfDate(day)));

interface Loading {
  readonly replace: boolean;
  readonly now: Date;
  /** Hands running clocks that reach an amended day to the leader; answers how many. */
  readonly mark: (from: string) => Promise<number>;
}

/** Loads a year in an open transaction: whole, or not at all. */
export const loadIn = async (tx: Tx, notice: CalendarYear, { replace, now, mark }: Loading): Promise<Loaded> => {
  const { year } = notice;
  const before = await findDays(tx, year);
  const known = await findYears(tx);
  const isKnown = known.has(year);
  if (isKnown) {
    if (amendedDays(before, daysAfter(before, notice)).length === 0) return { year, change: 'same', amended: [], clocks: 0 };
    if (!replace) throw conflict('calendarYearKnown', { year });
    await replaceYear(tx, notice, now);
  } else await putYear(tx, notice, now);
  const amended = amendedDays(before, await findDays(tx, year)).filter((day) => known.has(Number(day.slice(0, 4))));
  const clocks = amended[0] ? await mark(dayBegins(amended[0])) : 0;
  return { year, change: isKnown ? 'replaced' : 'new', amended, clocks };
};

/**
 * Loads a year, as the maintenance role: whole, or not at all. Throws 409 `calendarYearKnown` when the year is known otherwise and `replace` is
 * not set. Provisional clocks, and running ones that reach an amended day, are computed again by the leader's poll.
 */
export const loadCalendarYear = (
  { pools, clock }: Pick<Deps, 'pools' | 'clock'>,
  notice: CalendarYear,
  { replace = false }: { replace?: boolean } = {},
): Promise<Loaded> =>
  withTransaction(pools.maintenance, (tx) => loadIn(tx, notice, { replace, now: clock.now(), mark: (from) => markAmended(tx, from) }));
