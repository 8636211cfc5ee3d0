import type { AreaKind, Bounds, Geometry } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../platform/tx/tx.ts';

export interface DrawnArea {
  readonly area_id: string;
  readonly kind: AreaKind;
  readonly name: Label;
  readonly geometry: Geometry;
}

/** Areas in force of some kinds whose boundary in force reaches into a box, the largest kind first. */
export const sendAreasIn = (
  client: pg.PoolClient,
  [west, south, east, north]: Bounds,
  kinds: readonly AreaKind[],
): Promise<pg.QueryResult<DrawnArea>> =>
  send(
    client,
    sql<DrawnArea>`
      select a.area_id, a.kind, a.name, b.geometry from area_boundary b join area a using (area_id)
      where b.valid_to is null and a.valid_to is null and a.kind = any (${[...kinds]}::text[])
        and b.bbox[1] <= ${east} and b.bbox[3] >= ${west} and b.bbox[2] <= ${north} and b.bbox[4] >= ${south}
      order by cardinality(a.path), a.area_id`,
  );
