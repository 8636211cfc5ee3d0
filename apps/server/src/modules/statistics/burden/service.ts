import { type BurdenView, LEAST_POSTS } from '@tongxin/domain/burden/view.ts';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { areaOf } from '../service.ts';
import { findDepartments, sumBurden } from './repo.ts';

const DAY_MS = 86_400_000;

/** What each department asked of each kind of post in the field: of the last four weeks where no days are named. */
export const burden = (
  deps: Deps,
  who: Who,
  query: { readonly areaId?: string; readonly from?: string; readonly to?: string },
): Promise<BurdenView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const areaId = areaOf(deps, scope.actor, query.areaId);
    const now = deps.clock.now();
    const to = query.to ?? instantToLocalDate(now.toISOString());
    const from = query.from ?? instantToLocalDate(new Date(now.getTime() - 27 * DAY_MS).toISOString());
    for (const day of [from, to]) if (!isDate(day)) throw invalid('fieldUnfit', { field: 'date', why: 'notDate' });
    const found = await sumBurden(scope.tx, areaId, from, to, LEAST_POSTS);
    const labels = await findDepartments(scope.tx);
    const rows = found
      .filter(({ department }) => department === '')
      .map(({ role, posts, postDays, records, fields, seconds }) => ({
        role,
        posts,
        postDays,
        records,
        once: { fields, seconds },
        departments: found
          .filter((one) => one.role === role && one.department !== '')
          .map((one) => {
            const label = labels.get(one.department);
            return { code: one.department, ...(label ? { label } : {}), fields: one.fields, seconds: one.seconds, records: one.records };
          }),
      }));
    return { areaId, from, to, leastPosts: LEAST_POSTS, rows };
  });
