import { sql } from 'kysely';
import type pg from 'pg';
import type { Tx } from '../../../platform/tx/tx.ts';
import type { Delta, DurationDelta } from '../repo.ts';

/** How an event of the record stands to a consumer: behind its cursor, still before it, or where no consumer will ever come by. */
export type Standing = 'counted' | 'uncounted' | 'lost';

/** All events by case, through a server-side cursor: any number of them in little memory. */
export async function* readEvents(client: pg.ClientBase, consumer: string): AsyncGenerator<{ header: string; standing: Standing }> {
  const cursor = await client.query<{ position: string }>('select position from feed_cursor where consumer = $1', [consumer]);
  await client.query(
    `declare record no scroll cursor for
      select e.header, case when f.position <= ${Number(cursor.rows[0]?.position ?? 0)} then 'counted'
        when f.position is not null or exists (select 1 from feed_pending p where p.case_id = e.case_id and p.event_no = e.event_no) then 'uncounted'
        else 'lost' end as standing
      from events e left join feed f on f.case_id = e.case_id and f.event_no = e.event_no
      -- What is confided is in no figure.
      where not exists (select 1 from cases k where k.case_id = e.case_id and k.confided) order by e.case_id, e.event_no`,
  );
  for (;;) {
    const { rows } = await client.query<{ header: string; standing: Standing }>('fetch 5000 from record');
    if (rows.length === 0) break;
    yield* rows;
  }
  await client.query('close record');
}

export const countKey = ({ measure, areaId, procedureId, stage, categoryId, day }: Omit<Delta, 'n'>): string =>
  [measure, areaId, procedureId, stage, categoryId, day].join('|');

export const durationKey = ({ areaId, procedureId, categoryId, day, bucket }: Omit<DurationDelta, 'n'>): string =>
  ['duration', areaId, procedureId, categoryId, day, bucket].join('|');

/** Nobody throws the figures away between the first look and the last: whoever would, waits. */
export const holdFigures = async (tx: Tx): Promise<void> => {
  await sql`lock table case_count, duration_count in access share mode`.execute(tx);
};

/** Every figure that is not zero, by its key. */
export const readFigures = async (tx: Tx): Promise<Map<string, number>> => {
  const { rows } = await sql<{ key: string; n: string }>`
    select concat_ws('|', measure, area_id, procedure_id, stage, category_id, to_char(day, 'YYYY-MM-DD')) as key, n from case_count where n <> 0
    union all
    select concat_ws('|', 'duration', area_id, procedure_id, category_id, to_char(day, 'YYYY-MM-DD'), bucket), n from duration_count where n <> 0`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.key, Number(row.n)]));
};
