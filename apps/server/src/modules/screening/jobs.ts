import { createHash } from 'node:crypto';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { dueOn, isOwed, monthAfter, monthOf, rungOf } from '@tongxin/domain/screening/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { roundsBackground } from '../../platform/jobs/rounds.ts';
import { withTransaction } from '../../platform/tx/tx.ts';
import { type NewNotice, putNotices } from '../notice/index.ts';
import { findMonths, findTold, findUnits, markTold } from './repo.ts';

const ROUND_MS = 10 * 60_000;

const noticeId = (...parts: readonly string[]): string => {
  const hex = createHash('sha256')
    .update(`screening:${parts.join(':')}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/**
 * Reminds bodies whose report is due within days, and tells them and who supervises them that one is overdue: each body and month once, a
 * supervisor once for a month, whoever is killed. This month and the last; what is older shows on the screen. Answers how many were told.
 */
export const tellScreening = (deps: Pick<Deps, 'pools' | 'clock' | 'calendar'>): Promise<number> =>
  withTransaction(deps.pools.feed, async (tx) => {
    const now = deps.clock.now().toISOString();
    const today = instantToLocalDate(now);
    const units = await findUnits(tx);
    const notices: NewNotice[] = [];
    for (const month of [monthOf(today), monthAfter(monthOf(today), -1)]) {
      const reported = new Set(
        (
          await findMonths(
            tx,
            units.map(({ organization_id }) => organization_id),
            month,
            month,
          )
        ).map((row) => row.organization_id),
      );
      const waiting = units.filter(
        ({ organization_id, since, until }) => !reported.has(organization_id) && isOwed({ since, until: until ?? undefined }, month),
      );
      for (const rung of ['soon', 'overdue'] as const) {
        const due = waiting.filter(({ due_day }) => rungOf(dueOn(month, due_day, deps.calendar()), today) === rung);
        if (due.length === 0) continue;
        const told = await markTold(
          tx,
          due.map(({ organization_id }) => organization_id),
          month,
          rung,
          now,
        );
        for (const { organization_id, person_id, reports } of await findTold(tx, told, today))
          if (reports || rung === 'overdue')
            notices.push({
              personId: person_id,
              // A supervisor is told once of a month, whatever is missing.
              noticeId: noticeId(month, rung, person_id, reports ? organization_id : 'above'),
              kind: rung === 'soon' ? 'screeningSoon' : 'screeningOverdue',
              params: { month, to: reports ? 'own' : 'overview' },
              urgent: false,
              createdAt: now,
              tellAt: now,
            });
      }
    }
    const once = [...new Map(notices.map((notice) => [`${notice.personId} ${notice.noticeId}`, notice])).values()];
    await putNotices(tx, once, now);
    return once.length;
  });

/** Every ten minutes who owes a report is told: each row is marked as told. */
export const screeningBackground = (deps: Deps): Deps['background'][number] =>
  roundsBackground(deps, 'screening', [{ everyMs: ROUND_MS, what: 'telling of monthly reports', work: tellScreening }]);
