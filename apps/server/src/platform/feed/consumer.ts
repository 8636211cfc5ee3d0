import { setTimeout as pause } from 'node:timers/promises';
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
 * what it writes. It runs under the feed role and must decide itself what nobody may learn. Of confided cases it hears nothing, unless it says
 * that it knows whom it tells.
 */
export interface Consumer {
  readonly name: string;
  readonly handle: (tx: Tx, events: readonly FeedEvent[], deps: Deps) => Promise<void>;
  /** Events per transaction. */
  readonly batch?: number;
  /** Hears of confided cases too: what it writes reaches only their own people. */
  readonly confided?: true;
}
export const defineConsumer = (consumer: Consumer): Consumer => consumer;

interface FeedRow {
  position: string;
  case_id: string;
  event_no: number;
  header: string;
  sealed: Buffer | null;
  confided: boolean;
}

/** Events after a position, in order. Older schema versions would be upcast here. */
export const readFeed = async (
  tx: Tx,
  deps: Pick<Deps, 'crypto'>,
  after: number,
  limit: number,
): Promise<(FeedEvent & { readonly confided: boolean })[]> => {
  const { rows } = await sql<FeedRow>`
    select f.position, f.case_id, f.event_no, e.header, c.sealed,
      exists (select 1 from cases k where k.case_id = f.case_id and k.confided) as confided
    from (select position, case_id, event_no from feed where position > ${after} order by position limit ${limit}) f
    join events e on e.case_id = f.case_id and e.event_no = f.event_no
    left join event_content c on c.case_id = f.case_id and c.event_no = f.event_no order by f.position`.execute(tx);
  return rows.map((row) => ({
    ...readHeader(row.header),
    position: Number(row.position),
    confided: row.confided,
    words: () => (row.sealed ? openContent(deps.crypto, row.case_id, row.event_no, row.sealed) : undefined),
  }));
};

/** One batch: how many events it held and where the consumer stands now; `elsewhere` while another process is at the same consumer. */
const step = (deps: Deps, consumer: Consumer, pool: pg.Pool): Promise<{ handled: number; position: number } | 'elsewhere'> =>
  withTransaction(pool, async (tx) => {
    await sql`insert into feed_cursor (consumer, position, moved_at) values (${consumer.name}, 0, ${deps.clock.now()}) on conflict do nothing`.execute(
      tx,
    );
    const cursor = await sql<{ position: string }>`
      select position from feed_cursor where consumer = ${consumer.name} for update skip locked`.execute(tx);
    if (!cursor.rows[0]) return 'elsewhere';
    const before = Number(cursor.rows[0].position);
    const events = await readFeed(tx, deps, before, consumer.batch ?? 500);
    if (events.length === 0) return { handled: 0, position: before };
    const told = consumer.confided ? events : events.filter(({ confided }) => !confided);
    if (told.length > 0) await consumer.handle(tx, told, deps);
    const { position } = events.at(-1)!;
    await sql`update feed_cursor set position = ${position}, moved_at = ${deps.clock.now()} where consumer = ${consumer.name}`.execute(tx);
    return { handled: events.length, position };
  });

/** Moves a consumer on by one batch; answers how many events it handled. Another process at the same consumer makes it answer 0. */
export const consumeOnce = async (deps: Deps, consumer: Consumer, pool: pg.Pool = deps.pools.feed): Promise<number> => {
  const stepped = await step(deps, consumer, pool);
  return stepped === 'elsewhere' ? 0 : stepped.handled;
};

/** Rest while another process works at the consumer that is waited for. */
const ELSEWHERE_MS = 50;

/**
 * Brings consumers up to what has a place now: for tests, imports and the CLI. Where a running server is at the same consumer, it takes
 * turns with it: when this returns, everything was handled, by whomever. Answers how many events it handled itself.
 */
export const drain = async (
  deps: Deps,
  consumers: readonly Consumer[],
  onProgress: (position: number) => void = () => {},
): Promise<number> => {
  const head = await withTransaction(deps.pools.feed, async (tx) => {
    const { rows } = await sql<{ position: string }>`select position from feed_head`.execute(tx);
    return Number(rows[0]!.position);
  });
  let handled = 0;
  for (const consumer of consumers) {
    for (;;) {
      const stepped = await step(deps, consumer, deps.pools.feed);
      if (stepped === 'elsewhere') {
        await pause(ELSEWHERE_MS);
        continue;
      }
      handled += stepped.handled;
      onProgress(stepped.position);
      if (stepped.handled === 0 || stepped.position >= head) break;
    }
  }
  return handled;
};

export const startConsumer = (deps: Deps, consumer: Consumer): Loop =>
  runLoop(consumer.name, deps.log, () => consumeOnce(deps, consumer), { full: consumer.batch ?? 500, gatherMs: 150 });
