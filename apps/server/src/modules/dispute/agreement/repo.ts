import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface OfferRecord {
  readonly offer_id: string;
  readonly by_party: string;
  readonly answers_to: string | null;
  readonly terms_sealed: Buffer | null;
  readonly conveyed: boolean;
  readonly accepted: string[];
  readonly refused: string[];
  readonly made_at: Date;
}

export const findOffers = async (tx: ScopedTx, caseId: string): Promise<OfferRecord[]> =>
  (
    await sql<OfferRecord>`select offer_id, by_party, answers_to, terms_sealed, conveyed, accepted, refused, made_at from dispute_offer
      where case_id = ${caseId} order by made_at, offer_id`.execute(tx)
  ).rows;

/** Sent again, nothing changes. */
export const insertOffer = async (
  tx: ScopedTx,
  caseId: string,
  offer: Omit<OfferRecord, 'accepted' | 'refused' | 'made_at'>,
  now: string,
): Promise<void> => {
  await sql`insert into dispute_offer (case_id, offer_id, by_party, answers_to, terms_sealed, conveyed, made_at)
    values (${caseId}, ${offer.offer_id}, ${offer.by_party}, ${offer.answers_to}, ${offer.terms_sealed}, ${offer.conveyed}, ${now}::timestamptz)
    on conflict (case_id, offer_id) do nothing`.execute(tx);
};

/** A side answers an offer, or answers it anew. Passing the offer on is a step of its own. */
export const answerOffer = async (tx: ScopedTx, caseId: string, offerId: string, partyId: string, accepts: boolean): Promise<void> => {
  await sql`update dispute_offer set
      accepted = case when ${accepts} then array_append(array_remove(accepted, ${partyId}::uuid), ${partyId}::uuid) else array_remove(accepted, ${partyId}::uuid) end,
      refused = case when ${accepts} then array_remove(refused, ${partyId}::uuid) else array_append(array_remove(refused, ${partyId}::uuid), ${partyId}::uuid) end
    where case_id = ${caseId} and offer_id = ${offerId}`.execute(tx);
};

export const conveyOffer = async (tx: ScopedTx, caseId: string, offerId: string): Promise<void> => {
  await sql`update dispute_offer set conveyed = true where case_id = ${caseId} and offer_id = ${offerId}`.execute(tx);
};

export interface TextRecord {
  readonly version: number;
  readonly body_sealed: Buffer | null;
  readonly digest: Buffer;
  readonly written_at: Date;
}

/** The agreement as it was written last. */
export const findText = async (tx: ScopedTx, caseId: string): Promise<TextRecord | undefined> =>
  (
    await sql<TextRecord>`select version, body_sealed, digest, written_at from dispute_text where case_id = ${caseId} order by version desc limit 1`.execute(
      tx,
    )
  ).rows[0];

export const insertText = async (tx: ScopedTx, caseId: string, text: Omit<TextRecord, 'written_at'>, now: string): Promise<void> => {
  await sql`insert into dispute_text (case_id, version, body_sealed, digest, written_at)
    values (${caseId}, ${text.version}, ${text.body_sealed}, ${text.digest}, ${now}::timestamptz)`.execute(tx);
};

export interface SignatureRecord {
  readonly signer: string;
  readonly way: 'paper' | 'screen';
  readonly proved_by: 'code' | 'account' | null;
  readonly signed_at: Date;
}

export const findSignatures = async (tx: ScopedTx, caseId: string, version: number): Promise<SignatureRecord[]> =>
  (
    await sql<SignatureRecord>`select signer, way, proved_by, signed_at from dispute_signature where case_id = ${caseId} and version = ${version}
      order by signed_at, signer`.execute(tx)
  ).rows;

export const insertSignature = async (
  tx: ScopedTx,
  caseId: string,
  version: number,
  signer: string,
  by: 'paper' | 'code' | 'account',
  now: string,
): Promise<void> => {
  const provedBy = by === 'paper' ? null : by;
  await sql`insert into dispute_signature (case_id, version, signer, way, proved_by, signed_at)
    values (${caseId}, ${version}, ${signer}, ${provedBy ? 'screen' : 'paper'}, ${provedBy}, ${now}::timestamptz) on conflict do nothing`.execute(
    tx,
  );
};

export const findPerformed = async (tx: ScopedTx, caseId: string): Promise<{ no: number; performed_on: string }[]> =>
  (
    await sql<{ no: number; performed_on: string }>`select no, to_char(performed_on, 'YYYY-MM-DD') as performed_on from dispute_performance
      where case_id = ${caseId}`.execute(tx)
  ).rows;

export const insertPerformed = async (tx: ScopedTx, caseId: string, no: number, on: string, now: string): Promise<void> => {
  await sql`insert into dispute_performance (case_id, no, performed_on, recorded_at)
    values (${caseId}, ${no}, ${on}::date, ${now}::timestamptz) on conflict do nothing`.execute(tx);
};

export interface ConfirmationRecord {
  readonly applicants: string[];
  readonly ground: string | null;
  readonly court_sealed: Buffer | null;
}

export const findConfirmation = async (tx: ScopedTx, caseId: string): Promise<ConfirmationRecord | undefined> =>
  (await sql<ConfirmationRecord>`select applicants, ground, court_sealed from dispute_confirmation where case_id = ${caseId}`.execute(tx))
    .rows[0];

export const addApplicant = async (tx: ScopedTx, caseId: string, partyId: string): Promise<void> => {
  await sql`insert into dispute_confirmation (case_id, applicants) values (${caseId}, array[${partyId}::uuid])
    on conflict (case_id) do update set applicants = array_append(array_remove(dispute_confirmation.applicants, ${partyId}::uuid), ${partyId}::uuid)`.execute(
    tx,
  );
};

export const setCourt = async (tx: ScopedTx, caseId: string, ground: string, court: Buffer): Promise<void> => {
  await sql`update dispute_confirmation set ground = ${ground}, court_sealed = ${court} where case_id = ${caseId}`.execute(tx);
};
