import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { postOver } from '@tongxin/domain/post/rules.ts';
import { DURATION_BUCKETS } from '@tongxin/domain/statistics/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { forbidden, invalid } from '../../platform/errors/problem.ts';
import { type FeedStanding, findStanding } from '../../platform/feed/feed.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { type DurationQuery, type GroupBy, type Measure, sumCounts, sumDurations } from './repo.ts';

export interface CountQuery {
  readonly measure: Measure;
  readonly areaId?: string;
  readonly by: GroupBy;
  readonly from?: string;
  readonly to?: string;
  readonly procedureId?: string;
}

export interface CountRow {
  readonly key: string;
  readonly label?: Label;
  readonly n: number;
}

const labelOf = (deps: Deps, by: GroupBy, key: string, procedureId: string): Label | undefined => {
  if (by === 'area') return deps.directory.area(key)?.label;
  if (by === 'category') return key === '-' ? { zh: '未分类', en: 'No category' } : deps.directory.category(key)?.label;
  if (by === 'procedure') return deps.procedures.latest(key)?.title;
  if (by === 'stage') return deps.procedures.latest(procedureId)?.stages[key]?.label;
  return undefined;
};

/** The area figures are asked of: the one named, which a post that reads figures must cover, else that of the first such post. */
export const areaOf = (deps: Deps, actor: Actor, asked: string | undefined): string => {
  const areaId = asked ?? actor.posts.find((post) => post.capabilities.includes('statistics.read'))?.areaId;
  if (!areaId) throw invalid('areaMissing');
  if (!deps.directory.area(areaId)) throw invalid('unknownArea');
  const place = deps.places.ofArea(areaId);
  if (asked && place && !postOver(actor, 'statistics.read', pathOf(place)))
    throw forbidden('missingCapability', { capability: 'statistics.read' });
  return areaId;
};

/** Counts of one area by one dimension, from the rollups: at most seconds old, at any number of cases. */
export const countCases = (deps: Deps, who: Who, query: CountQuery): Promise<{ areaId: string; rows: CountRow[] }> =>
  withScope(deps.pools.app, who, async (scope) => {
    const areaId = areaOf(deps, scope.actor, query.areaId);
    const standing = query.measure === 'standing' || query.measure === 'overdue';
    if (standing && query.by === 'day') throw invalid('levelUnfit', { level: 'day' });
    const { from, to, ...rest } = query;
    const procedureId = query.procedureId ?? 'order';
    const rows = await sumCounts(scope.tx, {
      ...rest,
      areaId,
      ...(standing ? {} : { ...(from ? { from } : {}), ...(to ? { to } : {}) }),
      ...(query.by === 'stage' ? { procedureId } : {}),
    });
    return {
      areaId,
      rows: rows.map((row) => {
        const label = labelOf(deps, query.by, row.key, procedureId);
        return { ...row, ...(label ? { label } : {}) };
      }),
    };
  });

export type DurationsQuery = Partial<DurationQuery>;

/** How long what ended in an area took: ends by bucket of elapsed time from acceptance, every bucket in order. Hotline orders unless asked otherwise. */
export const countDurations = (deps: Deps, who: Who, query: DurationsQuery) =>
  withScope(deps.pools.app, who, async (scope) => {
    const areaId = areaOf(deps, scope.actor, query.areaId);
    const procedureId = query.procedureId ?? 'order';
    const counted = await sumDurations(scope.tx, { ...query, areaId, procedureId });
    return { areaId, procedureId, rows: DURATION_BUCKETS.map((hours, bucket) => ({ ...hours, n: counted.get(bucket) ?? 0 })) };
  });

/** How far the figures are behind what was recorded. */
export const standing = (deps: Deps, who: Who): Promise<Omit<FeedStanding, 'position'>> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const { behind, asOf, partial } = await findStanding(tx, ['statistics'], deps.clock.now());
    return { behind, asOf, partial };
  });
