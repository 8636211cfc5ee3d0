import type { RecordedEvent } from '@tongxin/domain/case/schema.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Deps } from '../deps.ts';
import { openContent } from '../record/chain.ts';
import { type Tx, withTransaction } from '../tx/tx.ts';
import { type Loop, runLoop } from './sequencer.ts';

/** An event at its place in the feed. Words are opened on demand; undefined when there are none or they were erased. */
export interface FeedEvent extends Omit<RecordedEvent, 'content'> {
  readonly position: number;
  readonly words: () => Record<string, unknown> | undefined;
}

/**
 * What follows from events: statistics, search, notices. At least once, in order, idempotent; its cursor moves in the same transaction as
 * what it writes. It runs under the feed role, sees every case, and must decide itself what nobody may learn.
 */
export interface Consumer {
  readonly name: string;
  readonly handle: (tx: Tx, events: readonly FeedEvent[], deps: Deps) => Promise<void>;
  /** Events per transaction. */
  readonly batch?: number;
}
export const defineConsumer = (consumer: Consumer): Consumer => consumer;

interface FeedRow {
  position: string;
  case_id: string;
  event_no: number;
  header: string;
  sealed: Buffer | null;
}

/** Events after a position, in order. Older schema versions would be upcast here. */
export const readFeed = async (tx: Tx, deps: Pick<Deps, 'crypto'>, after: number, limit: number): Promise<FeedEvent[]> => {
  const { rows } = await sql<FeedRow>`
    select f.position, f.case_id, f.event_no, e.header, c.sealed
    from (select position, case_id, event_no from feed where position > ${after} order by position limit ${limit}) f
    join events e on e.case_id = f.case_id and e.event_no = f.event_no
    left join event_content c on c.case_id = f.case_id and c.event_no = f.event_no order by f.position`.execute(tx);
  return rows.map((row) => ({
    ...readHeader(row.header),
    position: Number(row.position),
    words: () => (row.sealed ? openContent(deps.crypto, row.case_id, row.event_no, row.sealed) : undefined),
  }));
};

/** Moves a consumer on by one batch; answers how many events it handled. Another process at the same consumer makes it answer 0. */
export const consumeOnce = (deps: Deps, consumer: Consumer, pool: pg.Pool = deps.pools.feed): Promise<number> =>
  withTransaction(pool, async (tx) => {
    await sql`insert into feed_cursor (consumer, position, moved_at) values (${consumer.name}, 0, ${deps.clock.now()}) on conflict do nothing`.execute(
      tx,
    );
    const cursor = await sql<{ position: string }>`
      select position from feed_cursor where consumer = ${consumer.name} for update skip locked`.execute(tx);
    if (!cursor.rows[0]) return 0;
    const events = await readFeed(tx, deps, Number(cursor.rows[0].position), consumer.batch ?? 500);
    if (events.length === 0) return 0;
    await consumer.handle(tx, events, deps);
    await sql`update feed_cursor set position = ${events.at(-1)!.position}, moved_at = ${deps.clock.now()} where consumer = ${consumer.name}`.execute(
      tx,
    );
    return events.length;
  });

/** Runs until nothing is left: for tests, imports and the CLI. Sequencing must have been done. */
export const drain = async (deps: Deps, consumers: readonly Consumer[]): Promise<number> => {
  let handled = 0;
  for (const consumer of consumers) for (let n = -1; n !== 0; handled += Math.max(n, 0)) n = await consumeOnce(deps, consumer);
  return handled;
};

export const startConsumer = (deps: Deps, consumer: Consumer): Loop =>
  runLoop(consumer.name, deps.log, () => consumeOnce(deps, consumer), { full: consumer.batch ?? 500, gatherMs: 150 });
