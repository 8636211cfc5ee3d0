import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { forgetCalls, tellCalls } from './service.ts';

const TELL_MS = 2000;
const FORGET_MS = 3_600_000;

/** Tells of calls that a killed process left untold, and lets go of places and words in time: rows are locked. */
export const sosBackground = (deps: Deps): Deps['background'][number] =>
  roundsBackground(deps, 'sos', [
    { everyMs: TELL_MS, what: 'telling of calls for help', work: tellCalls },
    { everyMs: FORGET_MS, what: 'forgetting calls for help', work: forgetCalls },
  ]);
