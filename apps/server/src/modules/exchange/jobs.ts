import type { Deps } from '../../platform/deps.ts';
import { sweepTables } from './table/service.ts';

const HOUR_MS = 3_600_000;

/** Lets go, every hour, of tables that were taken in and never imported. Any number of processes may run it: each row is deleted once. */
export const tablesBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] => {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<unknown> = Promise.resolve();
  return {
    name: 'tables',
    start: () => {
      timer = setInterval(() => {
        sweeping = sweepTables(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'sweeping tables failed'));
      }, everyMs);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await sweeping;
    },
  };
};
