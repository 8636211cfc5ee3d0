import type { Deps } from '../../platform/deps.ts';
import { forgetCalls, tellCalls } from './service.ts';

const TELL_MS = 2000;
const FORGET_MS = 3_600_000;

/** Tells of calls that a killed process left untold, and lets go of places and words in time. Any number of processes may run it: rows are locked. */
export const sosBackground = (deps: Deps): Deps['background'][number] => {
  const timers: NodeJS.Timeout[] = [];
  let working: Promise<unknown> = Promise.resolve();
  const every = (ms: number, what: string, step: () => Promise<unknown>): void => {
    const timer = setInterval(() => {
      working = working.then(step).catch((error: Error) => deps.log.error({ error: error.message }, `${what} failed`));
    }, ms);
    timer.unref();
    timers.push(timer);
  };
  return {
    name: 'sos',
    start: () => {
      every(TELL_MS, 'telling of calls for help', () => tellCalls(deps));
      every(FORGET_MS, 'forgetting calls for help', () => forgetCalls(deps));
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await working;
    },
  };
};
