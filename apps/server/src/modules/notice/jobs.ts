import type { Deps } from '../../platform/deps.ts';
import { leaderBackground } from '../../platform/feed/leader.ts';
import { letLeaversGo, tellWaiting } from './delivery/service.ts';

const EVERY_MS = 1000;
/** Posts end by the day: this often is often enough. */
const LEAVERS_MS = 600_000;

/** The leader's poll of notices that waited for the end of quiet hours or for a digest, and now and then of who is no longer here to be told. */
export const noticeBackground = (deps: Deps): Deps['background'][number] => {
  let looked = Number.NEGATIVE_INFINITY;
  const step = async (): Promise<number> => {
    const now = deps.clock.now().getTime();
    if (Math.abs(now - looked) >= LEAVERS_MS) {
      await letLeaversGo(deps);
      looked = now;
    }
    return tellWaiting(deps);
  };
  return leaderBackground(deps, 'notice', step, EVERY_MS);
};
