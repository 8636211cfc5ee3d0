import { type RawBuilder, sql } from 'kysely';
import type pg from 'pg';
import { type ScopedTx, send } from '../../../platform/tx/tx.ts';

export interface ConsentRow {
  readonly consent_id: string;
  readonly party_id: string;
  readonly answer: 'agreed' | 'refused' | 'withdrawn';
  readonly how: 'oral' | 'telephone' | 'written' | 'portal';
  readonly said_on: string;
}

/** What was said, oldest first: the last word of a side is the one that counts. */
export const findConsents = async (tx: ScopedTx, caseId: string): Promise<ConsentRow[]> =>
  (
    await sql<ConsentRow>`select consent_id, party_id, answer, how, to_char(said_on, 'YYYY-MM-DD') as said_on from dispute_consent
      where case_id = ${caseId} order by recorded_at, consent_id`.execute(tx)
  ).rows;

const insertion = (caseId: string, row: ConsentRow, now: string) => sql`
  insert into dispute_consent (case_id, consent_id, party_id, answer, how, said_on, recorded_at)
    values (${caseId}, ${row.consent_id}, ${row.party_id}, ${row.answer}, ${row.how}, ${row.said_on}::date, ${now}::timestamptz)`;

export const insertConsent = async (tx: ScopedTx, caseId: string, row: ConsentRow, now: string): Promise<void> => {
  await insertion(caseId, row, now).execute(tx);
};

/** Sent with the case it belongs to. */
export const sendConsent = (client: pg.PoolClient, caseId: string, row: ConsentRow, now: string): Promise<pg.QueryResult> =>
  send(client, insertion(caseId, row, now) as RawBuilder<pg.QueryResultRow>);
