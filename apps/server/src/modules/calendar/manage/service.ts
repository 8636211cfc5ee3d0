import type { Changed } from '@tongxin/domain/administration/view.ts';
import type { Calendar, CalendarYear } from '@tongxin/domain/calendar/schema.ts';
import type { CalendarPreview, KnownYear } from '@tongxin/domain/calendar/view.ts';
import { learnCalendar } from '@tongxin/domain/clock/rules.ts';
import { findDays, findKnownYears, findYears } from '../../../platform/calendar/repo.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { administer, managingPost, topArea } from '../../administration/index.ts';
import { amendedDays, dayBegins, daysAfter, loadIn, soundNotice } from '../service.ts';
import { countReaching, findReaching, markReaching } from './repo.ts';

const SHOWN = 50;

/** Years that are known, the latest first. */
export const years = (deps: Deps, who: Who): Promise<KnownYear[]> =>
  withScope(deps.pools.app, who, async ({ tx }) =>
    (await findKnownYears(tx)).map(({ year, source, loaded_at, exceptions }) => ({
      year,
      source,
      loadedAt: loaded_at.toISOString(),
      exceptions: [...exceptions],
    })),
  );

/** The calendar is everybody's: changed by who manages the whole. */
const permit = async ({ tx, actor }: Scope) => {
  const areaId = await topArea(tx);
  if (!areaId) throw invalid('unknownArea');
  return { post: managingPost(actor, 'calendar.manage', [areaId]), areaId };
};

/** What loading a notice would change: days of known years, and due times before and after. Changes nothing. */
export const previewYear = (deps: Deps, who: Who, asked: CalendarYear): Promise<CalendarPreview> => {
  return withScope(deps.pools.app, who, async (scope) => {
    await permit(scope);
    const notice = soundNotice(asked);
    const { tx } = scope;
    const [before, known] = [await findDays(tx, notice.year), await findYears(tx)];
    const isKnown = known.has(notice.year);
    const amended = amendedDays(before, daysAfter(before, notice)).filter((day) => known.has(Number(day.slice(0, 4))));
    const change = !isKnown ? 'new' : amended.length === 0 ? 'same' : 'replaced';
    if (change === 'same') return { year: notice.year, change, amended, clocks: 0, rows: [] };
    const from = amended[0] ? dayBegins(amended[0]) : null;
    const now = deps.calendar();
    const exceptions = new Map([...now.exceptions].filter(([day]) => !day.startsWith(`${notice.year}-`)));
    for (const { day, kind } of notice.exceptions) exceptions.set(day, kind);
    const then: Calendar = { version: 'preview', years: new Set([...now.years, notice.year]), exceptions };
    const rows = await findReaching(tx, from, !isKnown, SHOWN);
    return {
      year: notice.year,
      change,
      amended,
      clocks: await countReaching(tx, from, !isKnown),
      rows: rows.map(({ case_id, number, clock, state, procedure_id, procedure_version }) => {
        const after = learnCalendar(state, then).dueAt;
        return {
          id: case_id,
          number,
          clock: deps.procedures.get(procedure_id, procedure_version)?.clocks[clock]?.label ?? { zh: clock },
          ...(state.dueAt ? { before: state.dueAt } : {}),
          ...(after ? { after } : {}),
        };
      }),
    };
  });
};

/** Loads a notice, whole or not at all; due times that reach an amended day are computed again by the leader's poll. */
export const loadYear = (
  deps: Deps,
  who: Who,
  { commandId, replace, ...asked }: CalendarYear & { commandId: string; replace?: boolean },
): Promise<Changed> => {
  return administer(
    deps,
    who,
    { commandId, kind: 'calendar', subjectId: String(asked.year), body: { ...asked, replace } },
    async (scope) => {
      const by = await permit(scope);
      const notice = soundNotice(asked);
      const loaded = await loadIn(scope.tx, notice, {
        replace: replace === true,
        now: deps.clock.now(),
        mark: (from) => markReaching(scope.tx, from),
      });
      return {
        what: loaded.change === 'replaced' ? 'replaced' : 'loaded',
        ...by,
        after: { year: notice.year, source: notice.source, amended: loaded.amended.join(', '), clocks: loaded.clocks },
      };
    },
  );
};
