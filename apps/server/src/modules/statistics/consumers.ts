import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { ClockChange } from '@tongxin/domain/case/schema.ts';
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

/** What the fold asks of the definition a case pins: which stages are ends, and which clock the resident waits by. */
export interface Procedures {
  readonly isEnd: (procedureId: string, version: number, stage: string) => boolean;
  readonly overallClock: (procedureId: string, version: number) => string | undefined;
}

const isOpening = (event: FeedEvent): boolean => event.type === 'case.filed' || event.type === 'case.imported';

/**
 * When the time a case takes began: with acceptance, which is when its overall limit first runs; until then, and where it never runs,
 * with the filing. An imported case keeps its original date, or tells none. A reopening begins nothing: it is the same wait.
 */
const beginning = (
  before: Counted | undefined,
  event: FeedEvent,
  overall: ClockChange | undefined,
): Pick<Counted, 'began_at' | 'began_settled'> => {
  if (event.type === 'case.imported') return { began_at: event.header.codes?.dateUnknown ? null : event.occurredAt, began_settled: true };
  if (before?.began_settled) return { began_at: before.began_at, began_settled: true };
  if (overall?.change === 'started') return { began_at: overall.state.startedAt, began_settled: true };
  return { began_at: before?.began_at ?? event.recordedAt, began_settled: false };
};

/**
 * Stage, category, areas and lateness of a case after an event, from what they were before: the header says all that is needed. Late is
 * whose overall limit has run out and still runs; that a body was slow to telephone makes nobody's case overdue.
 */
const after = (before: Counted | undefined, event: FeedEvent, procedures: Procedures): Counted => {
  const { header } = event;
  const placed = header.codes?.areaIds as string[] | undefined;
  const category = (header.assign?.categoryId ?? header.codes?.categoryId) as string | null | undefined;
  const procedureId = (header.codes?.procedureId as string | undefined) ?? before?.procedure_id ?? '';
  const version = (header.codes?.procedureVersion as number | undefined) ?? before?.procedure_version ?? 0;
  const clock = procedures.overallClock(procedureId, version);
  const changes = header.clocks?.filter((change) => change.state.clock === clock) ?? [];
  const overall = changes.at(-1)?.state;
  return {
    case_id: event.caseId,
    event_no: event.eventNo,
    area_ids: placed ?? before?.area_ids ?? [],
    procedure_id: procedureId,
    procedure_version: version,
    stage: header.to ?? before?.stage ?? '',
    category_id: category ?? before?.category_id ?? NO_CATEGORY,
    overdue: overall ? overall.overdueSince !== undefined && overall.status !== 'stopped' : (before?.overdue ?? false),
    ...beginning(
      before,
      event,
      changes.find((change) => change.change === 'started'),
    ),
  };
};

/** When an event ended its case: by an action that leads to an end, or long ago elsewhere, where the file tells when. */
const endedAt = (event: FeedEvent, now: Counted, procedures: Procedures): string | undefined => {
  if (event.header.to === undefined || event.header.to === event.header.from) return undefined;
  if (!procedures.isEnd(now.procedure_id, now.procedure_version, now.stage)) return undefined;
  return event.type === 'case.imported' ? (event.header.codes?.closedAt as string | undefined) : event.recordedAt;
};

/** How long the case took, counted in each of its areas on the day it ended; nothing where beginning or end is not known. */
const took = (event: FeedEvent, now: Counted, procedures: Procedures): DurationDelta[] => {
  const ended = endedAt(event, now, procedures);
  const bucket = ended && now.began_at ? durationBucket(now.began_at, ended) : undefined;
  if (!ended || bucket === undefined) return [];
  return now.area_ids.map((areaId) => ({
    areaId,
    procedureId: now.procedure_id,
    categoryId: now.category_id,
    day: instantToLocalDate(ended),
    bucket,
    n: 1,
  }));
};

/** Folds one event into a case's tally. Pure: `stats verify` folds the whole record with the same function, a test counts it by other ways. */
export const tally = (before: Counted | undefined, event: FeedEvent, procedures: Procedures): Tally => {
  const now = after(before, event, procedures);
  const deltas: Delta[] = [];
  if (before) {
    deltas.push(...spread(before, 'standing', NOW_DAY, -1));
    if (before.overdue) deltas.push(...spread(before, 'overdue', NOW_DAY, -1));
  }
  deltas.push(...spread(now, 'standing', NOW_DAY, 1));
  if (now.overdue) deltas.push(...spread(now, 'overdue', NOW_DAY, 1));
  const opening = isOpening(event);
  const day = instantToLocalDate(opening ? event.occurredAt : event.recordedAt);
  if (opening && !event.header.codes?.dateUnknown) deltas.push(...spread(now, 'filed', day, 1));
  if (opening || (event.header.to !== undefined && event.header.to !== event.header.from)) deltas.push(...spread(now, 'entered', day, 1));
  return { counted: now, deltas, durations: took(event, now, procedures) };
};

/** A version published by another process meanwhile goes by the latest known here: `stats verify` would name what that got wrong. */
export const proceduresOf = ({ procedures }: Pick<Deps, 'procedures'>): Procedures => {
  const of = (id: string, version: number) => procedures.get(id, version) ?? procedures.latest(id);
  return {
    isEnd: (procedureId, version, stage) => of(procedureId, version)?.stages[stage]?.end !== undefined,
    overallClock: (procedureId, version) => of(procedureId, version)?.lights.overall,
  };
};

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
      const folded = tally(before, event, procedures);
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
