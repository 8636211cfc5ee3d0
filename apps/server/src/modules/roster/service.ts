import { createHash } from 'node:crypto';
import type { Changed } from '@tongxin/domain/administration/view.ts';
import { dayOfInstant, isDate, isInstant, msOfDay } from '@tongxin/domain/calendar/rules.ts';
import { DEFAULT_BUSINESS_HOURS } from '@tongxin/domain/calendar/schema.ts';
import type { Instant } from '@tongxin/domain/clock/schema.ts';
import { LONGEST_SHIFT_MS, moveShifts, onDuty as onDutyAmong, rosterGaps, type Shift } from '@tongxin/domain/roster/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Tx, type Who, withScope } from '../../platform/tx/tx.ts';
import { administer, bodyArea, type Made, managingBody } from '../administration/index.ts';
import { deleteShifts, findHours, findOwnPosts, findShifts, findShiftsOf, insertShifts, type KeptShift, type NewShift } from './repo.ts';

const DAY_MS = 86_400_000;

/** Who of a body is on duty at an instant, who came on last first; empty in ordinary office hours without a roster. */
export const onDuty = async (tx: Tx, organizationId: string, at: Instant): Promise<Shift[]> =>
  onDutyAmong(await findShifts(tx, organizationId, at, new Date(Date.parse(at) + 1).toISOString()), at);

const DAYS_LOOKED_AHEAD = 4;

/** The shifts of a body that run at an instant and those of the days after it: who goes, who comes. */
export const shiftsNear = (tx: Tx, organizationId: string, at: Instant): Promise<Shift[]> =>
  findShifts(tx, organizationId, at, new Date(Date.parse(at) + DAYS_LOOKED_AHEAD * DAY_MS).toISOString());

/** The shifts of bodies that touch the day of China in which an instant lies: posts, never persons. */
export const shiftsOfDay = (tx: Tx, organizationIds: readonly string[], at: Instant) => {
  const day = dayOfInstant(at);
  return findShiftsOf(tx, organizationIds, new Date(msOfDay(day)).toISOString(), new Date(msOfDay(day + 1)).toISOString());
};

const spanOf = (field: string, from: string, days: number): { from: Instant; to: Instant } => {
  if (!isDate(from)) throw invalid('fieldUnfit', { field, why: 'notDate' });
  const start = Date.parse(`${from}T00:00:00+08:00`);
  return { from: new Date(start).toISOString(), to: new Date(start + days * DAY_MS).toISOString() };
};

export interface Roster {
  readonly shifts: readonly KeptShift[];
  /** Nights and days off in which nobody is on duty. */
  readonly gaps: readonly { readonly from: Instant; readonly to: Instant }[];
}

/** Shifts of a body over at most 92 days, and where nobody is on duty. Throws 404 for a body there is not. */
export const rosterOf = (deps: Deps, who: Who, organizationId: string, from: string, days: number): Promise<Roster> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!deps.directory.organization(organizationId)) throw notFound();
    const span = spanOf('from', from, days);
    const shifts = await findShifts(tx, organizationId, span.from, span.to);
    const hours = (await findHours(tx, organizationId)) ?? DEFAULT_BUSINESS_HOURS;
    return { shifts, gaps: rosterGaps(shifts, deps.calendar(), from, days, hours) };
  });

const permit = async ({ tx, actor }: Scope, organizationId: string) => {
  const body = await bodyArea(tx, organizationId);
  if (!body) throw notFound();
  return { post: managingBody(actor, 'roster.manage', body.path, organizationId), areaId: body.areaId };
};

const touches = (a: Pick<Shift, 'startsAt' | 'endsAt'>, b: Pick<Shift, 'startsAt' | 'endsAt'>): boolean =>
  Date.parse(a.startsAt) < Date.parse(b.endsAt) && Date.parse(b.startsAt) < Date.parse(a.endsAt);

/** Shifts that may stand: with a beginning before their end, of open posts of the body, none over, none of a post twice at one time. */
const checked = async (deps: Deps, tx: ScopedTx, organizationId: string, shifts: readonly NewShift[]): Promise<void> => {
  const posts = await findOwnPosts(tx, organizationId);
  const now = deps.clock.now().getTime();
  for (const { startsAt, endsAt, postId } of shifts) {
    if (!isInstant(startsAt) || !isInstant(endsAt)) throw invalid('fieldUnfit', { field: 'startsAt', why: 'notInstant' });
    const length = Date.parse(endsAt) - Date.parse(startsAt);
    if (length <= 0) throw invalid('endsBeforeItBegins');
    if (length > LONGEST_SHIFT_MS) throw invalid('shiftTooLong');
    if (Date.parse(endsAt) <= now) throw invalid('shiftOver');
    if (!posts.has(postId)) throw invalid('unknownPost');
  }
  const times = shifts.flatMap(({ startsAt, endsAt }) => [Date.parse(startsAt), Date.parse(endsAt)]);
  const kept = await findShifts(tx, organizationId, new Date(Math.min(...times)).toISOString(), new Date(Math.max(...times)).toISOString());
  for (const [i, shift] of shifts.entries())
    if ([...kept, ...shifts.slice(0, i)].some((other) => other.postId === shift.postId && touches(other, shift)))
      throw conflict('shiftOverlaps');
};

const said = (shifts: readonly Pick<Shift, 'startsAt' | 'endsAt' | 'postId'>[]) => ({
  n: shifts.length,
  ...(shifts.length === 1 ? { postId: shifts[0]!.postId, from: shifts[0]!.startsAt, to: shifts[0]!.endsAt } : {}),
});

export const addShifts = (
  deps: Deps,
  who: Who,
  organizationId: string,
  { commandId, shifts }: { commandId: string; shifts: readonly NewShift[] },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'shift', subjectId: organizationId, body: shifts }, async (scope): Promise<Made> => {
    const by = await permit(scope, organizationId);
    await checked(deps, scope.tx, organizationId, shifts);
    await insertShifts(scope.tx, organizationId, shifts);
    return { what: 'made', ...by, organizationId, after: { organizationId, ...said(shifts) } };
  });

/** Takes shifts out that have not begun; all of them, or none. */
export const removeShifts = (
  deps: Deps,
  who: Who,
  organizationId: string,
  { commandId, ids }: { commandId: string; ids: readonly string[] },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'shift', subjectId: organizationId, body: { remove: ids } }, async (scope): Promise<Made> => {
    const by = await permit(scope, organizationId);
    const gone = await deleteShifts(scope.tx, organizationId, ids, deps.clock.now());
    if (gone.length < new Set(ids).size) throw conflict('shiftBegun');
    return { what: 'removed', ...by, organizationId, before: { organizationId, n: gone.length } };
  });

/** An id that follows from the command and the shift it copies: the same command again makes the same shift. */
const copyId = (commandId: string, id: string): string => {
  const hex = createHash('sha256').update(`${commandId}:${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Copies the shifts that begin in a week to another week; where the same post is on duty at the time already, nothing is copied over it. */
export const copyWeek = (
  deps: Deps,
  who: Who,
  organizationId: string,
  { commandId, ...week }: { commandId: string; from: string; to: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'shift', subjectId: organizationId, body: week }, async (scope): Promise<Made> => {
    const by = await permit(scope, organizationId);
    const [source, target] = [spanOf('from', week.from, 7), spanOf('to', week.to, 7)];
    if (target.from <= source.from) throw invalid('weekUnfit');
    const open = await findOwnPosts(scope.tx, organizationId);
    const shifts = (await findShifts(scope.tx, organizationId, source.from, source.to)).filter(
      ({ startsAt, postId }) => startsAt >= source.from && open.has(postId),
    );
    const there = await findShifts(scope.tx, organizationId, target.from, new Date(Date.parse(target.to) + LONGEST_SHIFT_MS).toISOString());
    const moved = moveShifts(shifts, week.from, week.to)
      .filter((shift) => !there.some((other) => other.postId === shift.postId && touches(other, shift)))
      .map(({ id, postId, startsAt, endsAt, kind }) => ({ id: copyId(commandId, id), postId, startsAt, endsAt, kind }));
    if (moved.length === 0) throw conflict('nothingToCopy');
    await checked(deps, scope.tx, organizationId, moved);
    await insertShifts(scope.tx, organizationId, moved);
    return { what: 'copied', ...by, organizationId, after: { organizationId, n: moved.length, from: week.from, to: week.to } };
  });
