import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';
import { LIST_COLUMNS, type ListRow, WAITS_FOR_CALL } from '../../case/index.ts';

export type WaitingRow = ListRow & {
  readonly reporter_protected: boolean;
  readonly attempts: number;
  readonly party_ids: readonly string[];
};

/** Cases of receiving bodies that wait for a call-back, the longest waiting first. */
export const findWaiting = async (tx: ScopedTx, organizationIds: readonly string[], limit: number): Promise<WaitingRow[]> =>
  (
    await sql<WaitingRow>`select ${LIST_COLUMNS}, reporter_protected,
        case state->'facts'->>'callBack' when 'once' then 1 when 'twice' then 2 else 0 end as attempts,
        array(select p.party_id from case_party p where p.case_id = cases.case_id and p.erased_at is null order by p.role desc) as party_ids
      from cases where receiving_organization_id = any (${[...organizationIds]}::uuid[]) and ${WAITS_FOR_CALL}
      order by updated_at, case_id limit ${limit}`.execute(tx)
  ).rows;

/** Steps of cases that answered them or tried to call, in order. */
export const findSteps = async (tx: ScopedTx, caseIds: readonly string[]): Promise<{ case_id: string; action: string; at: Date }[]> =>
  (
    await sql<{ case_id: string; action: string; at: Date }>`
      select case_id, header::jsonb->'header'->>'action' as action, recorded_at as at from events
      where case_id = any (${[...caseIds]}::uuid[]) and type = 'case.acted' order by case_id, event_no`.execute(tx)
  ).rows;
