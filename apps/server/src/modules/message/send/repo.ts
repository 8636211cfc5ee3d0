import type { Channel, MessageKind, MessageProblem } from '@tongxin/domain/message/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

export interface DueMessage {
  readonly message_id: string;
  readonly channel: Channel;
  readonly kind: MessageKind;
  readonly case_id: string | null;
  readonly party_id: string | null;
  readonly address_id: string | null;
  readonly language: 'zh' | 'en';
  /** Of a progress: the words themselves; of a notice: what its words are made of. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly tries: number;
}

/** How many messages a channel tried within a minute before an instant. */
export const countTried = async (tx: Tx, channel: Channel, now: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from message where channel = ${channel} and tried_at > ${now}::timestamptz - interval '1 minute'`.execute(tx);
  return rows[0]!.n;
};

/**
 * Takes messages whose turn has come: each try is written down before it is made, with the time of the next one, so that whoever is killed in
 * between is followed by one further try and no more.
 */
export const takeDue = async (tx: Tx, channel: Channel, now: string, leaseMs: number, limit: number): Promise<DueMessage[]> => {
  const { rows } = await sql<DueMessage>`
    update message m set tries = tries + 1, tried_at = ${now}::timestamptz,
      next_at = ${now}::timestamptz + ${leaseMs / 1000} * interval '1 second'
    from (select message_id from message where state = 'waiting' and channel = ${channel} and next_at <= ${now}::timestamptz
      order by next_at, message_id limit ${limit} for update skip locked) due
    where m.message_id = due.message_id
    returning m.message_id, m.channel, m.kind, m.case_id, m.party_id, m.address_id, m.language, m.params, m.tries`.execute(tx);
  return rows;
};

/** Whether a party still wants to hear by a channel. */
export const isWanted = async (tx: Tx, { case_id, party_id, channel }: DueMessage): Promise<boolean> =>
  (await sql`select 1 from message_wish where case_id = ${case_id} and party_id = ${party_id} and channel = ${channel}`.execute(tx)).rows
    .length > 0;

export const noteSent = async (tx: Tx, messageId: string, now: string): Promise<void> => {
  await sql`update message set state = 'sent', next_at = null, last_problem = null, ended_at = ${now}::timestamptz
    where message_id = ${messageId} and state = 'waiting'`.execute(tx);
};

/** A try that came to nothing: tried again at an instant, or the end of it. */
export const noteFailed = async (
  tx: Tx,
  messageId: string,
  { problem, nextAt, now, dropped = false }: { problem: MessageProblem; nextAt?: string | undefined; now: string; dropped?: boolean },
): Promise<void> => {
  const state = nextAt ? 'waiting' : dropped ? 'dropped' : 'failed';
  await sql`update message set state = ${state}, next_at = ${nextAt ?? null}, last_problem = ${problem},
    ended_at = ${nextAt ? null : now}::timestamptz where message_id = ${messageId} and state = 'waiting'`.execute(tx);
};

/** What waits for a channel that this installation has no more. */
export const dropSwitchedOff = async (tx: Tx, on: readonly Channel[], now: string): Promise<void> => {
  await sql`update message set state = 'dropped', next_at = null, last_problem = 'switchedOff', ended_at = ${now}::timestamptz
    where state = 'waiting' and channel <> all (${[...on]}::text[]) and next_at <= ${now}::timestamptz`.execute(tx);
};

/** Messages that ended before an instant are forgotten. */
export const sweepMessages = async (tx: Tx, before: string): Promise<void> => {
  await sql`delete from message where state <> 'waiting' and ended_at < ${before}::timestamptz`.execute(tx);
};
