import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';
import type { ChangeRow } from '../rezoning/placing/repo.ts';

/** What decisions made of an area, the latest first. */
export const findHistory = async (tx: Tx, areaId: string): Promise<(ChangeRow & { rezoning_id: string })[]> => {
  const { rows } = await sql<ChangeRow & { rezoning_id: string }>`
    select c.rezoning_id, c.area_id as "areaId", a.path, null as "fromPath", c.before, c.after, c.into_ids as "into", c.from_ids as "from"
    from area_change c join area a using (area_id) join area_rezoning r using (rezoning_id)
    where c.area_id = ${areaId} order by r.serial desc limit 200`.execute(tx);
  return rows;
};

export const findCodes = async (tx: Tx, areaId: string): Promise<{ code: string; from: string; to: string | null }[]> => {
  const { rows } = await sql<{ code: string; from: string; to: string | null }>`
    select code, valid_from::text as "from", valid_to::text as "to" from area_code where area_id = ${areaId} order by valid_from desc, valid_to desc nulls first, code`.execute(
    tx,
  );
  return rows;
};
