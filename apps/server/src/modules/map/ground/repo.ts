import { sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../platform/tx/tx.ts';

/** The box around every area on the map; null where none is drawn. */
export const sendWhole = (client: pg.PoolClient): Promise<pg.QueryResult<{ bbox: readonly number[] | null }>> =>
  send(
    client,
    sql<{ bbox: number[] | null }>`
      select case when count(*) > 0 then array[min(bbox[1]), min(bbox[2]), max(bbox[3]), max(bbox[4])] end as bbox
      from area_boundary b join area a using (area_id) where b.valid_to is null and a.valid_to is null and a.parent_id is null`,
  );
