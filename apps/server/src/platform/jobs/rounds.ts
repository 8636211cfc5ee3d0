import type { Deps } from '../deps.ts';

export interface Round {
  readonly everyMs: number;
  /** What is done, as the log names it where it fails. */
  readonly what: string;
  readonly work: (deps: Deps) => Promise<unknown>;
}

/**
 * Work done again and again as long as the process runs, one after another: what fails is logged and tried in the next round, and a stop waits for
 * what is under way. Every process may run it: the work itself does each thing once.
 */
export const roundsBackground = (deps: Deps, name: string, rounds: readonly Round[]): Deps['background'][number] => {
  let timers: NodeJS.Timeout[] = [];
  let working: Promise<unknown> = Promise.resolve();
  return {
    name,
    start: () => {
      timers = rounds.map(({ everyMs, what, work }) =>
        setInterval(() => {
          working = working
            .then(() => work(deps))
            .catch((error: Error) => deps.log.error({ error: error.message }, `${what} failed; tried again`));
        }, everyMs).unref(),
      );
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await working;
    },
  };
};
