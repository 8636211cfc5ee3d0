import { perDay } from '@tongxin/domain/burden/rules.ts';
import { type BurdenView, LEAST_POSTS } from '@tongxin/domain/burden/view.ts';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import { codeWords } from '@tongxin/domain/exchange/rules.ts';
import type { Cell } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import { demand } from '../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { areaOf } from '../service.ts';
import { findDepartments, sumBurden } from './repo.ts';

const DAY_MS = 86_400_000;
const ONCE: Label = { zh: '实际填写（一次）', en: 'Filled in, once' };

export interface BurdenQuery {
  readonly areaId?: string;
  readonly from?: string;
  readonly to?: string;
}

const burdenIn = async (deps: Deps, { tx, actor }: Scope, query: BurdenQuery): Promise<BurdenView> => {
  const areaId = areaOf(deps, actor, query.areaId);
  const now = deps.clock.now();
  const to = query.to ?? instantToLocalDate(now.toISOString());
  const from = query.from ?? instantToLocalDate(new Date(now.getTime() - 27 * DAY_MS).toISOString());
  for (const day of [from, to]) if (!isDate(day)) throw invalid('fieldUnfit', { field: 'date', why: 'notDate' });
  const found = await sumBurden(tx, areaId, from, to, LEAST_POSTS);
  const labels = await findDepartments(tx);
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
};

/** What each department asked of each kind of post in the field: of the last four weeks where no days are named. */
export const burden = (deps: Deps, who: Who, query: BurdenQuery): Promise<BurdenView> =>
  withScope(deps.pools.app, who, (scope) => burdenIn(deps, scope, query));

/** The same as rows of a table: a kind of post and a department each, and what was filled in once for all of them. */
export async function* burdenRows(
  deps: Deps,
  scope: Scope,
  query: BurdenQuery,
  language: Language,
): AsyncGenerator<readonly Readonly<Record<string, Cell>>[]> {
  demand(scope.actor, 'statistics.read');
  const { from, to, rows } = await burdenIn(deps, scope, query);
  yield rows.flatMap(({ role, posts, postDays, records, once, departments }) =>
    [...departments, { code: '', label: ONCE, records, ...once }].map(({ code, label, records: n, fields, seconds }) => {
      const daily = perDay({ fields, seconds }, postDays);
      return {
        from,
        to,
        role: codeWords('role', role, language),
        department: label ? inLanguage(label, language) : code,
        posts,
        postDays,
        records: n,
        fields,
        minutes: Math.round(seconds / 60),
        fieldsPerDay: daily.fields,
        minutesPerDay: daily.minutes,
      };
    }),
  );
}
