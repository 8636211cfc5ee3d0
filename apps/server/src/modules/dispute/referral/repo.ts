import type { Result, Sender } from '@tongxin/domain/dispute/referral/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { type ScopedTx, send } from '../../../platform/tx/tx.ts';

export interface ReferralRecord {
  readonly case_id: string;
  readonly sender: Sender;
  readonly body: string | null;
  readonly sender_number: string | null;
  readonly received_on: string;
  readonly due_on: string;
  readonly file_consent: boolean;
  readonly sent_by: string | null;
  readonly result: Result | null;
  readonly reported_on: string | null;
}

/** Sent with the case it belongs to. */
export const sendReferral = (client: pg.PoolClient, row: Omit<ReferralRecord, 'result' | 'reported_on'>): Promise<pg.QueryResult> =>
  send(
    client,
    sql`insert into dispute_referral (case_id, sender, body, sender_number, received_on, due_on, file_consent, sent_by)
      values (${row.case_id}, ${row.sender}, ${row.body}, ${row.sender_number}, ${row.received_on}::date, ${row.due_on}::date, ${row.file_consent}, ${row.sent_by})`,
  );

const COLUMNS = sql`r.case_id, r.sender, r.body, r.sender_number, r.received_on::text as received_on, r.due_on::text as due_on, r.file_consent, r.sent_by,
  r.result, r.reported_on::text as reported_on`;

export const findReferral = async (tx: ScopedTx, caseId: string): Promise<ReferralRecord | undefined> =>
  (await sql<ReferralRecord>`select ${COLUMNS} from dispute_referral r where case_id = ${caseId}`.execute(tx)).rows[0];

export interface ListedReferral extends ReferralRecord {
  readonly number: string;
  readonly stage: string;
  readonly procedure_id: string;
  readonly procedure_version: number;
}

/** Referrals of disputes the caller has in hand or heads: what is owed first, by its day, then what was reported. */
export const findReferrals = async (tx: ScopedTx, people: readonly string[], limit: number): Promise<ListedReferral[]> =>
  (
    await sql<ListedReferral>`select ${COLUMNS}, c.number, c.stage, c.procedure_id, c.procedure_version
      from dispute_referral r join cases c on c.case_id = r.case_id where c.participant_ids && ${[...people]}::uuid[]
      order by r.result is not null, r.due_on, r.case_id limit ${limit}`.execute(tx)
  ).rows;

export const reportReferral = async (
  tx: ScopedTx,
  caseId: string,
  report: { readonly result: string; readonly how: string; readonly on: string },
): Promise<void> => {
  await sql`update dispute_referral set result = ${report.result}, reported_on = ${report.on}::date, reported_how = ${report.how}
    where case_id = ${caseId}`.execute(tx);
};

/** Whoever speaks for a side: sent with the case. */
export const sendRepresentative = (
  client: pg.PoolClient,
  row: {
    readonly caseId: string;
    readonly helperId: string;
    readonly partyId: string;
    readonly name: Buffer;
    readonly phone: Buffer;
    readonly now: string;
  },
): Promise<pg.QueryResult> =>
  send(
    client,
    sql`insert into dispute_helper (case_id, helper_id, role, party_id, name_sealed, phone_sealed, consented, added_at)
      values (${row.caseId}, ${row.helperId}, 'representative', ${row.partyId}, ${row.name}, ${row.phone}, true, ${row.now}::timestamptz)`,
  );
