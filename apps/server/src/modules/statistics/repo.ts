import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

/** Measures: cases filed, entries into a stage, cases standing in a stage now, cases overdue now. */
export type Measure = 'filed' | 'entered' | 'standing' | 'overdue';

/** The day under which 'standing' and 'overdue' are kept: they are of now, not of a day. */
export const NOW_DAY = '0001-01-01';

export interface Delta {
  readonly measure: Measure;
  readonly areaId: string;
  readonly procedureId: string;
  readonly stage: string;
  readonly categoryId: string;
  readonly day: string;
  readonly n: number;
}

/** Adds deltas, summed beforehand; ordered by key, so that two writers cannot lock each other out. */
export const addCounts = async (tx: Tx, deltas: readonly Delta[]): Promise<void> => {
  if (deltas.length === 0) return;
  await sql`
    insert into case_count (measure, area_id, procedure_id, stage, category_id, day, n)
    select measure, area_id, procedure_id, stage, category_id, day, sum(n) from unnest(
      ${deltas.map((d) => d.measure)}::text[], ${deltas.map((d) => d.areaId)}::uuid[], ${deltas.map((d) => d.procedureId)}::text[],
      ${deltas.map((d) => d.stage)}::text[], ${deltas.map((d) => d.categoryId)}::text[], ${deltas.map((d) => d.day)}::date[],
      ${deltas.map((d) => d.n)}::bigint[]) as d(measure, area_id, procedure_id, stage, category_id, day, n)
    group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 order by 1, 2, 3, 4, 5, 6
    on conflict (measure, area_id, procedure_id, stage, category_id, day) do update set n = case_count.n + excluded.n`.execute(tx);
};

export interface Counted {
  case_id: string;
  event_no: number;
  area_ids: string[];
  procedure_id: string;
  stage: string;
  category_id: string;
  overdue: boolean;
}

export const findCounted = async (tx: Tx, caseIds: readonly string[]): Promise<Counted[]> => {
  const { rows } = await sql<Counted>`select * from case_counted where case_id = any (${[...caseIds]}::uuid[])`.execute(tx);
  return rows;
};

export const putCounted = async (tx: Tx, counted: readonly Counted[]): Promise<void> => {
  if (counted.length === 0) return;
  await sql`
    insert into case_counted (case_id, event_no, area_ids, procedure_id, stage, category_id, overdue)
    select (d->>'case_id')::uuid, (d->>'event_no')::int, array(select jsonb_array_elements_text(d->'area_ids'))::uuid[], d->>'procedure_id', d->>'stage',
      d->>'category_id', (d->>'overdue')::boolean from jsonb_array_elements(${JSON.stringify(counted)}::jsonb) as d
    on conflict (case_id) do update set event_no = excluded.event_no, area_ids = excluded.area_ids, procedure_id = excluded.procedure_id,
      stage = excluded.stage, category_id = excluded.category_id, overdue = excluded.overdue`.execute(tx);
};

export interface DurationDelta {
  readonly areaId: string;
  readonly procedureId: string;
  readonly categoryId: string;
  readonly day: string;
  readonly bucket: number;
  readonly n: number;
}

export const addDurations = async (tx: Tx, deltas: readonly DurationDelta[]): Promise<void> => {
  if (deltas.length === 0) return;
  await sql`
    insert into duration_count (area_id, procedure_id, category_id, day, bucket, n)
    select area_id, procedure_id, category_id, day, bucket, sum(n) from unnest(
      ${deltas.map((d) => d.areaId)}::uuid[], ${deltas.map((d) => d.procedureId)}::text[], ${deltas.map((d) => d.categoryId)}::text[],
      ${deltas.map((d) => d.day)}::date[], ${deltas.map((d) => d.bucket)}::smallint[], ${deltas.map((d) => d.n)}::bigint[])
      as d(area_id, procedure_id, category_id, day, bucket, n)
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (area_id, procedure_id, category_id, day, bucket) do update set n = duration_count.n + excluded.n`.execute(tx);
};

const GROUP = { stage: 'stage', category: 'category_id', day: 'day', area: 'area_id', procedure: 'procedure_id' } as const;
export type GroupBy = keyof typeof GROUP;

/** Sums of a measure in one area, by one dimension. Row-level security lets areas of the caller's scope through only. */
export const sumCounts = async (
  tx: ScopedTx,
  query: { measure: Measure; areaId: string; by: GroupBy; from?: string; to?: string; procedureId?: string },
): Promise<{ key: string; n: number }[]> => {
  const areas =
    query.by === 'area' ? sql`area_id in (select area_id from area where parent_id = ${query.areaId})` : sql`area_id = ${query.areaId}`;
  const { rows } = await sql<{ key: string; n: string }>`
    select ${sql.ref(GROUP[query.by])}::text as key, sum(n) as n from case_count
    where measure = ${query.measure} and ${areas}
      ${query.from ? sql`and day >= ${query.from}::date` : sql``} ${query.to ? sql`and day <= ${query.to}::date` : sql``}
      ${query.procedureId ? sql`and procedure_id = ${query.procedureId}` : sql``}
    group by 1 having sum(n) <> 0 order by 2 desc, 1 limit 1000`.execute(tx);
  return rows.map((row) => ({ key: row.key, n: Number(row.n) }));
};

/** The cursor first: whoever folds at this moment is waited for, so that nothing of that stays and is counted twice. */
export const clearCounts = async (tx: Tx): Promise<void> => {
  await sql`update feed_cursor set position = 0 where consumer = 'statistics'`.execute(tx);
  await sql`delete from case_count`.execute(tx);
  await sql`delete from case_counted`.execute(tx);
  await sql`delete from duration_count`.execute(tx);
};
