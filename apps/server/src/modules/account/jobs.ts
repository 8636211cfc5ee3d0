import type { Deps } from '../../platform/deps.ts';
import { withTransaction } from '../../platform/tx/tx.ts';
import { sweepContacts } from './repo.ts';

const HOUR_MS = 3_600_000;

/** Each hour: contacts that stayed with open matters of erased persons go once these have ended. The same again changes nothing, so every process may. */
export const accountBackground = (deps: Deps): Deps['background'][number] => {
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void =>
    void withTransaction(deps.pools.maintenance, (tx) => sweepContacts(tx, deps.clock.now())).catch((error: Error) =>
      deps.log.error({ error: error.message }, 'erasing contacts of ended matters failed'),
    );
  return {
    name: 'account',
    start: () => {
      timer = setInterval(sweep, HOUR_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
};
