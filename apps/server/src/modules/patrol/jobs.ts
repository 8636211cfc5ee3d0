import type { Deps } from '../../platform/deps.ts';
import { erasePatrols } from './service.ts';

const HOUR_MS = 3_600_000;

/** Lets go, every hour, of what checklists said whose time is over. Any number of processes may run it: each is erased once. */
export const patrolsBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] => {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<unknown> = Promise.resolve();
  return {
    name: 'patrols',
    start: () => {
      timer = setInterval(() => {
        sweeping = erasePatrols(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'erasing checklists failed'));
      }, everyMs);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await sweeping;
    },
  };
};
