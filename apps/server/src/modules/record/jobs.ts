import type { Deps } from '../../platform/deps.ts';
import { makeCheckpoint } from './checkpoint/service.ts';

const HOUR_MS = 3_600_000;

/** Makes a signed checkpoint every hour and at an orderly stop. Any number of processes may run it: a lock lets one at a time. */
export const checkpointBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] => {
  let timer: NodeJS.Timeout | undefined;
  const make = async (): Promise<void> => {
    try {
      const head = await makeCheckpoint(deps);
      if (head) deps.log.info({ checkpoint: head.no, leaves: head.leaves }, 'checkpoint signed and exported');
    } catch (error) {
      deps.log.error({ error: (error as Error).message }, 'checkpoint failed');
    }
  };
  return {
    name: 'checkpoint',
    start: () => {
      timer = setInterval(make, everyMs);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await make();
    },
  };
};
