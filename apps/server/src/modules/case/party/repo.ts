import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../../platform/tx/tx.ts';

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

/**
 * The sealed telephone of a party, for the installation itself to send to, as the maintenance role. No person reads it, and the reading stands in
 * that party's log all the same: once for an access id, however often it is read under it. Nothing of a party that was erased or left no number.
 */
export const readPhoneToSend = async (
  tx: Tx,
  read: { readonly caseId: string; readonly partyId: string; readonly accessId: string; readonly purpose: string; readonly now: string },
): Promise<Buffer | undefined> => {
  const { rows } = await sql<{ phone_sealed: Buffer }>`
    with party as (select case_id, party_id, person_id, phone_sealed from case_party
        where case_id = ${read.caseId} and party_id = ${read.partyId} and erased_at is null and phone_sealed is not null),
      logged as (insert into person_access (access_id, person_id, case_id, party_id, purpose, fields, read_at)
        select ${read.accessId}, person_id, case_id, party_id, ${read.purpose}, '{phone}', ${read.now}::timestamptz from party
        on conflict (access_id) do nothing)
    select phone_sealed from party`.execute(tx);
  return rows[0]?.phone_sealed;
};

/** How often a party's telephone was opened for sending, for some purposes since an instant. As the maintenance role. */
export const countSendings = async (
  tx: Tx,
  of: { readonly caseId: string; readonly partyId: string; readonly purposes: readonly string[]; readonly since: string },
): Promise<number> =>
  (
    await sql<{ n: number }>`select count(*)::int as n from person_access where case_id = ${of.caseId} and party_id = ${of.partyId}
      and reader_person_id is null and purpose = any (${[...of.purposes]}::text[]) and read_at > ${of.since}::timestamptz`.execute(tx)
  ).rows[0]!.n;
