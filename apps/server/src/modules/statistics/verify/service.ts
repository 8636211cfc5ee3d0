import { readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { FeedEvent } from '../../../platform/feed/consumer.ts';
import { feedLag, settleFeed } from '../../../platform/feed/feed.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { proceduresOf, statisticsConsumer, tally } from '../consumers.ts';
import { type Counted, clearCounts } from '../repo.ts';
import { countKey, durationKey, holdFigures, readEvents, readFigures } from './repo.ts';

export interface StatsVerification {
  readonly ok: boolean;
  /** Events whose figures were computed again. */
  readonly events: number;
  /** Events that came while verifying: they are counted next and compared by the next verification. */
  readonly uncounted: number;
  /** Events that stand in the record and neither in the feed nor before it: nobody will ever count them. */
  readonly lost: number;
  /** Figures compared: counts, and how long cases took. */
  readonly measures: number;
  readonly differences: readonly { readonly key: string; readonly counted: number; readonly recomputed: number }[];
}

/** Differences told; a rebuild mends any number of them. */
const MOST_TOLD = 1000;

const differencesOf = (stored: ReadonlyMap<string, number>, recomputed: ReadonlyMap<string, number>): StatsVerification['differences'] =>
  [...new Set([...stored.keys(), ...recomputed.keys()])]
    .map((key) => ({ key, counted: stored.get(key) ?? 0, recomputed: recomputed.get(key) ?? 0 }))
    .filter(({ counted, recomputed: again }) => counted !== again);

/**
 * Counts what is not counted yet, so that it never agrees over nothing; then computes every figure again from the record, with the consumer's
 * own pure fold but none of its tables, and compares. Differences name measure, area, procedure, stage, category and day, or for a duration
 * area, procedure, category, day and bucket.
 */
export const verifyStatistics = async (deps: Deps): Promise<StatsVerification> => {
  await settleFeed(deps, [statisticsConsumer]);
  return withTransaction(deps.pools.maintenance, async (tx, client) => {
    await client.query('set transaction isolation level repeatable read read only');
    await holdFigures(tx);
    const stored = await readFigures(tx);
    const recomputed = new Map<string, number>();
    const add = (key: string, n: number): void => void recomputed.set(key, (recomputed.get(key) ?? 0) + n);
    const procedures = proceduresOf(deps);
    const seen = { events: 0, uncounted: 0, lost: 0 };
    let counted: Counted | undefined;
    for await (const row of readEvents(client, statisticsConsumer.name)) {
      if (row.standing !== 'counted') {
        seen[row.standing] += 1;
        continue;
      }
      seen.events += 1;
      const event: FeedEvent = { ...readHeader(row.header), position: 0, words: () => undefined };
      const folded = tally(counted?.case_id === event.caseId ? counted : undefined, event, procedures);
      counted = folded.counted;
      for (const delta of folded.deltas) add(countKey(delta), delta.n);
      for (const delta of folded.durations) add(durationKey(delta), delta.n);
    }
    const differences = differencesOf(stored, recomputed);
    return {
      ok: differences.length === 0 && seen.lost === 0,
      ...seen,
      measures: stored.size,
      differences: differences.slice(0, MOST_TOLD),
    };
  });
};

/**
 * Throws the rollups away and folds the feed again from its beginning, also beside a running server, whose consumer then takes its turns.
 * Answers how many events the figures rest on.
 */
export const rebuildStatistics = async (deps: Deps, onProgress: (events: number) => void = () => {}): Promise<number> => {
  await withTransaction(deps.pools.maintenance, (tx) => clearCounts(tx));
  await settleFeed(deps, [statisticsConsumer], onProgress);
  const { head, consumers } = await feedLag(deps);
  return head - (consumers[statisticsConsumer.name] ?? 0);
};
