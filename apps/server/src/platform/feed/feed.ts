import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { withTransaction } from '../tx/tx.ts';
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
