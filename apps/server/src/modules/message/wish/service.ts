import type { WishView } from '@tongxin/domain/message/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { dropWish, findWish, hasPhone, putWish } from './repo.ts';

const view = async (deps: Deps, { tx, receipt }: Scope): Promise<WishView> => {
  if (!receipt) throw notFound();
  return { offered: deps.messages.sms !== undefined, reachable: await hasPhone(tx), sms: await findWish(tx, receipt) };
};

/** Whether whoever holds a query code hears of the matter by SMS. */
export const wish = (deps: Deps, who: Who): Promise<WishView> => withScope(deps.pools.app, who, (scope) => view(deps, scope));

/** Switches it on or off. Off is always possible; on needs a way out and a telephone. */
export const chooseWish = (deps: Deps, who: Who, wanted: boolean, language: 'zh' | 'en'): Promise<WishView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const before = await view(deps, scope);
    const party = scope.receipt!;
    if (!wanted) await dropWish(scope.tx, party);
    else {
      if (!before.offered) throw invalid('channelOff', { channel: 'sms' });
      if (!before.reachable) throw invalid('phoneNeeded');
      await putWish(scope.tx, party, language, deps.clock.now().toISOString());
    }
    return { ...before, sms: wanted };
  });
