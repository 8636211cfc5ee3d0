import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { makeCheckpoint } from './checkpoint/service.ts';

const HOUR_MS = 3_600_000;

const make = async (deps: Deps): Promise<void> => {
  const head = await makeCheckpoint(deps);
  if (head) deps.log.info({ checkpoint: head.no, leaves: head.leaves }, 'checkpoint signed and exported');
};

/** Makes a signed checkpoint every hour and at an orderly stop: a lock lets one process at a time. */
export const checkpointBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] => {
  const rounds = roundsBackground(deps, 'checkpoint', [{ everyMs, what: 'checkpoint', work: make }]);
  return {
    ...rounds,
    stop: async () => {
      await rounds.stop();
      await make(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'checkpoint failed'));
    },
  };
};
