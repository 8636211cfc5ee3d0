import type pg from 'pg';
import type { Deps } from '../../platform/deps.ts';
import { type Loop, runLoop } from '../../platform/feed/sequencer.ts';
import { tellDue } from './service.ts';

const EVERY_MS = 1000;

/** The leader's poll of due times: one process of all holds the lock; row locks keep it correct even if two did. */
export const clockBackground = (deps: Deps): Deps['background'][number] => {
  let loop: Loop | undefined;
  let leader: pg.PoolClient | undefined;
  const drop = (): void => {
    leader?.release(true);
    leader = undefined;
  };
  const lead = async (): Promise<boolean> => {
    if (leader) return true;
    const client = await deps.pools.feed.connect();
    client.once('error', drop);
    const { rows } = await client.query<{ led: boolean }>("select pg_try_advisory_lock(hashtextextended('tongxin.clock', 0)) as led");
    if (rows[0]!.led) {
      leader = client;
      return true;
    }
    client.release();
    return false;
  };
  return {
    name: 'clock',
    start: () => {
      loop = runLoop('clock', deps.log, async () => ((await lead()) ? tellDue(deps) : 0), { idleMs: EVERY_MS });
    },
    stop: async () => {
      await loop?.stop();
      drop();
    },
  };
};
