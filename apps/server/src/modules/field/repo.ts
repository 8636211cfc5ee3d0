import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface FieldArea {
  readonly area_id: string;
  readonly name: Label;
  readonly path: string[];
}

/** An area itself and the grids within it, the area first. */
export const findGrids = async (tx: ScopedTx, areaId: string, limit: number): Promise<FieldArea[]> => {
  const { rows } = await sql<FieldArea>`
    select area_id, name, path from area where path @> array[${areaId}::uuid] and (area_id = ${areaId} or kind in ('grid', 'dedicatedGrid'))
      and (valid_to is null or valid_to > today()) order by area_id <> ${areaId}, name->>'zh', area_id limit ${limit}`.execute(tx);
  return rows;
};

/** Where cases stand that the caller sees. */
export const findPoints = async (tx: ScopedTx, caseIds: readonly string[]): Promise<Map<string, { lon: number; lat: number }>> => {
  if (caseIds.length === 0) return new Map();
  const { rows } = await sql<{ case_id: string; lon: number; lat: number }>`
    select case_id, lon, lat from cases where case_id = any (${[...caseIds]}::uuid[]) and lon is not null`.execute(tx);
  return new Map(rows.map(({ case_id, lon, lat }) => [case_id, { lon, lat }]));
};
