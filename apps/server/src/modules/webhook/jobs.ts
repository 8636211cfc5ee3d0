import type { Deps } from '../../platform/deps.ts';
import { forgetDeliveries } from './deliver/service.ts';

const DAY_MS = 86_400_000;

/** Forgets, every day, deliveries that ended a month ago. */
export const deliveriesBackground = (deps: Deps): Deps['background'][number] => {
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void =>
    void forgetDeliveries(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'forgetting deliveries failed'));
  return {
    name: 'deliveries',
    start: () => {
      timer = setInterval(sweep, DAY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
};
