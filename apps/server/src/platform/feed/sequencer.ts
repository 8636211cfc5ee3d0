import type { FastifyBaseLogger } from 'fastify';
import type pg from 'pg';
import type { Clock } from '../clock/clock.ts';

/**
 * Gives committed, unsequenced events their places in the one order everything downstream follows: contiguous, per case in order, never
 * moved. One leader at a time (a session's advisory lock); killed at any instant, the transaction is as if it had not begun.
 */
const LOCK = "hashtextextended('tongxin.sequencer', 0)";

const SEQUENCE = {
  name: 'sequence',
  text: `with next as (select pending_id from feed_pending order by pending_id limit $1),
    taken as (delete from feed_pending p using next where p.pending_id = next.pending_id returning p.pending_id, p.case_id, p.event_no),
    numbered as (select case_id, event_no, row_number() over (order by pending_id) as n, count(*) over () as total from taken),
    head as (update feed_head set position = position + (select total from numbered limit 1) where exists (select 1 from numbered) returning position)
  insert into feed (position, case_id, event_no, sequenced_at)
    select head.position - numbered.total + numbered.n, numbered.case_id, numbered.event_no, $2 from numbered, head`,
};

/** Sequences up to `limit` waiting events; answers how many. */
export const sequenceOnce = async (client: pg.ClientBase, now: Date, limit = 5000): Promise<number> => {
  const { rowCount } = await client.query({ ...SEQUENCE, values: [limit, now] });
  return rowCount ?? 0;
};

export interface Loop {
  /** Something was probably written: look now instead of at the next interval. */
  poke(): void;
  stop(): Promise<void>;
}

const BUSY_MS = 5;
const IDLE_MS = 200;
const RETRY_MS = 1000;

/** A loop that runs `step` while it has work, rests a little when it has none, and survives a lost connection. */
export const runLoop = (name: string, log: FastifyBaseLogger, step: () => Promise<number>, idleMs = IDLE_MS): Loop => {
  let stopped = false;
  let wake: (() => void) | undefined;
  let poked = false;
  const rest = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      if (poked || stopped) {
        poked = false;
        resolve();
        return;
      }
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        poked = false;
        resolve();
      };
    });
  const running = (async () => {
    while (!stopped) {
      try {
        const n = await step();
        if (n === 0) await rest(idleMs);
        else await new Promise((resolve) => setTimeout(resolve, n > 0 ? 0 : BUSY_MS));
      } catch (error) {
        if (stopped) break;
        log.warn({ loop: name, error: (error as Error).message }, 'loop failed, will try again');
        await rest(RETRY_MS);
      }
    }
  })();
  return {
    poke: () => {
      poked = true;
      wake?.();
    },
    stop: async () => {
      stopped = true;
      wake?.();
      await running;
    },
  };
};

/** Runs the sequencer in this process whenever it is the leader. `pool` is the feed role's. `onSequenced` is told of progress. */
export const startSequencer = (pool: pg.Pool, clock: Clock, log: FastifyBaseLogger, onSequenced: () => void = () => {}): Loop => {
  let leader: pg.PoolClient | undefined;
  const drop = (error?: Error): void => {
    leader?.release(error ?? true);
    leader = undefined;
  };
  const loop = runLoop('sequencer', log, async () => {
    if (!leader) {
      const client = await pool.connect();
      client.once('error', (error) => {
        if (leader === client) leader = undefined;
        log.warn({ error: error.message }, 'sequencer lost its connection');
      });
      const { rows } = await client.query<{ led: boolean }>(`select pg_try_advisory_lock(${LOCK}) as led`);
      if (!rows[0]!.led) {
        client.release();
        return 0;
      }
      leader = client;
    }
    try {
      const n = await sequenceOnce(leader, clock.now());
      if (n > 0) onSequenced();
      return n;
    } catch (error) {
      drop(error as Error);
      throw error;
    }
  });
  return {
    poke: loop.poke,
    stop: async () => {
      await loop.stop();
      drop();
    },
  };
};
