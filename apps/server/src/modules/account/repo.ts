import type { ClockState } from '@tongxin/domain/clock/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface OwnCaseRow {
  readonly case_id: string;
  readonly party_id: string;
  readonly slip: string | null;
  readonly role: 'reporter' | 'behalfOf';
  readonly number: string;
  readonly procedure_id: string;
  readonly procedure_version: number;
  readonly stage: string;
  readonly title: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly ended_at: Date | null;
  readonly due_at: Date | null;
  readonly overall_stopped: boolean;
  readonly due_provisional: boolean;
  readonly overdue: boolean;
  readonly receiving_organization_id: string | null;
  readonly lead_organization_id: string | null;
  readonly clocks: Readonly<Record<string, ClockState>> | null;
}

/** The caller's own matters, newest change first. */
export const listOwnCases = async (tx: ScopedTx): Promise<OwnCaseRow[]> =>
  (await sql<OwnCaseRow>`select * from own_parties()`.execute(tx)).rows;

/** Takes the party of a query code into the caller's account. */
export const claimParty = async (tx: ScopedTx, codeHash: Buffer): Promise<{ caseId: string; taken: boolean } | null> =>
  (await sql<{ claimed: { caseId: string; taken: boolean } | null }>`select claim_party(${codeHash}) as claimed`.execute(tx)).rows[0]!
    .claimed;

/** Empties the caller's person. Nobody is signed in as it any more from the end of the transaction on. */
export const eraseOwn = async (tx: ScopedTx, now: Date): Promise<{ authUserId: string; erased: number; kept: number }> =>
  (await sql<{ gone: { authUserId: string; erased: number; kept: number } }>`select erase_own(${now}) as gone`.execute(tx)).rows[0]!.gone;

/** Contacts of matters that have ended since their person went. As the maintenance role; answers how many. */
export const sweepContacts = async (tx: Tx, now: Date): Promise<number> =>
  (await sql<{ n: number }>`select sweep_contacts(${now}) as n`.execute(tx)).rows[0]!.n;
