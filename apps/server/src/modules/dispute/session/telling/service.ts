import { DAY_MS, instantOfMs } from '@tongxin/domain/calendar/rules.ts';
import { awakeAt } from '@tongxin/domain/message/rules.ts';
import type { Deps } from '../../../../platform/deps.ts';
import { withTransaction } from '../../../../platform/tx/tx.ts';
import { type Invited, tellAppointments } from '../../../message/index.ts';
import { lockToRemind, lockToTell, markReminded, markTold, type SessionToTell } from '../repo.ts';
import { TALKING } from '../service.ts';

const AT_ONCE = 200;

/** Who is invited, by matter: of a separate talk one side alone, and nobody else hears that it is. */
const invitedBy = (
  sessions: readonly SessionToTell[],
  askedAfter: (session: SessionToTell) => Date | undefined = () => undefined,
): Map<string, Invited[]> => {
  const invited = new Map<string, Invited[]>();
  for (const session of sessions) {
    const { case_id, alone_with } = session;
    const one = { partyId: alone_with ?? undefined, askedAfter: askedAfter(session) };
    invited.set(case_id, [...(invited.get(case_id) ?? []), one]);
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

/**
 * Reminds who is invited within a day of it; nobody is woken for it. Whoever heard within the day before this that it was set or moved is not told
 * again; whoever asked for messages only afterwards is.
 */
export const remindSessions = (deps: Deps): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now().toISOString();
    if (awakeAt(now) > now) return 0;
    const sessions = await lockToRemind(tx, now, instantOfMs(Date.parse(now) + DAY_MS), TALKING, AT_ONCE);
    const heard = ({ told_at }: SessionToTell): Date | undefined =>
      told_at && told_at.getTime() > Date.parse(now) - DAY_MS ? told_at : undefined;
    const told = await tellAppointments(deps, tx, 'soon', invitedBy(sessions, heard));
    for (const session of sessions) await markReminded(tx, session, now);
    return told;
  });
