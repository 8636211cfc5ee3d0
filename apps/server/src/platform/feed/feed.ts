import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { type ScopedTx, withTransaction } from '../tx/tx.ts';
import { type Consumer, drain, startConsumer } from './consumer.ts';
import { sequenceOnce, startSequencer } from './sequencer.ts';

/** Sequencer and consumers as one background part of the process. */
export const feedBackground = (deps: Deps, consumers: readonly Consumer[]): Deps['background'][number] & { poke(): void } => {
  let loops: { poke(): void; stop(): Promise<void> }[] = [];
  return {
    name: 'feed',
    start: () => {
      const readers = consumers.map((consumer) => startConsumer(deps, consumer));
      const sequencer = startSequencer(deps.pools.feed, deps.clock, deps.log, () => {
        for (const reader of readers) reader.poke();
      });
      loops = [sequencer, ...readers];
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      loops = [];
    },
    poke: () => loops[0]?.poke(),
  };
};

/**
 * Sequences and consumes everything that is committed now: deterministic, for tests, imports and the CLI. Beside a running server, which
 * sequences and consumes too, it returns when all of it was handled by either. Answers how many events it handled itself.
 */
export const settleFeed = async (
  deps: Deps,
  consumers: readonly Consumer[],
  onProgress: (position: number) => void = () => {},
): Promise<number> => {
  for (;;) {
    const n = await withTransaction(deps.pools.feed, (_tx, client) => sequenceOnce(client, deps.clock.now()));
    if (n === 0) break;
  }
  return drain(deps, consumers, onProgress);
};

/** How far each consumer is behind, in events, and how many events wait for a place. */
export const feedLag = (deps: Pick<Deps, 'pools'>): Promise<{ waiting: number; head: number; consumers: Record<string, number> }> =>
  withTransaction(deps.pools.feed, async (tx) => {
    const head = await sql<{
      position: string;
      waiting: string;
    }>`select position, (select count(*) from feed_pending) as waiting from feed_head`.execute(tx);
    const cursors = await sql<{ consumer: string; position: string }>`select consumer, position from feed_cursor`.execute(tx);
    const position = Number(head.rows[0]!.position);
    return {
      waiting: Number(head.rows[0]!.waiting),
      head: position,
      consumers: Object.fromEntries(cursors.rows.map((row) => [row.consumer, position - Number(row.position)])),
    };
  });

/** Events behind from which on figures are called partial at once; fewer are caught up with before anybody reads them. */
const MANY = 200;
const LONG_MS = 30_000;

export interface FeedStanding {
  /** Place of the slowest consumer. */
  readonly position: number;
  /** Events it has not handled yet, those without a place among them. */
  readonly behind: number;
  /** Until when everything that was recorded is handled. */
  readonly asOf: string;
  /** What rests on these consumers is not whole: many events wait, or some for long. */
  readonly partial: boolean;
}

/** How far what is read is behind what was recorded. */
export const findStanding = async (tx: ScopedTx, consumers: readonly string[], now: Date): Promise<FeedStanding> => {
  const { rows } = await sql<{ pos: string; behind: string; waiting: string; counted_to: Date | null }>`
    select pos, behind, waiting, counted_to from feed_standing(${[...consumers]}::text[])`.execute(tx);
  const { pos, behind, waiting, counted_to } = rows[0]!;
  const all = Number(behind) + Number(waiting);
  const asOf = counted_to ?? now;
  return {
    position: Number(pos),
    behind: all,
    asOf: asOf.toISOString(),
    partial: all > MANY || (all > 0 && now.getTime() - asOf.getTime() > LONG_MS),
  };
};
