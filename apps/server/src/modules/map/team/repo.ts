import type { Bounds, Geometry } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../platform/tx/tx.ts';

export interface PlacedBody {
  readonly area_id: string;
  readonly geometry: Geometry;
  readonly kind: string;
  readonly name: Label;
  /** Posts of it on duty by the roster now: how many, never who or where. */
  readonly on_duty: number;
}

/** Bodies in force of some kinds whose area reaches into a box. They have no address of their own here: they stand where their area is. */
export const sendBodiesIn = (
  client: pg.PoolClient,
  [west, south, east, north]: Bounds,
  kinds: readonly string[],
  at: string,
): Promise<pg.QueryResult<PlacedBody>> =>
  send(
    client,
    sql<PlacedBody>`
      select o.area_id, b.geometry, o.kind, o.name,
        (select count(distinct s.post_id)::int from roster_shift s
          where s.organization_id = o.organization_id and s.starts_at <= ${at}::timestamptz and s.ends_at > ${at}::timestamptz) as on_duty
      from organization o join area_boundary b on b.area_id = o.area_id and b.valid_to is null
      where o.valid_to is null and o.kind = any (${[...kinds]}::text[])
        and b.bbox[1] <= ${east} and b.bbox[3] >= ${west} and b.bbox[2] <= ${north} and b.bbox[4] >= ${south}
      order by o.area_id, o.kind, o.organization_id`,
  );
