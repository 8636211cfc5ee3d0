import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { eraseVisits } from './service.ts';

const HOUR_MS = 3_600_000;

/** Lets go, every hour, of what was answered at visits whose time is over. */
export const visitsBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] =>
  roundsBackground(deps, 'visits', [{ everyMs, what: 'erasing visits', work: eraseVisits }]);
