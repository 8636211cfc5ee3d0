import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { forgetDeliveries } from './deliver/service.ts';

const DAY_MS = 86_400_000;

/** Forgets, every day, deliveries that ended a month ago. */
export const deliveriesBackground = (deps: Deps): Deps['background'][number] =>
  roundsBackground(deps, 'deliveries', [{ everyMs: DAY_MS, what: 'forgetting deliveries', work: forgetDeliveries }]);
