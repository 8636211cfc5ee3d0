import { sql } from 'kysely';
import type pg from 'pg';
import { type ScopedTx, send } from '../../../platform/tx/tx.ts';

interface Party {
  readonly caseId: string;
  readonly partyId: string;
}

const wishing = ({ caseId, partyId }: Party, language: 'zh' | 'en', now: string) => sql<pg.QueryResultRow>`
  insert into message_wish (case_id, party_id, channel, language, wished_at) values (${caseId}, ${partyId}, 'sms', ${language}, ${now}::timestamptz)`;

/** Behind the rows of a filing, in the same round trip: of a case that is new there is no wish yet. */
export const sendWish = (client: pg.PoolClient, party: Party, language: 'zh' | 'en', now: string): Promise<pg.QueryResult> =>
  send(client, wishing(party, language, now));

/** Wished again, it counts from the first time. */
export const putWish = async (tx: ScopedTx, party: Party, language: 'zh' | 'en', now: string): Promise<void> => {
  await sql`${wishing(party, language, now)} on conflict (case_id, party_id, channel) do update set language = excluded.language`.execute(
    tx,
  );
};

export const findWish = async (tx: ScopedTx, { caseId, partyId }: Party): Promise<boolean> =>
  (await sql`select 1 from message_wish where case_id = ${caseId} and party_id = ${partyId}`.execute(tx)).rows.length > 0;

/** Takes a wish back, with what waits on its account. */
export const dropWish = async (tx: ScopedTx, { caseId, partyId }: Party): Promise<void> => {
  await sql`delete from message_wish where case_id = ${caseId} and party_id = ${partyId}`.execute(tx);
  await sql`delete from message where case_id = ${caseId} and party_id = ${partyId} and state = 'waiting'`.execute(tx);
};

/** Whether a telephone is kept for the caller's own party, without reading it. */
export const hasPhone = async (tx: ScopedTx): Promise<boolean> =>
  (await sql<{ kept: boolean }>`select own_party_has_phone() as kept`.execute(tx)).rows[0]!.kept;
