import type pg from 'pg';
import type { Deps } from '../../platform/deps.ts';
import { type Loop, runLoop } from '../../platform/feed/sequencer.ts';
import { placeCases } from './rezoning/placing/service.ts';

const EVERY_MS = 1000;

/** The placing of open cases after a re-zoning: one process of all holds the lock; each batch would stay right even if two did. */
export const placingBackground = (deps: Deps): Deps['background'][number] => {
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
    const { rows } = await client.query<{ led: boolean }>("select pg_try_advisory_lock(hashtextextended('tongxin.placing', 0)) as led");
    if (rows[0]!.led) {
      leader = client;
      return true;
    }
    client.release();
    return false;
  };
  return {
    name: 'placing',
    start: () => {
      loop = runLoop('placing', deps.log, async () => ((await lead()) ? placeCases(deps) : 0), { idleMs: EVERY_MS });
    },
    stop: async () => {
      await loop?.stop();
      drop();
    },
  };
};
