import type { AreaKind, Geometry } from '@tongxin/domain/area/schema.ts';
import type pg from 'pg';

export interface BoundaryRow {
  readonly area_id: string;
  readonly kind: AreaKind;
  readonly path: readonly string[];
  readonly code: string | null;
  readonly geometry: Geometry | null;
}

/** Every area in force with its boundary in force; areas without one still have ancestors. */
export const findBoundaries = async (pool: pg.Pool): Promise<BoundaryRow[]> => {
  const { rows } = await pool.query<BoundaryRow>(
    `select a.area_id, a.kind, a.path, c.code, b.geometry
     from area a
     left join area_boundary b on b.area_id = a.area_id and b.valid_to is null
     left join lateral (select min(code) as code from area_code c where c.area_id = a.area_id and c.valid_to is null) c on true
     where a.valid_to is null
     order by c.code nulls last, a.area_id`,
  );
  return rows;
};
