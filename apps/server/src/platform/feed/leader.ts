import type pg from 'pg';
import type { Deps } from '../deps.ts';
import { type Loop, runLoop } from './sequencer.ts';

/** A poll that one process of all runs: it holds an advisory lock; what the step locks itself keeps it correct even if two did. */
export const leaderBackground = (deps: Deps, name: string, step: () => Promise<number>, idleMs: number): Deps['background'][number] => {
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
    const { rows } = await client.query<{ led: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as led', [
      `tongxin.${name}`,
    ]);
    if (rows[0]!.led) {
      leader = client;
      return true;
    }
    client.release();
    return false;
  };
  return {
    name,
    start: () => {
      loop = runLoop(name, deps.log, async () => ((await lead()) ? step() : 0), { idleMs });
    },
    stop: async () => {
      await loop?.stop();
      drop();
    },
  };
};
