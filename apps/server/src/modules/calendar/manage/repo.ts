import type { ClockState } from '@tongxin/domain/clock/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

/** Running clocks that reach a day, and with `waiting` those that wait for a year to be known. */
export const countReaching = async (tx: ScopedTx, from: string | null, waiting: boolean): Promise<number> => {
  const { rows } = await sql<{ n: string }>`select count_reaching(${from}::timestamptz, ${waiting}) as n`.execute(tx);
  return Number(rows[0]!.n);
};

export interface ReachingRow {
  readonly case_id: string;
  readonly number: string;
  readonly clock: string;
  readonly state: ClockState;
  readonly procedure_id: string;
  readonly procedure_version: number;
}

export const findReaching = async (tx: ScopedTx, from: string | null, waiting: boolean, limit: number): Promise<ReachingRow[]> => {
  const { rows } = await sql<ReachingRow>`select * from find_reaching(${from}::timestamptz, ${waiting}, ${limit})`.execute(tx);
  return rows;
};

/** As `markAmended`, for a caller who manages the calendar: row-level security would show it only its own area's cases. */
export const markReaching = async (tx: ScopedTx, from: string): Promise<number> => {
  const { rows } = await sql<{ n: string }>`select mark_amended(${from}::timestamptz) as n`.execute(tx);
  return Number(rows[0]!.n);
};
