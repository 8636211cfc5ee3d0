import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export const eraseContents = async (tx: ScopedTx, caseId: string, eventNos: readonly number[]): Promise<void> => {
  await sql`delete from event_content where case_id = ${caseId} and event_no = any (${[...eventNos]}::int[])`.execute(tx);
};

export const eraseTitle = async (tx: ScopedTx, caseId: string): Promise<void> => {
  await sql`update cases set title = null where case_id = ${caseId}`.execute(tx);
};

export const eraseParty = async (tx: ScopedTx, caseId: string, partyId: string, now: string): Promise<void> => {
  await sql`
    update case_party set name_sealed = null, phone_sealed = null, phone_index = null, erased_at = ${now}
    where case_id = ${caseId} and party_id = ${partyId}`.execute(tx);
};

/** Marks files erased; answers the addresses whose bytes are to go. */
export const eraseFiles = async (tx: ScopedTx, caseId: string, fileIds: readonly string[], now: string): Promise<string[]> => {
  const { rows } = await sql<{ address: string }>`
    update file set name_sealed = null, taken_place = null, erased_at = ${now}
    where case_id = ${caseId} and file_id = any (${[...fileIds]}::uuid[]) and erased_at is null returning address`.execute(tx);
  return rows.map((row) => row.address);
};
