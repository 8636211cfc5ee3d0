import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../platform/tx/tx.ts';
import type { Keys } from '../cases/repo.ts';

export interface FacilityPoint {
  readonly facility_id: string;
  readonly kind: string;
  readonly code: string | null;
  readonly name: Label;
  readonly lon: number;
  readonly lat: number;
}

/** Facilities of a range of places, at most so many. */
export const sendFacilities = (client: pg.PoolClient, [from, to]: Keys, most: number): Promise<pg.QueryResult<FacilityPoint>> =>
  send(
    client,
    sql<FacilityPoint>`select facility_id, kind, code, name, lon, lat from facility
      where place_key >= ${from}::bigint and place_key < ${to}::bigint and valid_to is null limit ${most}`,
  );

/** The same gathered by cell: the place's number without its last bits. */
export const sendFacilityCells = (
  client: pg.PoolClient,
  [from, to]: Keys,
  bits: number,
): Promise<pg.QueryResult<{ n: number; lon: number; lat: number }>> =>
  send(
    client,
    sql<{ n: number; lon: number; lat: number }>`select count(*)::int as n, avg(lon) as lon, avg(lat) as lat from facility
      where place_key >= ${from}::bigint and place_key < ${to}::bigint and valid_to is null group by place_key >> ${bits}::int`,
  );
