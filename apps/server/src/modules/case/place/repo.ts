import type { Bounds } from '@tongxin/domain/area/schema.ts';
import type { Point } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Place } from '../../../platform/deps.ts';
import type { Tx } from '../../../platform/tx/tx.ts';
import type { CaseRecord } from '../repo.ts';

/** What placing a case anew needs to know of it. */
export type Placed = Pick<
  CaseRecord,
  'case_id' | 'number' | 'title' | 'lon' | 'lat' | 'city_id' | 'district_id' | 'town_id' | 'community_id' | 'grid_id' | 'overlay_ids'
>;
export type PlacedRow = Placed & Pick<CaseRecord, 'state' | 'event_count' | 'head_hash' | 'ended_at'>;

export interface Around {
  /** Looked through: what stands in this area, and what stands nowhere at its level. */
  readonly root: { readonly column: 'city_id' | 'district_id' | 'town_id'; readonly areaId: string };
  readonly areaIds: readonly string[];
  readonly bounds: Bounds | undefined;
  readonly after?: string | undefined;
}

const ROOTS = { city_id: sql`city_id`, district_id: sql`district_id`, town_id: sql`town_id` } as const;

/** Open cases that a change of these areas may concern: they stand in one of them, or their point lies within the bounds. In the order of ids. */
export const findCandidates = async (tx: Tx, { root, areaIds, bounds, after }: Around, limit: number): Promise<Placed[]> => {
  const column = ROOTS[root.column];
  const ids = sql`${[...areaIds]}::uuid[]`;
  const [west, south, east, north] = bounds ?? [];
  const { rows } = await sql<Placed>`
    select case_id, number, title, lon, lat, city_id, district_id, town_id, community_id, grid_id, overlay_ids from cases
    where ended_at is null and (${column} = ${root.areaId} or ${column} is null) and ${after ? sql`case_id > ${after}` : sql`true`}
      and (grid_id = any (${ids}) or community_id = any (${ids}) or town_id = any (${ids}) or district_id = any (${ids}) or overlay_ids && ${ids}
        or ${bounds ? sql`(lon between ${west} and ${east} and lat between ${south} and ${north})` : sql`false`})
    order by case_id limit ${limit}`.execute(tx);
  return rows;
};

/** Locks open cases in the order of their ids, as every batch does. */
export const lockForPlacing = async (tx: Tx, caseIds: readonly string[]): Promise<PlacedRow[]> => {
  const { rows } = await sql<PlacedRow>`
    select case_id, number, title, lon, lat, city_id, district_id, town_id, community_id, grid_id, overlay_ids, state, event_count, head_hash, ended_at
    from cases where case_id = any (${[...caseIds]}::uuid[]) and ended_at is null order by case_id for update`.execute(tx);
  return rows;
};

/** Where one locked case stands, and its point where that is said, beside what its events write. */
export const sendPlace = (client: pg.PoolClient, caseId: string, place: Place, point?: Point): Promise<pg.QueryResult> =>
  client.query({
    name: 'place-case',
    text: `update cases set city_id = $2, district_id = $3, town_id = $4, community_id = $5, grid_id = $6, overlay_ids = $7,
      lon = coalesce($8, lon), lat = coalesce($9, lat) where case_id = $1`,
    values: [
      caseId,
      place.cityId ?? null,
      place.districtId ?? null,
      place.townId ?? null,
      place.communityId ?? null,
      place.gridId ?? null,
      [...place.overlayIds],
      point?.lon ?? null,
      point?.lat ?? null,
    ],
  });

export interface Placing {
  readonly caseId: string;
  readonly place: Place;
  readonly state: CaseRecord['state'];
  readonly hash: Buffer;
}

/**
 * Where many locked cases stand now, with their new heads, in one statement. `updated_at` stays: nobody worked on them, and ten thousand of
 * them must not push today's work down every list.
 */
export const updatePlaces = async (client: pg.PoolClient, placings: readonly Placing[]): Promise<void> => {
  const column = <T>(read: (placing: Placing) => T): T[] => placings.map(read);
  await client.query({
    name: 'place-cases',
    text: `update cases c set version = x.version, event_count = x.version, state = x.state, head_hash = x.hash, city_id = x.city, district_id = x.district,
        town_id = x.town, community_id = x.community, grid_id = x.grid, overlay_ids = x.overlays::uuid[]
      from unnest($1::uuid[], $2::int[], $3::jsonb[], $4::bytea[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::text[])
        as x(case_id, version, state, hash, city, district, town, community, grid, overlays) where c.case_id = x.case_id`,
    values: [
      column((p) => p.caseId),
      column((p) => p.state.version),
      column((p) => JSON.stringify(p.state)),
      column((p) => p.hash),
      column((p) => p.place.cityId ?? null),
      column((p) => p.place.districtId ?? null),
      column((p) => p.place.townId ?? null),
      column((p) => p.place.communityId ?? null),
      column((p) => p.place.gridId ?? null),
      column((p) => `{${p.place.overlayIds.join(',')}}`),
    ],
  });
};
