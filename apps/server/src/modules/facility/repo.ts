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
  readonly valid_from: string;
  readonly closed_on: string | null;
}

export interface FacilityQuery {
  readonly bounds?: Bounds;
  /** Within this area or any area below it. */
  readonly areaId?: string;
  readonly kind?: string;
  readonly code?: string;
  /** Part of a name or of a code. */
  readonly words?: string;
  /** Also those that were taken out of the register. */
  readonly closed?: boolean;
  /** The last one of the page before. */
  readonly after?: { readonly code: string; readonly id: string };
}

const COLUMNS = sql`facility_id, kind, code, name, area_id, lon, lat, synthetic, valid_from::text as valid_from, valid_to::text as closed_on`;

/** Also one that was taken out: cases name it. */
export const findFacility = async (tx: Tx, facilityId: string): Promise<FacilityRow | undefined> => {
  const { rows } = await sql<FacilityRow>`select ${COLUMNS} from facility where facility_id = ${facilityId}`.execute(tx);
  return rows[0];
};

const containing = (words: string): string => `%${words.replace(/[\\%_]/gu, '\\$&')}%`;

/** As the index on them has it. */
const WORDS = sql`(coalesce(code, '') || ' ' || (name->>'zh') || ' ' || coalesce(name->>'en', ''))`;
const ORDER = sql`order by coalesce(code, ''), facility_id`;

/** Up to so many areas each is read by an index of its own, and one that holds little costs nothing; of more the register is read in its order. */
const FEW = 200;

const areasWithin = async (tx: Tx, areaId: string): Promise<string[]> => {
  const { rows } = await sql<{ area_id: string }>`select area_id from area where path @> array[${areaId}::uuid]`.execute(tx);
  return rows.map((row) => row.area_id);
};

/** Facilities in code order, at most `limit`. */
export const findFacilities = async (tx: Tx, query: FacilityQuery, limit: number): Promise<FacilityRow[]> => {
  const { bounds, areaId, kind, code, words, closed, after } = query;
  const [west, south, east, north] = bounds ?? [];
  const areas = areaId ? await areasWithin(tx, areaId) : undefined;
  const fits = sql`${bounds ? sql`lon between ${west} and ${east} and lat between ${south} and ${north}` : sql`true`}
      and ${kind ? sql`kind = ${kind}` : sql`true`} and ${code ? sql`coalesce(code, '') = ${code}` : sql`true`}
      and ${words === undefined ? sql`true` : sql`${WORDS} ilike ${containing(words)}`}
      and ${closed ? sql`true` : sql`valid_to is null`}
      and ${after ? sql`(coalesce(code, ''), facility_id) > (${after.code}, ${after.id}::uuid)` : sql`true`}`;
  const found =
    areas && areas.length <= FEW
      ? sql`unnest(${areas}::uuid[]) within (id),
          lateral (select * from facility where area_id = within.id and ${fits} ${ORDER} limit ${limit}) one`
      : sql`(select * from facility where ${areas ? sql`area_id = any (${areas}::uuid[])` : sql`true`} and ${fits} ${ORDER} limit ${limit}) one`;
  return (await sql<FacilityRow>`select ${COLUMNS} from ${found} ${ORDER} limit ${limit}`.execute(tx)).rows;
};
