import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { postOver } from '@tongxin/domain/post/rules.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { forbidden, invalid } from '../../platform/errors/problem.ts';
import { consumeOnce, type FeedEvent } from '../../platform/feed/consumer.ts';
import { type Who, withScope, withTransaction } from '../../platform/tx/tx.ts';
import { proceduresOf, statisticsConsumer, summed, tally } from './consumers.ts';
import { type Counted, clearCounts, type Delta, type GroupBy, type Measure, NOW_DAY, sumCounts } from './repo.ts';
import { readCountsAt, readEventsUpTo } from './verify/repo.ts';

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

export interface StatsVerification {
  readonly ok: boolean;
  readonly measures: number;
  readonly differences: { readonly key: string; readonly counted: number; readonly recomputed: number }[];
}

const keyOf = (delta: Pick<Delta, 'measure' | 'areaId' | 'procedureId' | 'stage' | 'categoryId' | 'day'>): string =>
  [
    delta.measure,
    delta.areaId,
    delta.procedureId,
    delta.stage,
    delta.categoryId,
    delta.measure === 'standing' || delta.measure === 'overdue' ? NOW_DAY : delta.day,
  ].join('|');

/**
 * Recomputes every figure from the record up to where the statistics consumer stands, with the consumer's own pure fold but none of its
 * tables, and compares. Differences name measure, area, procedure, stage, category and day.
 */
export const verifyStatistics = (deps: Deps): Promise<StatsVerification> =>
  withTransaction(deps.pools.maintenance, async (tx, client) => {
    await client.query('set transaction isolation level repeatable read read only');
    const recomputed = new Map<string, number>();
    const procedures = proceduresOf(deps);
    let caseId = '';
    let counted: Counted | undefined;
    for await (const row of readEventsUpTo(client, 'statistics')) {
      const event: FeedEvent = { ...readHeader(row.header), position: 0, words: () => undefined };
      if (event.caseId !== caseId) counted = undefined;
      caseId = event.caseId;
      const folded = tally(counted, event, procedures, undefined);
      counted = folded.counted;
      for (const delta of summed(folded.deltas)) recomputed.set(keyOf(delta), (recomputed.get(keyOf(delta)) ?? 0) + delta.n);
    }
    const stored = await readCountsAt(tx);
    const differences: StatsVerification['differences'] = [];
    for (const [key, n] of stored)
      if ((recomputed.get(key) ?? 0) !== n) differences.push({ key, counted: n, recomputed: recomputed.get(key) ?? 0 });
    for (const [key, n] of recomputed) if (n !== 0 && !stored.has(key)) differences.push({ key, counted: 0, recomputed: n });
    return { ok: differences.length === 0, measures: stored.size, differences: differences.slice(0, 1000) };
  });

/** Throws the rollups away and folds the feed again from its beginning. */
export const rebuildStatistics = async (deps: Deps, onProgress: (events: number) => void = () => {}): Promise<number> => {
  await withTransaction(deps.pools.maintenance, (tx) => clearCounts(tx));
  let handled = 0;
  for (;;) {
    const n = await consumeOnce(deps, statisticsConsumer);
    if (n === 0) return handled;
    handled += n;
    onProgress(handled);
  }
};
