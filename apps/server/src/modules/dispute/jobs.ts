import type { Deps } from '../../platform/deps.ts';
import { releaseWaiting } from './centre/service.ts';
import { remindSessions, tellChanges } from './session/telling/service.ts';

const MINUTE_MS = 60_000;

/** Each minute: whom a time concerns that was set, changed or is near; and what is to be told of a period that is over. Each thing once, so every process may. */
export const disputeBackground = (deps: Deps): Deps['background'][number] => {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    for (const work of [tellChanges, remindSessions, releaseWaiting])
      await work(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'the disputes’ round failed; tried again'));
  };
  return {
    name: 'dispute',
    start: () => {
      timer = setInterval(() => {
        running = running.then(round);
      }, MINUTE_MS);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
