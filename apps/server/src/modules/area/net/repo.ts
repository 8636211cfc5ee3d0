import type { NetArea } from '@tongxin/domain/area/rezoning/schema.ts';
import type { AreaKind, Geometry } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

export interface NetRow {
  readonly area_id: string;
  readonly kind: AreaKind;
  readonly parent_id: string | null;
  readonly path: readonly string[];
  readonly name: Label;
  readonly synthetic: boolean;
  readonly code: string | null;
  readonly scheme: string | null;
  readonly geometry: Geometry | null;
  readonly retired: boolean;
}

const ROWS = sql`
  select a.area_id, a.kind, a.parent_id, a.path, a.name, a.synthetic, c.code, c.scheme, b.geometry, a.valid_to is not null as retired
  from area a
  left join lateral (select code, scheme from area_code c where c.area_id = a.area_id and c.valid_to is null order by scheme desc, code limit 1) c on true
  left join area_boundary b on b.area_id = a.area_id and b.valid_to is null`;

export const findNetVersion = async (tx: Tx): Promise<number> => {
  const { rows } = await sql<{ version: number }>`select net_version() as version`.execute(tx);
  return rows[0]!.version;
};

/** Areas in force below an area, itself and what it belongs to among them: from the top, in code order. */
export const findNet = async (tx: Tx, rootId: string): Promise<NetRow[]> => {
  const { rows } = await sql<NetRow>`${ROWS}
    where a.valid_to is null and (a.path @> array[${rootId}::uuid] or a.area_id = any ((select path from area where area_id = ${rootId})::uuid[]))
    order by cardinality(a.path), c.code nulls last, a.area_id`.execute(tx);
  return rows;
};

/** Areas by id, also those that have gone. */
export const findKnown = async (tx: Tx, areaIds: readonly string[]): Promise<NetRow[]> => {
  const { rows } = await sql<NetRow>`${ROWS} where a.area_id = any (${[...areaIds]}::uuid[])`.execute(tx);
  return rows;
};

export const netAreaOf = (row: NetRow): NetArea => ({
  areaId: row.area_id,
  kind: row.kind,
  ...(row.parent_id ? { parentId: row.parent_id } : {}),
  path: row.path,
  name: row.name,
  ...(row.code ? { code: row.code } : {}),
  ...(row.geometry ? { geometry: row.geometry } : {}),
});
