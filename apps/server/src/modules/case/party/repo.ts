import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface SealedParty {
  name_sealed: Buffer | null;
  phone_sealed: Buffer | null;
}

/** Reads sealed fields through the database function that logs the reading in the same transaction. */
export const readSealedParty = async (
  tx: ScopedTx,
  read: {
    readonly caseId: string;
    readonly partyId: string;
    readonly purpose: string;
    readonly postId: string;
    readonly organizationId: string;
    readonly fields: readonly string[];
    readonly accessId: string;
    readonly now: string;
  },
): Promise<SealedParty | undefined> => {
  const { rows } = await sql<SealedParty>`
    select * from read_party(${read.caseId}, ${read.partyId}, ${read.purpose}, ${read.postId}, ${read.organizationId},
      ${[...read.fields]}::text[], ${read.accessId}, ${read.now}::timestamptz)`.execute(tx);
  return rows[0];
};
