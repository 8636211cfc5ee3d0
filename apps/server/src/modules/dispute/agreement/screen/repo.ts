import { sql } from 'kysely';
import type { ScopedTx } from '../../../../platform/tx/tx.ts';

/** The telephone a side left, as a blind index; none where it left none, or one that another side of the same matter left too, or that is of staff: whose it is then, nobody knows. */
export const ownPhoneIndex = async (tx: ScopedTx, caseId: string, partyId: string): Promise<Buffer | undefined> =>
  (
    await sql<{
      phone_index: Buffer;
    }>`select s.phone_index from dispute_side s join case_party p on p.case_id = s.case_id and p.party_id = s.party_id
      where s.case_id = ${caseId} and s.party_id = ${partyId} and s.phone_index is not null and p.erased_at is null and not staff_has_phone(s.phone_index)
        and not exists (select 1 from dispute_side o where o.case_id = s.case_id and o.party_id <> s.party_id and o.phone_index = s.phone_index)`.execute(
      tx,
    )
  ).rows[0]?.phone_index;

/** Whether it left a telephone that proves it, and whether a message reaches it, as far as that is known before the number is opened. */
export const ownPhone = async (tx: ScopedTx, caseId: string, partyId: string): Promise<'none' | 'landline' | 'fit'> => {
  if (!(await ownPhoneIndex(tx, caseId, partyId))) return 'none';
  const { rows } =
    await sql`select 1 from dispute_side where case_id = ${caseId} and party_id = ${partyId} and phone_gets_messages = false`.execute(tx);
  return rows.length ? 'landline' : 'fit';
};

/** The account that stands behind a side. */
export const findSignerPerson = async (tx: ScopedTx, caseId: string, partyId: string): Promise<string | undefined> =>
  (
    await sql<{ person_id: string | null }>`select person_id from case_party where case_id = ${caseId} and party_id = ${partyId}`.execute(
      tx,
    )
  ).rows[0]?.person_id ?? undefined;
