import type { AreaKind } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../platform/tx/tx.ts';
import { filterValues, type MapFilter } from '../cases/repo.ts';

export interface CountedRow {
  /** Null: in none of the areas of that level. */
  readonly area_id: string | null;
  readonly n: number;
  readonly late: number;
}

export type Level = Exclude<AreaKind, 'dedicatedGrid'>;

/** Counts within an area by the areas of a level below it. */
export const sendCounts = (
  client: pg.PoolClient,
  within: { readonly level: AreaKind; readonly areaId: string },
  by: Level,
  filter: MapFilter,
): Promise<pg.QueryResult<CountedRow>> =>
  send(
    client,
    sql<CountedRow>`select area_id, n, late from map_counts(${within.level}::text, ${within.areaId}::uuid, ${by}::text, ${filterValues(filter)})`,
  );

export interface PlacedArea {
  readonly area_id: string;
  readonly kind: AreaKind;
  readonly name: Label;
  readonly bbox: readonly number[] | null;
}

const PLACED = sql`select a.area_id, a.kind, a.name, b.bbox from area a
  left join area_boundary b on b.area_id = a.area_id and b.valid_to is null
  left join lateral (select min(code) as code from area_code c where c.area_id = a.area_id and c.valid_to is null) c on true
  where a.valid_to is null`;

/** An area, its ancestors and what lies directly below it, with their boxes: from the top, then by code. */
export const sendAround = (
  client: pg.PoolClient,
  areaId: string,
): Promise<pg.QueryResult<PlacedArea & { readonly parent_id: string | null }>> =>
  send(
    client,
    sql<PlacedArea & { parent_id: string | null }>`
      select x.*, y.parent_id from (${PLACED} and (a.parent_id = ${areaId}::uuid
        or a.area_id in (select unnest(path) from area where area_id = ${areaId}::uuid))) x join area y using (area_id)
      order by cardinality(y.path), (select min(code) from area_code c where c.area_id = x.area_id and c.valid_to is null), x.area_id`,
  );

/** Areas whose name holds the words, the larger first; at most so many. */
export const sendNamed = (
  client: pg.PoolClient,
  words: string,
  most: number,
): Promise<pg.QueryResult<PlacedArea & { readonly path: string[] }>> =>
  send(
    client,
    sql<PlacedArea & { path: string[] }>`
      select x.*, y.path from (${PLACED} and (position(lower(${words}) in lower(a.name->>'zh')) > 0 or position(lower(${words}) in lower(a.name->>'en')) > 0)) x
      join area y using (area_id) order by cardinality(y.path), char_length(y.name->>'zh'), x.area_id limit ${most}`,
  );
