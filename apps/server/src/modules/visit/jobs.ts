import type { Deps } from '../../platform/deps.ts';
import { eraseVisits } from './service.ts';

const HOUR_MS = 3_600_000;

/** Lets go, every hour, of what was answered at visits whose time is over. Any number of processes may run it: each visit is erased once. */
export const visitsBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] => {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<unknown> = Promise.resolve();
  return {
    name: 'visits',
    start: () => {
      timer = setInterval(() => {
        sweeping = eraseVisits(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'erasing visits failed'));
      }, everyMs);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await sweeping;
    },
  };
};
