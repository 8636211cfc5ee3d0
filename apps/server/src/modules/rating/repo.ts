import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface FoundRating {
  readonly caseId: string;
  readonly partyId: string;
  readonly value: string | null;
  readonly stale: boolean;
}

/** Opens the case of a rating link to this transaction, as its party; the link is held until it ends. */
export const enterRating = async (tx: ScopedTx, hash: Buffer, now: string): Promise<FoundRating | undefined> =>
  (await sql<{ found: FoundRating | null }>`select enter_rating(${hash}, ${now}::timestamptz) as found`.execute(tx)).rows[0]?.found ??
  undefined;

export const useRating = async (tx: ScopedTx, hash: Buffer, value: string, now: string): Promise<void> => {
  await sql`select use_rating(${hash}, ${value}, ${now}::timestamptz)`.execute(tx);
};

/** Kept by whoever sends the message that carries the link. By the maintenance role. */
export const insertRatingLink = async (
  tx: Tx,
  link: { readonly hash: Buffer; readonly caseId: string; readonly partyId: string; readonly eventNo: number; readonly expiresAt: string },
): Promise<void> => {
  await sql`insert into rating_link (code_hash, case_id, party_id, event_no, expires_at)
    values (${link.hash}, ${link.caseId}, ${link.partyId}, ${link.eventNo}, ${link.expiresAt}::timestamptz) on conflict do nothing`.execute(
    tx,
  );
};
