import type { Calendar, LocalDate } from '@tongxin/domain/calendar/schema.ts';
import chineseDays from 'chinese-days';
import type pg from 'pg';
import { withTransaction } from '../tx/tx.ts';
import { findCalendar, putYear } from './repo.ts';

/** The first year of the data of chinese-days. */
const FIRST_YEAR = 2004;
const DAY = 86_400_000;

export interface CalendarYear {
  readonly year: number;
  readonly source: string;
  readonly exceptions: readonly { readonly day: LocalDate; readonly kind: 'work' | 'off'; readonly reason: string }[];
}

/**
 * The years of the State Council's yearly notices as chinese-days carries them. The package answers 'workday' for years it does not know; a
 * year without a single moved day was not announced yet, and is left out. `known` years are not asked about.
 */
export const builtInYears = (upTo: number, known: ReadonlySet<number> = new Set()): CalendarYear[] => {
  const years: CalendarYear[] = [];
  for (let year = FIRST_YEAR; year <= upTo; year++) {
    if (known.has(year)) continue;
    const exceptions: CalendarYear['exceptions'][number][] = [];
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += DAY) {
      const day = new Date(at).toISOString().slice(0, 10);
      const weekday = new Date(at).getUTCDay();
      const { work, name } = chineseDays.getDayDetail(day);
      if (work !== (weekday !== 0 && weekday !== 6))
        exceptions.push({ day, kind: work ? 'work' : 'off', reason: name.split(',')[1] ?? name });
    }
    if (exceptions.some(({ kind }) => kind === 'off')) years.push({ year, source: 'chinese-days', exceptions });
  }
  return years;
};

/** Loads years that are not known yet; answers them. A year is only ever loaded whole. As the maintenance role. */
export const publishCalendar = (pool: pg.Pool, years: readonly CalendarYear[], now: Date): Promise<number[]> =>
  withTransaction(pool, async (tx) => {
    const fresh: number[] = [];
    for (const year of years) if (await putYear(tx, year, now)) fresh.push(year.year);
    return fresh;
  });

/** The calendar of the database. Its version names the years it knows: a clock stored under it can be told from one that knew less. */
export const openCalendar = async (pool: pg.Pool): Promise<{ current: () => Calendar; reload: () => Promise<void> }> => {
  let calendar = await findCalendar(pool);
  return {
    current: () => calendar,
    reload: async () => {
      calendar = await findCalendar(pool);
    },
  };
};
