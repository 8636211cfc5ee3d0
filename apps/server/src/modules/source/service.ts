import { createHash } from 'node:crypto';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import { daysOfMonth } from '@tongxin/domain/dispute/rules.ts';
import { DISPUTE_KINDS, type DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { monthAfter } from '@tongxin/domain/screening/rules.ts';
import { aimsAtNone, compare, countIn, type DayCount, earlier, spansOf, verdictOf, YEAR_DAYS } from '@tongxin/domain/source/rules.ts';
import type { Causes, MeasureView, NewMeasure } from '@tongxin/domain/source/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { areaPath } from '../administration/index.ts';
import { type CountedDay, countDays, findCommunities, findFirstDay, findMeasures, insertMeasure, type MeasureRow } from './repo.ts';

const MOST_MONTHS = 36;

/** The areas the caller counts in, one for each post that counts. */
const ownAreas = ({ actor }: Scope): ReadonlySet<string> =>
  new Set(actor.posts.filter(({ capabilities }) => capabilities.includes('mediation.count')).map(({ areaId }) => areaId));
const areaLabel = (deps: Deps, id: string): Label => deps.directory.area(id)?.label ?? { zh: id };
const total = (rows: readonly DayCount[]): number => rows.reduce((sum, { cases }) => sum + cases, 0);

/** Where disputes came from between two months, both included: by place, trade and month. */
export const causes = (deps: Deps, who: Who, from: string, to: string): Promise<Causes> =>
  withScope(deps.pools.app, who, async (scope) => {
    const months: string[] = [];
    for (let month = from; month <= to && months.length <= MOST_MONTHS; month = monthAfter(month, 1)) months.push(month);
    if (months.length === 0 || months.length > MOST_MONTHS) throw invalid('monthsUnfit', { n: MOST_MONTHS });
    const { from: first } = daysOfMonth(from);
    const { to: last } = daysOfMonth(to);
    const found: CountedDay[] = [];
    for (const areaId of ownAreas(scope)) found.push(...(await countDays(scope.tx, areaId, first, last)));
    // Where one area lies in another, what lies in both is counted once.
    const rows = [...new Map(found.map((one) => [`${one.area_id} ${one.kind} ${one.day}`, one])).values()];
    const communities = await findCommunities(scope.tx);
    const places = Map.groupBy(rows, ({ path, area_id }: CountedDay) => path.find((id) => communities.has(id)) ?? area_id);
    return {
      from,
      to,
      total: total(rows),
      places: [...places]
        .map(([areaId, found]) => ({
          areaId,
          label: areaLabel(deps, areaId),
          cases: total(found),
          kinds: Object.fromEntries([...Map.groupBy(found, ({ kind }) => kind)].map(([kind, some]) => [kind, total(some)])),
        }))
        .sort((a, b) => b.cases - a.cases || (a.areaId < b.areaId ? -1 : 1)),
      kinds: DISPUTE_KINDS.map((kind) => ({ kind, cases: total(rows.filter((row) => row.kind === kind)) })).filter(
        ({ cases }) => cases > 0,
      ),
      months: months.map((month) => ({ month, cases: total(rows.filter(({ day }) => day.startsWith(month))) })),
    };
  });

const viewOf = (deps: Deps, row: MeasureRow, days: readonly DayCount[], since: string | undefined, today: string): MeasureView => {
  const { days: length, before, after, lacks } = spansOf(row.from_day, today, since);
  const shown = {
    id: row.measure_id,
    areaLabel: areaLabel(deps, row.area_id),
    ...(row.kind ? { kind: row.kind as DisputeKind } : {}),
    what: row.what,
    organizationLabel: deps.directory.organization(row.organization_id)?.label ?? { zh: row.organization_id },
    from: row.from_day,
    days: length,
  };
  if (lacks) return { ...shown, verdict: lacks };
  const trade = ({ kind }: DayCount): boolean => row.kind === null || kind === row.kind;
  const here = (one: DayCount): boolean => trade(one) && one.path.includes(row.area_id);
  const elsewhere = (one: DayCount): boolean => trade(one) && !one.path.includes(row.area_id);
  const set = (fits: (one: DayCount) => boolean, back = 0) =>
    compare(
      countIn(days, earlier(before, back), earlier(row.from_day, back), fits),
      countIn(days, earlier(row.from_day, back), earlier(after, back), fits),
    );
  const found = set(here);
  const isYearKnown = since !== undefined && earlier(before, YEAR_DAYS) >= since;
  return {
    ...shown,
    verdict: verdictOf(found),
    here: found,
    elsewhere: set(elsewhere),
    ...(isYearKnown ? { yearBefore: set(here, YEAR_DAYS) } : {}),
  };
};

const measuresInScope = async (deps: Deps, scope: Scope): Promise<MeasureView[]> => {
  const rows = await findMeasures(scope.tx);
  const today = instantToLocalDate(deps.clock.now().toISOString());
  const own = ownAreas(scope);
  // Each is counted within the area of the caller that it lies in, the widest: the rest of that area is what it is compared with.
  const within = ({ area_path }: MeasureRow): string | undefined => area_path.find((id) => own.has(id));
  const days = new Map<string, readonly DayCount[]>();
  const since = new Map<string, string | undefined>();
  for (const areaId of new Set(rows.map(within))) {
    if (!areaId) continue;
    since.set(areaId, await findFirstDay(scope.tx, areaId, today));
    const first = rows.map(({ from_day }) => earlier(spansOf(from_day, today, since.get(areaId)).before, YEAR_DAYS)).sort()[0]!;
    days.set(areaId, await countDays(scope.tx, areaId, first, today));
  }
  return rows.map((row) => viewOf(deps, row, days.get(within(row) ?? '') ?? [], since.get(within(row) ?? ''), today));
};

/** What was tried, and what changed since. */
export const measures = (deps: Deps, who: Who): Promise<MeasureView[]> =>
  withScope(deps.pools.app, who, (scope) => measuresInScope(deps, scope));

/** Writes down what was tried. The same id and words again change nothing. */
export const addMeasure = (deps: Deps, who: Who, id: string, asked: NewMeasure): Promise<MeasureView[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { areaId, kind, what, organizationId, from } = asked;
    if (what.trim() === '') throw invalid('wordsMissing');
    if (what.includes('\u0000') || !what.isWellFormed()) throw invalid('badCharacters');
    if (aimsAtNone(what)) throw invalid('targetOfNone');
    if (!isDate(from)) throw invalid('fieldUnfit', { field: 'from', why: 'notDate' });
    const path = await areaPath(scope.tx, areaId);
    if (!path) throw invalid('unknownArea', { field: 'areaId' });
    const own = ownAreas(scope);
    if (!path.some((id) => own.has(id))) throw forbidden('beyondYourArea');
    if (!deps.directory.organization(organizationId)) throw invalid('unknownOrganization');
    const digest = createHash('sha256')
      .update(canonical({ by: scope.actor.personId, asked }))
      .digest();
    const row = { measure_id: id, area_id: areaId, kind, what: what.trim(), organization_id: organizationId, from_day: from, digest };
    if (!(await insertMeasure(scope.tx, row, deps.clock.now().toISOString()))) {
      const known = (await findMeasures(scope.tx)).find(({ measure_id }) => measure_id === id);
      if (!known?.digest.equals(digest)) throw conflict('idTaken');
    }
    return measuresInScope(deps, scope);
  });
