import type { AreaChange, DependantView, Move, NetArea } from '@tongxin/domain/area/rezoning/schema.ts';
import { boundsOf } from '@tongxin/domain/area/rules.ts';
import type { Bounds } from '@tongxin/domain/area/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

/** One re-zoning at a time: the net is read, judged and written under this lock, until the transaction ends. */
export const holdNet = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('tongxin.areas', 0))`.execute(tx);
};

/** Whose codes these are, or were. */
export const findCodeOwners = async (tx: Tx, codes: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await sql<{ code: string; area_id: string }>`
    select code, area_id from area_code where code = any (${[...codes]}) and valid_to is not null
    union all select c.code, c.area_id from area_code c where c.code = any (${[...codes]}) and c.valid_to is null`.execute(tx);
  return new Map(rows.map((row) => [row.code, row.area_id]));
};

export const findUsedIds = async (tx: Tx, areaIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{ area_id: string }>`select area_id from area where area_id = any (${[...areaIds]}::uuid[])`.execute(tx);
  return new Set(rows.map((row) => row.area_id));
};

export interface DependantRow {
  readonly what: DependantView['what'];
  readonly id: string;
  readonly label: Label;
  readonly area_id: string;
  /** Of a version of a procedure: which, and from which day it will hold, where that has not begun. */
  readonly version: string | null;
  readonly begins: string | null;
}

/** What stands at areas: posts, bodies and lists in force, webhooks, and the versions of procedures that hold there on `day` or will. */
export const findDependants = async (tx: Tx, areaIds: readonly string[], day: string): Promise<DependantRow[]> => {
  const ids = sql`${[...areaIds]}::uuid[]`;
  const { rows } = await sql<DependantRow>`
    select 'post' as what, post_id::text as id, title as label, area_id, null as version, null as begins from post where area_id = any (${ids}) and valid_to is null
    union all select 'organization', organization_id::text, name, area_id, null, null from organization where area_id = any (${ids}) and valid_to is null
    union all select 'dutyList', duty_list_id::text, title, area_id, null, null from duty_list where area_id = any (${ids}) and valid_to is null
    union all select 'procedure', u.use_id::text, coalesce(v.definition->'label', jsonb_build_object('zh', u.procedure_id)), u.area_id,
        concat(u.procedure_id, '/', u.version), case when u.valid_from > ${day}::date then u.valid_from::text end
      from procedure_use u join procedure_version v using (procedure_id, version) where u.area_id = any (${ids}) and (u.valid_from > ${day}::date
        or u.use_id = (select k.use_id from procedure_use k where k.area_id = u.area_id and k.procedure_id = u.procedure_id
          and k.valid_from <= ${day}::date order by k.valid_from desc, k.set_at desc, k.use_id desc limit 1))
    union all select 'webhook', webhook_id::text, jsonb_build_object('zh', host), area_id, null, null from webhooks_at(${ids})
    order by 1, 2`.execute(tx);
  return rows;
};

export interface FacilityRow {
  readonly facility_id: string;
  readonly name: Label;
  readonly area_id: string;
  readonly lon: number;
  readonly lat: number;
}
export const findFacilitiesAround = async (tx: Tx, areaIds: readonly string[], bounds: Bounds | undefined): Promise<FacilityRow[]> => {
  const [west, south, east, north] = bounds ?? [];
  const { rows } = await sql<FacilityRow>`
    select facility_id, name, area_id, lon, lat from facility where valid_to is null and (area_id = any (${[...areaIds]}::uuid[])
      or ${bounds ? sql`(lon between ${west} and ${east} and lat between ${south} and ${north})` : sql`false`}) order by code, facility_id`.execute(
    tx,
  );
  return rows;
};

export interface FieldRow {
  readonly what: 'premises' | 'visit' | 'patrol';
  readonly id: string;
  readonly area_id: string;
  readonly lon: number | null;
  readonly lat: number | null;
}
/** Premises, and visits and checklists under way, at areas or within a box: of those areas that the caller manages. */
export const findFieldAround = async (tx: Tx, areaIds: readonly string[], bounds: Bounds | undefined): Promise<FieldRow[]> => {
  const { rows } = await sql<FieldRow>`
    select * from field_records_around(${[...areaIds]}::uuid[], ${bounds ? [...bounds] : null}::float8[])`.execute(tx);
  return rows;
};

const kept = (area: NetArea | undefined): string | null =>
  area ? JSON.stringify({ kind: area.kind, parentId: area.parentId, name: area.name, code: area.code, geometry: area.geometry }) : null;

const created = async (tx: Tx, areas: readonly NetArea[], day: string): Promise<void> => {
  for (const area of [...areas].sort((a, b) => a.path.length - b.path.length))
    await sql`insert into area (area_id, kind, parent_id, path, name, valid_from)
      values (${area.areaId}, ${area.kind}, ${area.parentId ?? null}, ${[...area.path]}::uuid[], ${JSON.stringify(area.name)}::jsonb, ${day})`.execute(
      tx,
    );
};

/** Ends the codes that these areas had, and begins those they have. Codes of another scheme go on, unless the area itself goes. */
const codes = async (tx: Tx, changes: readonly AreaChange[], day: string): Promise<void> => {
  const gone = changes.flatMap(({ areaId, after }) => (after ? [] : [areaId]));
  const old = changes.flatMap(({ before }) => before?.code ?? []);
  await sql`update area_code set valid_to = ${day} where valid_to is null and (area_id = any (${gone}::uuid[]) or code = any (${old}))`.execute(
    tx,
  );
  const coded = changes.flatMap(({ after }) => (after?.code ? [after] : []));
  await sql`insert into area_code (code, scheme, area_id, valid_from)
    select x.code, coalesce((select scheme from area_code o where o.area_id = x.area_id order by o.code = any (${old}) desc, valid_from desc limit 1), 'local'),
      x.area_id, ${day}::date
    from unnest(${coded.map((area) => area.code)}::text[], ${coded.map((area) => area.areaId)}::uuid[]) as x(code, area_id)`.execute(tx);
};

const boundaries = async (tx: Tx, ended: readonly string[], begun: readonly NetArea[], day: string): Promise<void> => {
  await sql`update area_boundary set valid_to = ${day} where area_id = any (${[...ended]}::uuid[]) and valid_to is null`.execute(tx);
  for (const { areaId, geometry } of begun)
    if (geometry)
      await sql`insert into area_boundary (area_id, revision, valid_from, geometry, bbox)
        select ${areaId}, coalesce(max(revision), 0) + 1, ${day}::date, ${JSON.stringify(geometry)}::jsonb, ${[...boundsOf(geometry)]}::float8[]
        from area_boundary where area_id = ${areaId}`.execute(tx);
};

/** Writes what became of each area. `day` is the first day of what begins, and the day on which the old is no longer. */
export const writeChanges = async (tx: Tx, changes: readonly AreaChange[], day: string): Promise<void> => {
  const differs = (of: (area: NetArea) => unknown) =>
    changes.filter(({ before, after }) => !before || !after || JSON.stringify(of(before)) !== JSON.stringify(of(after)));
  const ids = (some: readonly AreaChange[]): string[] => some.filter(({ before }) => before).map(({ areaId }) => areaId);
  const now = (some: readonly AreaChange[]): NetArea[] => some.flatMap(({ after }) => after ?? []);
  await created(
    tx,
    changes.flatMap(({ before, after }) => (!before && after ? [after] : [])),
    day,
  );
  for (const { before, after } of changes)
    if (before && after && JSON.stringify(before.name) !== JSON.stringify(after.name))
      await sql`update area set name = ${JSON.stringify(after.name)}::jsonb where area_id = ${after.areaId}`.execute(tx);
  const hung = changes.flatMap(({ before, after }) => (before && after && before.parentId !== after.parentId ? [after] : []));
  for (const { areaId, parentId } of hung.sort((a, b) => a.path.length - b.path.length))
    await sql`select hang_area(${areaId}, ${parentId})`.execute(tx);
  await codes(
    tx,
    differs((area) => area.code),
    day,
  );
  const drawn = differs((area) => area.geometry);
  await boundaries(tx, ids(drawn), now(drawn), day);
  const gone = changes.filter(({ after }) => !after).map(({ areaId }) => areaId);
  await sql`update area set valid_to = ${day} where area_id = any (${gone}::uuid[])`.execute(tx);
};

export interface NewRezoningRow {
  readonly id: string;
  readonly digest: Buffer;
  readonly reason: string;
  readonly documentNumber?: string | undefined;
  readonly personId: string;
  readonly postId: string;
  readonly at: string;
}

export const putRezoning = async (tx: Tx, row: NewRezoningRow, changes: readonly AreaChange[]): Promise<void> => {
  await sql`insert into area_rezoning (rezoning_id, digest, reason, document_number, person_id, post_id, applied_at)
    values (${row.id}, ${row.digest}, ${row.reason}, ${row.documentNumber ?? null}, ${row.personId}, ${row.postId}, ${row.at})`.execute(tx);
  for (const { areaId, before, after, into, from } of changes)
    await sql`insert into area_change (rezoning_id, area_id, before, after, into_ids, from_ids)
      values (${row.id}, ${areaId}, ${kept(before)}::jsonb, ${kept(after)}::jsonb, ${[...into]}::uuid[], ${[...from]}::uuid[])`.execute(tx);
};

/** Puts what stood at areas elsewhere; answers how many of them the caller may move. */
export const placeAtAreas = async (
  tx: Tx,
  what: Exclude<Move['what'], 'procedure'> | FieldRow['what'] | 'facility',
  moves: readonly { readonly id: string; readonly areaId: string }[],
): Promise<number> => {
  if (moves.length === 0) return 0;
  const { rows } = await sql<{ n: number }>`
    select place_at_areas(${what}, ${moves.map((move) => move.id)}::text[], ${moves.map((move) => move.areaId)}::uuid[]) as n`.execute(tx);
  return rows[0]!.n;
};

/** Lets versions of procedures hold elsewhere from now on; answers how many of them the caller may carry over. */
export const carryUses = async (
  tx: Tx,
  moves: readonly { readonly id: string; readonly areaId: string }[],
  now: string,
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select carry_uses(${moves.map((move) => move.id)}::uuid[], ${moves.map((move) => move.areaId)}::uuid[], ${now}::timestamptz) as n`.execute(
    tx,
  );
  return rows[0]!.n;
};

export interface RezoningRow {
  readonly rezoning_id: string;
  readonly serial: number;
  readonly digest: Buffer;
  readonly reason: string;
  readonly document_number: string | null;
  readonly post_id: string;
  readonly applied_at: Date;
  readonly pass: number;
  readonly placed: number;
  readonly settled_at: Date | null;
  readonly areas: readonly { readonly id: string; readonly name: Label }[];
}

const REZONINGS = sql`select r.*, (select coalesce(jsonb_agg(jsonb_build_object('id', c.area_id, 'name', coalesce(c.after, c.before)->'name') order by c.area_id), '[]')
  from (select * from area_change c where c.rezoning_id = r.rezoning_id limit 20) c) as areas from area_rezoning r`;

export const findRezoning = async (tx: Tx, id: string): Promise<RezoningRow | undefined> =>
  (await sql<RezoningRow>`${REZONINGS} where r.rezoning_id = ${id}`.execute(tx)).rows[0];

/** Latest first; those that changed an area, or anything that is or was below it. */
export const listRezonings = async (tx: Tx, below: string | undefined, limit: number): Promise<RezoningRow[]> => {
  const among = below
    ? sql`where exists (select 1 from area_change c join area a on a.area_id = c.area_id where c.rezoning_id = r.rezoning_id and a.path @> array[${below}::uuid])`
    : sql``;
  return (await sql<RezoningRow>`${REZONINGS} ${among} order by r.serial desc limit ${limit}`.execute(tx)).rows;
};
