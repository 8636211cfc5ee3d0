import { DAY_MS, instantOfMs } from '@tongxin/domain/calendar/rules.ts';
import { awakeAt } from '@tongxin/domain/message/rules.ts';
import type { Deps } from '../../../../platform/deps.ts';
import { withTransaction } from '../../../../platform/tx/tx.ts';
import { tellAppointments } from '../../../message/index.ts';
import { lockToRemind, lockToTell, markReminded, markTold, type SessionToTell } from '../repo.ts';
import { TALKING } from '../service.ts';

const AT_ONCE = 200;

/** Who is invited, by matter: of a separate talk one side alone, and nobody else hears that it is. */
const invitedBy = (sessions: readonly SessionToTell[]): Map<string, Set<string> | 'all'> => {
  const invited = new Map<string, Set<string> | 'all'>();
  for (const { case_id, alone_with } of sessions) {
    const so = invited.get(case_id);
    if (!alone_with || so === 'all') invited.set(case_id, 'all');
    else invited.set(case_id, new Set([...(so ?? []), alone_with]));
  }
  return invited;
};

/** Tells who is invited that a time was set, moved or called off: one message for what changed within a round. */
export const tellChanges = (deps: Deps): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now().toISOString();
    const sessions = await lockToTell(tx, AT_ONCE);
    const told = await tellAppointments(deps, tx, 'changed', invitedBy(sessions));
    for (const session of sessions) await markTold(tx, session, now);
    return told;
  });

/** Reminds who is invited within a day of it, unless it was set within a day before; nobody is woken for it. */
export const remindSessions = (deps: Deps): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now().toISOString();
    if (awakeAt(now) > now) return 0;
    const sessions = await lockToRemind(tx, now, instantOfMs(Date.parse(now) + DAY_MS), TALKING, AT_ONCE);
    const told = await tellAppointments(deps, tx, 'soon', invitedBy(sessions));
    for (const session of sessions) await markReminded(tx, session, now);
    return told;
  });
