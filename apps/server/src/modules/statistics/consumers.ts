import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { durationBucket } from '@tongxin/domain/statistics/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineConsumer, type FeedEvent } from '../../platform/feed/consumer.ts';
import { addCounts, addDurations, type Counted, type Delta, type DurationDelta, findCounted, NOW_DAY, putCounted } from './repo.ts';

const NO_CATEGORY = '-';

/** What one event changes in the counts of a case: the old standing goes, the new one comes, entries and filings are added to their day. */
export interface Tally {
  counted: Counted;
  deltas: Delta[];
  durations: DurationDelta[];
}

const spread = (counted: Counted, measure: Delta['measure'], day: string, n: number, stage = counted.stage): Delta[] =>
  counted.area_ids.map((areaId) => ({
    measure,
    areaId,
    procedureId: counted.procedure_id,
    stage,
    categoryId: counted.category_id,
    day,
    n,
  }));

/** What the fold asks of procedures: which stages are ends, and which clock the resident waits by. */
export interface Procedures {
  readonly isEnd: (procedureId: string, stage: string) => boolean;
  readonly overallClock: (procedureId: string) => string | undefined;
}

/**
 * Stage, category, areas and lateness of a case after an event, from what they were before: the header says all that is needed. Late is
 * whose overall limit has run out and still runs; that a body was slow to telephone makes nobody's case overdue.
 */
const after = (before: Counted | undefined, event: FeedEvent, procedures: Procedures): Counted => {
  const { header } = event;
  const placed = header.codes?.areaIds as string[] | undefined;
  const category = (header.assign?.categoryId ?? header.codes?.categoryId) as string | null | undefined;
  const procedureId = (header.codes?.procedureId as string | undefined) ?? before?.procedure_id ?? '';
  const clock = procedures.overallClock(procedureId);
  const overall = header.clocks?.findLast((change) => change.state.clock === clock)?.state;
  return {
    case_id: event.caseId,
    event_no: event.eventNo,
    area_ids: placed ?? before?.area_ids ?? [],
    procedure_id: procedureId,
    stage: header.to ?? before?.stage ?? '',
    category_id: category ?? before?.category_id ?? NO_CATEGORY,
    overdue: overall ? overall.overdueSince !== undefined && overall.status !== 'stopped' : (before?.overdue ?? false),
  };
};

/** Folds one event into a case's tally. Pure: `stats verify` folds the whole record with the same function. */
export const tally = (before: Counted | undefined, event: FeedEvent, procedures: Procedures, filedAt: string | undefined): Tally => {
  const now = after(before, event, procedures);
  const deltas: Delta[] = [];
  const durations: DurationDelta[] = [];
  if (before) {
    deltas.push(...spread(before, 'standing', NOW_DAY, -1));
    if (before.overdue) deltas.push(...spread(before, 'overdue', NOW_DAY, -1));
  }
  deltas.push(...spread(now, 'standing', NOW_DAY, 1));
  if (now.overdue) deltas.push(...spread(now, 'overdue', NOW_DAY, 1));
  const opening = event.type === 'case.filed' || event.type === 'case.imported';
  const day = instantToLocalDate(opening ? event.occurredAt : event.recordedAt);
  if (opening && !event.header.codes?.dateUnknown) deltas.push(...spread(now, 'filed', day, 1));
  if (opening || (event.header.to !== undefined && event.header.to !== event.header.from)) deltas.push(...spread(now, 'entered', day, 1));
  const ends = event.type === 'case.acted' && event.header.to !== event.header.from && procedures.isEnd(now.procedure_id, now.stage);
  if (ends && filedAt)
    for (const areaId of now.area_ids)
      durations.push({
        areaId,
        procedureId: now.procedure_id,
        categoryId: now.category_id,
        day,
        bucket: durationBucket(filedAt, event.recordedAt),
        n: 1,
      });
  return { counted: now, deltas, durations };
};

export const proceduresOf = ({ procedures }: Pick<Deps, 'procedures'>): Procedures => ({
  isEnd: (procedureId, stage) => procedures.all().some((one) => one.id === procedureId && one.stages[stage]?.end !== undefined),
  overallClock: (procedureId) => procedures.latest(procedureId)?.lights.overall,
});

/** Sums deltas of the same key in memory before they go to the table. */
export const summed = (deltas: readonly Delta[]): Delta[] => {
  const sums = new Map<string, Delta>();
  for (const delta of deltas) {
    const key = `${delta.measure}|${delta.areaId}|${delta.procedureId}|${delta.stage}|${delta.categoryId}|${delta.day}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, n: sum.n + delta.n } : delta);
  }
  return [...sums.values()].filter((delta) => delta.n !== 0);
};

/** Keeps the rollups. An event at or below the number last counted for its case changes nothing: repeating a batch is harmless. */
export const statisticsConsumer = defineConsumer({
  name: 'statistics',
  batch: 2000,
  handle: async (tx, events, deps) => {
    const known = new Map((await findCounted(tx, [...new Set(events.map((event) => event.caseId))])).map((one) => [one.case_id, one]));
    const changed = new Map<string, Counted>();
    const deltas: Delta[] = [];
    const durations: DurationDelta[] = [];
    const procedures = proceduresOf(deps);
    for (const event of events) {
      const before = known.get(event.caseId);
      if (before && event.eventNo <= before.event_no) continue;
      const filedAt = event.header.clocks?.find((change) => change.state.startedAt)?.state.startedAt;
      const folded = tally(before, event, procedures, filedAt);
      known.set(event.caseId, folded.counted);
      changed.set(event.caseId, folded.counted);
      deltas.push(...folded.deltas);
      durations.push(...folded.durations);
    }
    await addCounts(tx, summed(deltas));
    await addDurations(tx, durations);
    await putCounted(tx, [...changed.values()]);
  },
});
