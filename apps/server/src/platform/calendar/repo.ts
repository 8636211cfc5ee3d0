import type { Calendar } from '@tongxin/domain/calendar/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Tx } from '../tx/tx.ts';
import type { CalendarYear } from './calendar.ts';

/** Writes a year with its exceptions unless the year is known. Answers whether it was new. */
export const putYear = async (tx: Tx, { year, source, exceptions }: CalendarYear, now: Date): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into calendar_year (year, version, source, loaded_at) values (${year}, ${`${source}-${year}`}, ${source}, ${now})
    on conflict do nothing`.execute(tx);
  if (!numAffectedRows) return false;
  await sql`
    insert into calendar_exception (day, kind, reason)
    select day, kind, reason from jsonb_to_recordset(${JSON.stringify(exceptions)}::jsonb) as e(day date, kind text, reason text)
    on conflict (day) do update set kind = excluded.kind, reason = excluded.reason`.execute(tx);
  return true;
};

export const findCalendar = async (pool: pg.Pool): Promise<Calendar> => {
  const [years, days] = await Promise.all([
    pool.query<{ year: number; version: string }>('select year, version from calendar_year order by year'),
    pool.query<{ day: string; kind: 'work' | 'off' }>('select day::text as day, kind from calendar_exception'),
  ]);
  return {
    version: years.rows.length ? `${years.rows[0]!.year}-${years.rows.at(-1)!.year}` : 'none',
    years: new Set(years.rows.map(({ year }) => year)),
    exceptions: new Map(days.rows.map(({ day, kind }) => [day, kind])),
  };
};
