import type { Calendar, CalendarYear } from '@tongxin/domain/calendar/schema.ts';
import type pg from 'pg';
import { withTransaction } from '../tx/tx.ts';
import { findCalendar, putYear } from './repo.ts';

export { builtInYears } from '@tongxin/domain/calendar/notices/rules.ts';

/** How long a process may go on with the calendar it has read: a year loaded by another process is used within this time. */
const STALE_MS = 60_000;

/** Loads years that are not known yet; answers them. A year is only ever loaded whole. As the maintenance role. */
export const publishCalendar = (pool: pg.Pool, years: readonly CalendarYear[], now: Date): Promise<number[]> =>
  withTransaction(pool, async (tx) => {
    const fresh: number[] = [];
    for (const year of years) if (await putYear(tx, year, now)) fresh.push(year.year);
    return fresh;
  });

/**
 * The calendar of the database, read again now and then, so that a year loaded by the command line reaches running processes. Its version names
 * the years it knows and a digest of their days: a clock computed under it can be told from one that knew less, or something else.
 */
export const openCalendar = async (
  pool: pg.Pool,
  { warn }: { warn(what: object, message: string): void },
): Promise<{ current: () => Calendar; reload: () => Promise<void> }> => {
  let calendar = await findCalendar(pool);
  let readAt = performance.now();
  const reload = async (): Promise<void> => {
    readAt = performance.now();
    calendar = await findCalendar(pool);
  };
  return {
    current: () => {
      if (performance.now() - readAt > STALE_MS)
        void reload().catch((error: Error) => warn({ error: error.message }, 'the calendar could not be read again'));
      return calendar;
    },
    reload,
  };
};
