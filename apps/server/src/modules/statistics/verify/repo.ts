import { sql } from 'kysely';
import type pg from 'pg';
import type { Tx } from '../../../platform/tx/tx.ts';

/** Events by case, up to a consumer's position, through a server-side cursor: any number of them in little memory. */
export async function* readEventsUpTo(client: pg.ClientBase, consumer: string): AsyncGenerator<{ header: string }> {
  await client.query({
    text: `declare record_up_to no scroll cursor for
      select e.header from events e join feed f on f.case_id = e.case_id and f.event_no = e.event_no
      where f.position <= coalesce((select position from feed_cursor where consumer = '${consumer.replaceAll("'", '')}'), 0) order by e.case_id, e.event_no`,
  });
  for (;;) {
    const { rows } = await client.query<{ header: string }>('fetch 5000 from record_up_to');
    if (rows.length === 0) break;
    yield* rows;
  }
  await client.query('close record_up_to');
}

export const readCountsAt = async (tx: Tx): Promise<Map<string, number>> => {
  const { rows } = await sql<{ key: string; n: string }>`
    select concat_ws('|', measure, area_id, procedure_id, stage, category_id, to_char(day, 'YYYY-MM-DD')) as key, n from case_count where n <> 0`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.key, Number(row.n)]));
};
