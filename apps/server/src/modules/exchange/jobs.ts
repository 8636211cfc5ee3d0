import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { sweepTables } from './table/service.ts';

const HOUR_MS = 3_600_000;

/** Lets go, every hour, of tables that were taken in and never imported. */
export const tablesBackground = (deps: Deps, everyMs = HOUR_MS): Deps['background'][number] =>
  roundsBackground(deps, 'tables', [{ everyMs, what: 'sweeping tables', work: sweepTables }]);
