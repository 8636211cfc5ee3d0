import { isInstant } from '@tongxin/domain/calendar/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid, notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { type AccessRow, listAccess, listPartyAccess, readOwnSealed } from './repo.ts';

/** What a sealed name or telephone of a person is bound to: a value moved to another row does not open. */
export const namePlace = (personId: string): string => `person:name:${personId}`;
export const phonePlace = (phoneIndex: Buffer): string => `person:phone:${phoneIndex.toString('hex')}`;

/** Who looked at the caller's data: latest first, from before an instant. */
export const accessLog = (deps: Deps, who: Who, before: string | undefined, limit: number): Promise<AccessRow[]> => {
  if (before !== undefined && !isInstant(before)) throw invalid('badCursor');
  return withScope(deps.pools.app, who, ({ tx, actor }) => listAccess(tx, actor.personId!, before ? new Date(before) : undefined, limit));
};

/** Who looked at the party that a query code belongs to: latest first, from before an instant. */
export const partyAccessLog = (deps: Deps, who: Who, before: string | undefined, limit: number): Promise<AccessRow[]> => {
  if (before !== undefined && !isInstant(before)) throw invalid('badCursor');
  return withScope(deps.pools.app, who, ({ tx, receipt }) => {
    if (!receipt) throw notFound();
    return listPartyAccess(tx, receipt, before ? new Date(before) : undefined, limit);
  });
};

/** The caller's own name and telephone. Reading one's own is not a reading that is logged. */
export const ownDetails = (deps: Deps, who: Who): Promise<{ name?: string; phone?: string }> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const sealed = await readOwnSealed(tx);
    return {
      ...(sealed?.name ? { name: deps.crypto.open(sealed.name, namePlace(actor.personId!)).toString('utf8') } : {}),
      ...(sealed?.phone && sealed.phoneIndex
        ? { phone: deps.crypto.open(sealed.phone, phonePlace(sealed.phoneIndex)).toString('utf8') }
        : {}),
    };
  });
