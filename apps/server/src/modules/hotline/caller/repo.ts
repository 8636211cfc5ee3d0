import type { CaseState } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';
import { LIST_COLUMNS, type ListRow } from '../../case/index.ts';

/** Cases of whoever is on the line, through the database function that logs the looking with each party found. */
export const findCaller = async (
  tx: ScopedTx,
  asked: { readonly callId: string; readonly codeHash?: Buffer; readonly purpose: string; readonly now: string },
): Promise<{ case_id: string; party_id: string }[]> =>
  (
    await sql<{ case_id: string; party_id: string }>`
      select case_id, party_id from find_caller(${asked.callId}, ${asked.codeHash ?? null}, ${asked.purpose}, ${asked.now}::timestamptz)`.execute(
      tx,
    )
  ).rows;

export type CallerRow = ListRow & { readonly state: CaseState; readonly reporter_protected: boolean; readonly ended: boolean };

/** Rows of cases, what is under way first, then the latest. */
export const findRows = async (tx: ScopedTx, caseIds: readonly string[]): Promise<CallerRow[]> =>
  (
    await sql<CallerRow>`select ${LIST_COLUMNS}, state, reporter_protected, ended_at is not null as ended from cases
      where case_id = any (${[...caseIds]}::uuid[]) order by ended_at is not null, updated_at desc, case_id`.execute(tx)
  ).rows;

/** The party by which a case was found in a call. */
export const findPartyOfCall = async (tx: ScopedTx, callId: string, caseId: string): Promise<string | undefined> =>
  (
    await sql<{
      party_id: string | null;
    }>`select party_id from hotline_call_case where call_id = ${callId} and case_id = ${caseId}`.execute(tx)
  ).rows[0]?.party_id ?? undefined;
