import { DAY_MS, instantOfMs } from '@tongxin/domain/calendar/rules.ts';
import { awakeAt } from '@tongxin/domain/message/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { withTransaction } from '../../platform/tx/tx.ts';
import { tellAppointments } from '../message/index.ts';
import { lockToRemind, markReminded } from './repo.ts';

const MINUTE_MS = 60_000;
const AT_ONCE = 100;

/** Reminds the parties who asked for messages within a day of their hearing; nobody is woken for it. */
export const remindHearings = (deps: Deps): Promise<number> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const now = deps.clock.now().toISOString();
    if (awakeAt(now) > now) return 0;
    const caseIds = await lockToRemind(tx, now, instantOfMs(Date.parse(now) + DAY_MS), AT_ONCE);
    if (caseIds.length === 0) return 0;
    const told = await tellAppointments(deps, tx, 'soon', new Map(caseIds.map((id) => [id, [{}]])));
    await markReminded(tx, caseIds, now);
    return told;
  });

/** Each minute: whose hearing is near. */
export const hearingBackground = (deps: Deps): Deps['background'][number] =>
  roundsBackground(deps, 'hearing', [{ everyMs: MINUTE_MS, what: 'reminding of hearings', work: remindHearings }]);
