import { Readable } from 'node:stream';
import { setTimeout as rest } from 'node:timers/promises';
import { DAY_MS, dateOfDay, dayOfInstant, instantToLocalDate, msOfDay } from '@tongxin/domain/calendar/rules.ts';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import { postOver } from '@tongxin/domain/post/rules.ts';
import {
  againstUsual,
  coarse,
  type Hours,
  hoursOf,
  KEPT_DAYS,
  rising,
  sameWeekdays,
  satisfactionOf,
  usualByHour,
} from '@tongxin/domain/wall/rules.ts';
import { FLOW_STEPS, RATINGS, type Rating, type WallMap, type WallView } from '@tongxin/domain/wall/view.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { forbidden, invalid } from '../../platform/errors/problem.ts';
import { findStanding } from '../../platform/feed/feed.ts';
import { type ScopedTx, type Who, withScope } from '../../platform/tx/tx.ts';
import { readFiled, readFlow, readOpen, readPlaces, readShapes } from './repo.ts';

/** Whose figures rest on which consumers. */
const CONSUMERS = ['wall', 'statistics'];
const MOST_ROWS = 6;
const RATED_DAYS = 30;
const TURN_MS = 1000;
const HEARTBEAT_MS = 20_000;

/** The area shown: the one named, which a post that shows walls must cover, else that of the first such post. Nothing below a community. */
export const shownArea = (deps: Deps, actor: Actor, asked: string | undefined, capability: 'wall.show' | 'wall.manage'): string => {
  const areaId = asked ?? actor.posts.find((post) => post.capabilities.includes(capability))?.areaId;
  if (!areaId) throw invalid('areaMissing');
  const area = deps.directory.area(areaId);
  const place = deps.places.ofArea(areaId);
  if (!area || !place || area.kind === 'grid' || area.kind === 'dedicatedGrid') throw invalid('unknownArea');
  if (!postOver(actor, capability, pathOf(place))) throw forbidden('missingCapability', { capability });
  return areaId;
};

const flowOf = async (tx: ScopedTx, areaId: string, now: Date): Promise<Pick<WallView, 'flow' | 'satisfaction'>> => {
  const today = instantToLocalDate(now.toISOString());
  const rows = await readFlow(tx, areaId, dateOfDay(dayOfInstant(now.toISOString()) - KEPT_DAYS));
  const steps = new Map<string, Map<string, number[]>>();
  for (const { day, hour, step, n } of rows) {
    const days = steps.get(step) ?? new Map<string, number[]>();
    const hours = days.get(day) ?? Array.from({ length: 24 }, () => 0);
    hours[hour]! += n;
    steps.set(step, days.set(day, hours));
  }
  const of = (step: string): Hours => steps.get(step) ?? new Map();
  const first = rows.map(({ day }) => day).reduce<string | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
  const weekdays = sameWeekdays(today, first);
  const hours = Math.floor(((now.getTime() - msOfDay(dayOfInstant(now.toISOString()))) * 24) / DAY_MS);
  const usual = usualByHour(of('received'), weekdays);
  const rated = dateOfDay(dayOfInstant(now.toISOString()) - RATED_DAYS + 1);
  const answers = (rating: Rating): number =>
    rows.filter(({ step, day }) => step === rating && day >= rated).reduce((sum, { n }) => sum + n, 0);
  return {
    flow: {
      day: today,
      hours,
      weekdays: weekdays.length,
      steps: FLOW_STEPS.map((step) => {
        const byHour = [...hoursOf(of(step), today)];
        const compared = againstUsual(of(step), today, hours, weekdays);
        return { step, today: byHour.reduce((a, b) => a + b, 0), byHour, ...(compared ? { usual: compared } : {}) };
      }),
      ...(usual ? { usualByHour: usual } : {}),
    },
    satisfaction: satisfactionOf(
      Object.fromEntries(RATINGS.map((rating) => [rating, answers(rating)])) as Record<Rating, number>,
      RATED_DAYS,
    ),
  };
};

const openOf = async (deps: Deps, tx: ScopedTx, areaId: string, now: Date): Promise<Pick<WallView, 'lights' | 'waiting'>> => {
  const rows = await readOpen(tx, areaId);
  const lights = { onTime: 0, dueSoon: 0, overdue: 0, other: 0 };
  const bodies = new Map<string, { open: number; oldest: number }>();
  for (const row of rows) {
    lights[row.light] += row.n;
    if (!row.organization_id) continue;
    const before = bodies.get(row.organization_id) ?? { open: 0, oldest: Number.POSITIVE_INFINITY };
    bodies.set(row.organization_id, { open: before.open + row.n, oldest: Math.min(before.oldest, row.oldest.getTime()) });
  }
  const waiting = [...bodies]
    .sort(([a, one], [b, other]) => one.oldest - other.oldest || (a < b ? -1 : 1))
    .flatMap(([id, { open, oldest }]) => {
      const label = deps.directory.organization(id)?.label;
      return label ? [{ id, label, open: coarse(open), days: Math.max(0, Math.floor((now.getTime() - oldest) / DAY_MS)) }] : [];
    })
    .slice(0, MOST_ROWS);
  return { lights, waiting };
};

/** Figures of an area for a screen that everybody passes by. */
export const wall = (deps: Deps, who: Who, asked: string | undefined): Promise<WallView> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const areaId = shownArea(deps, actor, asked, 'wall.show');
    const area = deps.directory.area(areaId)!;
    const now = deps.clock.now();
    const today = instantToLocalDate(now.toISOString());
    const standing = await findStanding(tx, CONSUMERS, now);
    const filed = await readFiled(tx, areaId, dateOfDay(dayOfInstant(now.toISOString()) - KEPT_DAYS));
    const places = await readPlaces(tx, areaId);
    return {
      area: { id: areaId, label: area.label, kind: area.kind },
      at: now.toISOString(),
      asOf: standing.asOf,
      behind: standing.partial ? standing.behind : 0,
      ...(await flowOf(tx, areaId, now)),
      ...(await openOf(deps, tx, areaId, now)),
      rising: rising(filed, today, MOST_ROWS).flatMap((one) => {
        const label = deps.directory.category(one.id)?.label;
        return label ? [{ ...one, label }] : [];
      }),
      places: places.map((one) => ({ id: one.area_id, label: one.name, open: coarse(one.n), overdue: coarse(one.overdue) })),
    };
  });

export const wallMap = (deps: Deps, who: Who, asked: string | undefined): Promise<WallMap> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const shapes = await readShapes(tx, shownArea(deps, actor, asked, 'wall.show'));
    return { areas: shapes.map((one) => ({ id: one.area_id, label: one.name, geometry: one.geometry })) };
  });

async function* changes(deps: Deps, who: Who, asked: string | undefined, gone: AbortSignal): AsyncGenerator<string> {
  const look = (): Promise<number> =>
    withScope(deps.pools.app, who, async ({ tx, actor }) => {
      shownArea(deps, actor, asked, 'wall.show');
      return (await findStanding(tx, CONSUMERS, deps.clock.now())).position;
    });
  let position = await look();
  let quietSince = Date.now();
  yield 'retry: 3000\nevent: wall\ndata: {}\n\n';
  while (!gone.aborted) {
    await rest(TURN_MS, undefined, { signal: gone }).catch(() => undefined);
    if (gone.aborted) return;
    const now = await look();
    if (now !== position) {
      position = now;
      quietSince = Date.now();
      yield 'event: wall\ndata: {}\n\n';
    } else if (Date.now() - quietSince > HEARTBEAT_MS) {
      quietSince = Date.now();
      yield ': still here\n\n';
    }
  }
}

/** Says when there are new figures. A token that is revoked ends it: each look is taken under it. */
export const wallStream = async (deps: Deps, who: Who, asked: string | undefined, gone: AbortSignal): Promise<Readable> => {
  await withScope(deps.pools.app, who, async ({ actor }) => shownArea(deps, actor, asked, 'wall.show'));
  return Readable.from(changes(deps, who, asked, gone), { objectMode: false });
};
