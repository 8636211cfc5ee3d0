import { createHash } from 'node:crypto';
import type { Calendar, CalendarYear, LocalDate } from '@tongxin/domain/calendar/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Tx } from '../tx/tx.ts';

type Exception = CalendarYear['exceptions'][number];

/** Writes a year with its exceptions unless the year is known. Answers whether it was new. */
export const putYear = async (tx: Tx, { year, source, exceptions }: CalendarYear, now: Date): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into calendar_year (year, version, source, loaded_at) values (${year}, ${`${source}-${year}`}, ${source}, ${now})
    on conflict do nothing`.execute(tx);
  if (!numAffectedRows) return false;
  await putExceptions(tx, exceptions);
  return true;
};

const putExceptions = (tx: Tx, exceptions: readonly Exception[]): Promise<unknown> =>
  sql`
    insert into calendar_exception (day, kind, reason)
    select day, kind, reason from jsonb_to_recordset(${JSON.stringify(exceptions)}::jsonb) as e(day date, kind text, reason text)
    on conflict (day) do update set kind = excluded.kind, reason = excluded.reason`.execute(tx);

/** Writes a known year anew: its own days are all replaced, days of the December before only where they are named. */
export const replaceYear = async (tx: Tx, { year, source, exceptions }: CalendarYear, now: Date): Promise<void> => {
  await sql`update calendar_year set version = ${`${source}-${year}`}, source = ${source}, loaded_at = ${now} where year = ${year}`.execute(
    tx,
  );
  await sql`delete from calendar_exception where extract(year from day) = ${year}`.execute(tx);
  await putExceptions(tx, exceptions);
};

/** Days of known years that differ from plain weeks, of a year and the December before it. */
export const findDays = async (tx: Tx, year: number): Promise<Map<LocalDate, 'work' | 'off'>> => {
  const { rows } = await sql<{ day: string; kind: 'work' | 'off' }>`
    select day::text as day, kind from calendar_exception
    where day between make_date(${year} - 1, 12, 1) and make_date(${year}, 12, 31)`.execute(tx);
  return new Map(rows.map(({ day, kind }) => [day, kind]));
};

export const findYears = async (tx: Tx): Promise<Set<number>> => {
  const { rows } = await sql<{ year: number }>`select year from calendar_year`.execute(tx);
  return new Set(rows.map(({ year }) => year));
};

/** Hands running clocks that reach an amended day to the leader's poll, which computes them again. Answers how many. */
export const markAmended = async (tx: Tx, from: string): Promise<number> => {
  const { numAffectedRows } = await sql`
    update clock set calendar_version = 'amended' where status = 'running' and due_at >= ${from} and calendar_version <> 'imported'`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
};

export const findCalendar = async (pool: pg.Pool): Promise<Calendar> => {
  const { rows } = await pool.query<{ years: number[]; days: [string, 'work' | 'off'][] }>(`
    select coalesce((select json_agg(year order by year) from calendar_year), '[]') as years,
      coalesce((select json_agg(json_build_array(day, kind) order by day) from calendar_exception), '[]') as days`);
  const { years, days } = rows[0]!;
  const digest = createHash('sha256')
    .update(JSON.stringify([years, days]))
    .digest('hex')
    .slice(0, 8);
  return { version: years.length ? `${years[0]}-${years.at(-1)}.${digest}` : 'none', years: new Set(years), exceptions: new Map(days) };
};

export interface YearRow {
  readonly year: number;
  readonly source: string;
  readonly loaded_at: Date;
  readonly exceptions: readonly Exception[];
}

/** Known years with their days, the latest first. */
export const findKnownYears = async (tx: Tx): Promise<YearRow[]> => {
  const { rows } = await sql<YearRow>`
    select y.year, y.source, y.loaded_at, coalesce((select jsonb_agg(jsonb_build_object('day', e.day::text, 'kind', e.kind, 'reason', e.reason) order by e.day)
      from calendar_exception e where extract(year from e.day) = y.year), '[]') as exceptions
    from calendar_year y order by y.year desc`.execute(tx);
  return rows;
};
