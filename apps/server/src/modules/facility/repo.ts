import type { Bounds } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/tx/tx.ts';

export interface FacilityRow {
  readonly facility_id: string;
  readonly kind: string;
  readonly code: string | null;
  readonly name: Label;
  readonly area_id: string;
  readonly lon: number;
  readonly lat: number;
  readonly synthetic: boolean;
}

export interface FacilityQuery {
  readonly bounds?: Bounds;
  /** Within this area or any area below it. */
  readonly areaId?: string;
  readonly kind?: string;
  readonly code?: string;
}

export const findFacility = async (tx: Tx, facilityId: string): Promise<FacilityRow | undefined> => {
  const { rows } = await sql<FacilityRow>`
    select facility_id, kind, code, name, area_id, lon, lat, synthetic from facility where facility_id = ${facilityId}`.execute(tx);
  return rows[0];
};

/** Facilities in code order, at most `limit`. */
export const findFacilities = async (tx: Tx, { bounds, areaId, kind, code }: FacilityQuery, limit: number): Promise<FacilityRow[]> => {
  const [west, south, east, north] = bounds ?? [];
  const { rows } = await sql<FacilityRow>`
    select facility_id, kind, code, name, area_id, lon, lat, synthetic from facility f
    where ${bounds ? sql`lon between ${west} and ${east} and lat between ${south} and ${north}` : sql`true`}
      and ${areaId ? sql`area_id in (select area_id from area where path @> array[${areaId}::uuid])` : sql`true`}
      and ${kind ? sql`kind = ${kind}` : sql`true`} and ${code ? sql`code = ${code}` : sql`true`}
    order by code, facility_id limit ${limit}`.execute(tx);
  return rows;
};
