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

const IDLE_MS = 200;
const RETRY_MS = 1000;

export interface Pace {
  /** Rest when there was nothing to do; a poke ends it. */
  readonly idleMs?: number;
  /** What one step takes at the most: after less, more is not waiting. */
  readonly full?: number;
  /** Rest after less than a full step, so that what trickles in is done together; a poke does not shorten it. */
  readonly gatherMs?: number;
}

/** A loop that runs `step` while it has work, gathers what trickles in, rests when there is nothing, and survives a lost connection. */
export const runLoop = (
  name: string,
  log: FastifyBaseLogger,
  step: () => Promise<number>,
  { idleMs = IDLE_MS, full = 1, gatherMs = 0 }: Pace = {},
): Loop => {
  let stopped = false;
  let poked = false;
  let wake: (() => void) | undefined;
  const rest = (milliseconds: number, wakeable: boolean): Promise<void> =>
    new Promise((resolve) => {
      if (stopped || (wakeable && poked)) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        if (!stopped && !wakeable) return;
        clearTimeout(timer);
        resolve();
      };
    });
  const running = (async () => {
    while (!stopped) {
      try {
        poked = false;
        const n = await step();
        if (n === 0) await rest(idleMs, true);
        else await rest(n < full ? gatherMs : 0, false);
      } catch (error) {
        if (stopped) break;
        log.warn({ loop: name, error: (error as Error).message }, 'loop failed, will try again');
        await rest(RETRY_MS, false);
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
  const loop = runLoop(
    'sequencer',
    log,
    async () => {
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
    },
    { full: 5000, gatherMs: 25 },
  );
  return {
    poke: loop.poke,
    stop: async () => {
      await loop.stop();
      drop();
    },
  };
};
