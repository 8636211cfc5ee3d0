import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

/** What one side said in tables of this module; the function asks whether the caller heads the body and the matter has ended. */
export const eraseSide = async (tx: ScopedTx, caseId: string, partyId: string): Promise<void> => {
  await sql`select erase_side(${caseId}, ${partyId})`.execute(tx);
};
