import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { withTransaction } from '../../platform/tx/tx.ts';
import { sweepContacts } from './repo.ts';

const HOUR_MS = 3_600_000;

/** Each hour: contacts that stayed with open matters of erased persons go once these have ended. */
export const accountBackground = (deps: Deps): Deps['background'][number] =>
  roundsBackground(deps, 'account', [
    {
      everyMs: HOUR_MS,
      what: 'erasing contacts of ended matters',
      work: ({ pools, clock }) => withTransaction(pools.maintenance, (tx) => sweepContacts(tx, clock.now())),
    },
  ]);
