import type { Deps } from '../../platform/deps.ts';
import { sweepUploads } from './service.ts';

const HOUR_MS = 3_600_000;

/** Lets go, every hour, of uploads whose report never came. Any number of processes may run it: each row is deleted once. */
export const uploadsBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] => {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  const sweep = async (): Promise<void> => {
    try {
      const swept = await sweepUploads(deps);
      if (swept > 0) deps.log.info({ uploads: swept }, 'uploads that were never filed are gone');
    } catch (error) {
      deps.log.error({ error: (error as Error).message }, 'sweeping uploads failed');
    }
  };
  return {
    name: 'uploads',
    start: () => {
      timer = setInterval(() => {
        sweeping = sweep();
      }, everyMs);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await sweeping;
    },
  };
};
