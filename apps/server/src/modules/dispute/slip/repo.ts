import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface SlipRow {
  readonly caseId: string;
  readonly partyId: string;
  readonly slip: string;
  readonly hash: Buffer;
  readonly accessId: string;
  /** Words the side reads in its own log. */
  readonly purpose: string;
  readonly postId: string;
  readonly organizationId: string;
  readonly now: string;
}

/** Puts a new code in the place of a side's own; the function logs it with the side. False where the caller may not, or the side is gone. */
export const renewSlip = async (tx: ScopedTx, slip: SlipRow): Promise<boolean> =>
  (
    await sql<{
      made: boolean;
    }>`select renew_slip(${slip.caseId}, ${slip.partyId}, ${slip.slip}, ${slip.hash}, ${slip.accessId}, ${slip.purpose},
      ${slip.postId}, ${slip.organizationId}, ${slip.now}::timestamptz) as made`.execute(tx)
  ).rows[0]!.made;

/** The same, unless the code that is good now was never in the hands of `seerId`: false then too. Nobody is told the new one. */
export const renewSeenSlip = async (tx: ScopedTx, seerId: string, slip: SlipRow): Promise<boolean> =>
  (
    await sql<{
      made: boolean;
    }>`select renew_seen_slip(${slip.caseId}, ${slip.partyId}, ${seerId}, ${slip.slip}, ${slip.hash}, ${slip.accessId}, ${slip.purpose},
      ${slip.postId}, ${slip.organizationId}, ${slip.now}::timestamptz) as made`.execute(tx)
  ).rows[0]!.made;
