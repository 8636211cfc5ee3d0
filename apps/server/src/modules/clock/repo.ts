import { sql } from 'kysely';
import type pg from 'pg';
import type { ScopedTx } from '../../platform/tx/tx.ts';
import type { CaseRecord } from '../case/index.ts';

/** Cases whose ladder has something to say by now, or whose due time was computed with an older calendar; by index, longest due first. */
export const findDueCases = async (tx: ScopedTx, now: string, calendarVersion: string, limit: number): Promise<string[]> => {
  const { rows } = await sql<{
    case_id: string;
  }>`select case_id from find_due_cases(${now}::timestamptz, ${calendarVersion}, ${limit}) as case_id`.execute(tx);
  return rows.map((row) => row.case_id);
};

/** Opens one due case to the clock's service and locks it; undefined when somebody else works on it, or it is no longer due. */
export const lockDueCase = async (
  client: pg.PoolClient,
  caseId: string,
  now: string,
  calendarVersion: string,
): Promise<CaseRecord | undefined> => {
  const { rows: opened } = await client.query<{ opened: boolean }>('select open_due_case($1, $2, $3) as opened', [
    caseId,
    now,
    calendarVersion,
  ]);
  if (!opened[0]!.opened) return undefined;
  const { rows } = await client.query<CaseRecord>('select * from cases where case_id = $1 for update skip locked', [caseId]);
  return rows[0];
};
