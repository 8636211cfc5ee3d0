import type { AreaKind, Geometry, Setting } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/tx/tx.ts';

export interface AreaRow {
  readonly area_id: string;
  readonly kind: AreaKind;
  readonly parent_id: string | null;
  readonly path: readonly string[];
  readonly name: Label;
  readonly setting: Setting | null;
  readonly households: number | null;
  readonly synthetic: boolean;
  readonly code: string | null;
  readonly scheme: 'NBS2023' | 'MCA' | 'local' | null;
}

const IN_FORCE = sql`
  select a.area_id, a.kind, a.parent_id, a.path, a.name, a.setting, a.households, a.synthetic, c.code, c.scheme
  from area a left join lateral (
    select code, scheme from area_code c where c.area_id = a.area_id and c.valid_to is null order by scheme desc, code limit 1) c on true
  where a.valid_to is null`;

/** Areas directly below another, in code order; the top ones without a parent. */
export const listAreas = async (tx: Tx, parentId: string | undefined): Promise<AreaRow[]> => {
  const below = parentId ? sql`and a.parent_id = ${parentId}` : sql`and a.parent_id is null`;
  const { rows } = await sql<AreaRow>`${IN_FORCE} ${below} order by c.code nulls last, a.area_id`.execute(tx);
  return rows;
};

/** Areas by id, those from the top first. */
export const findAreas = async (tx: Tx, areaIds: readonly string[]): Promise<AreaRow[]> => {
  const { rows } =
    await sql<AreaRow>`${IN_FORCE} and a.area_id = any (${[...areaIds]}::uuid[]) order by cardinality(a.path), c.code`.execute(tx);
  return rows;
};

export const findBoundary = async (tx: Tx, areaId: string): Promise<Geometry | undefined> => {
  const { rows } = await sql<{ geometry: Geometry }>`
    select geometry from area_boundary where area_id = ${areaId} and valid_to is null`.execute(tx);
  return rows[0]?.geometry;
};

/** The first area of an installation; everything else lies in it. Maintenance role. */
export const foundArea = async (
  tx: Tx,
  {
    areaId,
    kind,
    code,
    name,
    from,
  }: { readonly areaId: string; readonly kind: string; readonly code: string; readonly name: Label; readonly from: Date },
): Promise<void> => {
  await sql`insert into area (area_id, kind, path, name, valid_from)
    values (${areaId}, ${kind}, ${[areaId]}::uuid[], ${JSON.stringify(name)}, ${from}::timestamptz::date)`.execute(tx);
  await sql`insert into area_code (code, scheme, area_id, valid_from) values (${code}, 'local', ${areaId}, ${from}::timestamptz::date)`.execute(
    tx,
  );
};
