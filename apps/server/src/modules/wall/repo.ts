import type { Geometry } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { FlowStep, Rating, WallView } from '@tongxin/domain/wall/view.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export type Step = FlowStep | Rating;
type WallLight = keyof WallView['lights'];

export interface FlowRow {
  readonly areaId: string;
  readonly day: string;
  readonly hour: number;
  readonly step: Step;
}

/** Adds one to each row, grids left out: a wall shows nothing smaller than a community. */
export const addFlow = async (tx: Tx, rows: readonly FlowRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    insert into wall_flow (area_id, day, hour, step, n)
    select f.area_id, f.day, f.hour, f.step, count(*) from unnest(${rows.map((row) => row.areaId)}::uuid[], ${rows.map((row) => row.day)}::date[],
        ${rows.map((row) => row.hour)}::smallint[], ${rows.map((row) => row.step)}::text[]) as f(area_id, day, hour, step)
      join area a on a.area_id = f.area_id and a.kind not in ('grid', 'dedicatedGrid')
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (area_id, day, hour, step) do update set n = wall_flow.n + excluded.n`.execute(tx);
};

export const forgetFlow = async (tx: Tx, before: string): Promise<void> => {
  await sql`delete from wall_flow where day < ${before}::date`.execute(tx);
};

export interface CaseNow {
  readonly case_id: string;
  readonly area_ids: string[];
  readonly procedure_id: string;
  readonly procedure_version: number;
  readonly state: import('@tongxin/domain/case/schema.ts').CaseState;
  readonly organization_id: string | null;
  readonly since: Date;
  readonly ended: boolean;
}

/** Cases as they stand, by id. */
export const findCasesNow = async (tx: Tx, caseIds: readonly string[]): Promise<CaseNow[]> => {
  const { rows } = await sql<CaseNow>`
    select case_id, array_remove(array[city_id, district_id, town_id, community_id, grid_id], null) as area_ids, procedure_id, procedure_version, state,
      coalesce(lead_organization_id, receiving_organization_id) as organization_id, coalesce(reported_at, created_at) as since,
      ended_at is not null as ended
    from cases where case_id = any (${[...caseIds]}::uuid[])`.execute(tx);
  return rows;
};

export interface OpenCase {
  readonly caseId: string;
  readonly areaIds: readonly string[];
  readonly light: WallLight;
  readonly organizationId: string | null;
  readonly since: string;
}

export const putOpen = async (tx: Tx, cases: readonly OpenCase[]): Promise<void> => {
  if (cases.length === 0) return;
  await sql`
    insert into wall_open (case_id, area_ids, light, organization_id, since)
    select (c->>'caseId')::uuid, array(select jsonb_array_elements_text(c->'areaIds'))::uuid[], c->>'light', (c->>'organizationId')::uuid,
      (c->>'since')::timestamptz from jsonb_array_elements(${JSON.stringify(cases)}::jsonb) as c order by 1
    on conflict (case_id) do update set area_ids = excluded.area_ids, light = excluded.light, organization_id = excluded.organization_id,
      since = excluded.since
    where (wall_open.area_ids, wall_open.light, wall_open.organization_id, wall_open.since)
      is distinct from (excluded.area_ids, excluded.light, excluded.organization_id, excluded.since)`.execute(tx);
};

export const dropOpen = async (tx: Tx, caseIds: readonly string[]): Promise<void> => {
  if (caseIds.length > 0) await sql`delete from wall_open where case_id = any (${[...caseIds]}::uuid[])`.execute(tx);
};

export const readFlow = async (tx: ScopedTx, areaId: string, from: string) =>
  (
    await sql<{ day: string; hour: number; step: Step; n: number }>`
      select day, hour, step, n from wall_flow_of(${areaId}, ${from}::date)`.execute(tx)
  ).rows;

export const readFiled = async (tx: ScopedTx, areaId: string, from: string) =>
  (
    await sql<{ day: string; category_id: string; n: string }>`
      select day, category_id, n from wall_filed_of(${areaId}, ${from}::date)`.execute(tx)
  ).rows.map((row) => ({ day: row.day, categoryId: row.category_id, n: Number(row.n) }));

export const readOpen = async (tx: ScopedTx, areaId: string) =>
  (
    await sql<{ light: WallLight; organization_id: string | null; n: number; oldest: Date }>`
      select light, organization_id, n, oldest from wall_open_of(${areaId})`.execute(tx)
  ).rows;

export const readPlaces = async (tx: ScopedTx, areaId: string) =>
  (
    await sql<{ area_id: string; name: Label; n: number; overdue: number }>`
      select p.area_id, a.name, p.n, p.overdue from wall_places_of(${areaId}) p join area a using (area_id)
        left join lateral (select code from area_code c where c.area_id = a.area_id and c.valid_to is null order by scheme desc, code limit 1) c on true
      order by c.code nulls last, p.area_id`.execute(tx)
  ).rows;

/** Boundaries in force of the areas directly below. */
export const readShapes = async (tx: ScopedTx, areaId: string) =>
  (
    await sql<{ area_id: string; name: Label; geometry: Geometry }>`
      select a.area_id, a.name, b.geometry from area a join area_boundary b on b.area_id = a.area_id and b.valid_to is null
      where a.parent_id = ${areaId} and a.valid_to is null and a.kind <> 'dedicatedGrid' order by a.area_id`.execute(tx)
  ).rows;
