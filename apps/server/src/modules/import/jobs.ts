import { join } from 'node:path';
import type { Deps } from '../../platform/deps.ts';
import { type Loop, runLoop } from '../../platform/feed/sequencer.ts';
import { sweepRejects } from './rejects/service.ts';

const HOUR_MS = 3_600_000;

/** Removes old rejects files at the start and every hour. Any number of processes may run it: a file that is gone is gone. */
export const rejectsBackground = (deps: Deps): Deps['background'][number] => {
  let loop: Loop | undefined;
  return {
    name: 'rejects',
    start: () => {
      const step = async (): Promise<number> => {
        const removed = await sweepRejects(join(deps.config.dataDir, 'rejects'), deps.clock.now());
        if (removed > 0) deps.log.info({ files: removed }, 'old files of rejected rows are gone');
        return 0;
      };
      loop = runLoop('rejects', deps.log, step, { idleMs: HOUR_MS });
    },
    stop: async () => {
      await loop?.stop();
    },
  };
};
