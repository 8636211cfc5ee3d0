import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { erasePatrols } from './service.ts';

const HOUR_MS = 3_600_000;

/** Lets go, every hour, of what checklists said whose time is over. */
export const patrolsBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] =>
  roundsBackground(deps, 'patrols', [{ everyMs, what: 'erasing checklists', work: erasePatrols }]);
