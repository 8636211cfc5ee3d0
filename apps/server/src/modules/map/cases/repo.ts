import { sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../platform/tx/tx.ts';

/** What of the cases is looked at: what has not ended, or all that was filed from one day to another. */
export interface MapFilter {
  readonly open: boolean;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly stage?: string | undefined;
  readonly light?: string | undefined;
  readonly categoryId?: string | undefined;
}

export interface CellRow {
  readonly n: number;
  /** Of these, with a red light. */
  readonly late: number;
  readonly lon: number;
  readonly lat: number;
}

export interface PointRow {
  readonly case_id: string;
  readonly number: string;
  readonly stage: string;
  readonly light: string;
  readonly category_id: string | null;
  readonly lon: number;
  readonly lat: number;
}

export type Keys = readonly [from: number, to: number];

/** The filter as the functions of migration …-map-index-places take it. */
export const filterValues = ({ open, from, to, stage, light, categoryId }: MapFilter) =>
  sql`${open}::boolean, ${from ?? null}::date, ${to ?? null}::date, ${stage ?? null}::text, ${light ?? null}::text, ${categoryId ?? null}::text`;

/** Counts by cell of a range of places; a cell is the place's number without its last bits. */
export const sendCells = (client: pg.PoolClient, [from, to]: Keys, bits: number, filter: MapFilter): Promise<pg.QueryResult<CellRow>> =>
  send(
    client,
    sql<CellRow>`select n, late, lon, lat from map_cells(${from}::bigint, ${to}::bigint, ${bits}::int, ${filterValues(filter)})`,
  );

/** The cases of a range of places themselves, at most so many, in no order. */
export const sendPoints = (client: pg.PoolClient, [from, to]: Keys, most: number, filter: MapFilter): Promise<pg.QueryResult<PointRow>> =>
  send(
    client,
    sql<PointRow>`select case_id, number, stage, light, category_id, lon, lat
      from map_points(${from}::bigint, ${to}::bigint, ${most}::int, ${filterValues(filter)})`,
  );
