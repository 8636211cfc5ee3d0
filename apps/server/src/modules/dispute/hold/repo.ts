import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

/** Doors of one dispute go one after another: what a step hangs on (everybody's word, a choice, a signature) does not change under it. */
export const waitForTurn = async (tx: ScopedTx, caseId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`dispute:${caseId}`}, 0))`.execute(tx);
};

export interface HeldDispute {
  readonly case_id: string;
  readonly organization_id: string;
  readonly kind: string;
  readonly origin: string;
  readonly area_id: string;
  readonly mediated_on: string;
}

export const findDispute = async (tx: ScopedTx, caseId: string): Promise<HeldDispute | undefined> =>
  (
    await sql<HeldDispute>`select case_id, organization_id, kind, origin, area_id, to_char(mediated_on, 'YYYY-MM-DD') as mediated_on
      from dispute where case_id = ${caseId}`.execute(tx)
  ).rows[0];

/** Sides for whom somebody else applied, by their own word alone. */
export const findSpokenFor = async (tx: ScopedTx, caseId: string): Promise<string[]> =>
  (
    await sql<{ party_id: string }>`select party_id from dispute_helper where case_id = ${caseId} and role = 'representative'
      and party_id is not null`.execute(tx)
  ).rows.map(({ party_id }) => party_id);

/** Parties of role `party`: the sides of the quarrel. */
export const findSideIds = async (tx: ScopedTx, caseId: string): Promise<string[]> =>
  (await sql<{ party_id: string }>`select party_id from case_party where case_id = ${caseId} and role = 'party'`.execute(tx)).rows.map(
    ({ party_id }) => party_id,
  );
