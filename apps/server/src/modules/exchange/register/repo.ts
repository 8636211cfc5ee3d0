import type { Kept } from '@tongxin/domain/exchange/register/rules.ts';
import type { ImportRegister, Register, SealedRegister } from '@tongxin/domain/exchange/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type pg from 'pg';
import { type ScopedTx, send } from '../../../platform/tx/tx.ts';

/** A register's rows as their tables hold them: labels as they are, codes as codes, what is referred to by its id. */
export type RegisterRow = Readonly<Record<string, Kept>>;

type Open = Exclude<Register, SealedRegister>;

const FACILITIES = sql`select f.facility_id as id, f.code, f.name, f.kind, f.area_id as area, f.lon, f.lat, f.valid_to::text as "closedOn"
  from facility f join area a using (area_id)`;

/** One statement for each register, over what the caller's scope sees of it; column names are those of domain/exchange, and what an import needs besides. */
const QUERIES: Readonly<Record<Open, RawBuilder<RegisterRow>>> = {
  areas: sql`select a.area_id as id, (select c.code from area_code c where c.area_id = a.area_id and c.valid_to is null order by c.scheme = 'local', c.scheme limit 1) as code,
      a.name, a.kind, p.name as parent, a.setting, a.households, a.valid_from as "validFrom"
    from area a left join area p on p.area_id = a.parent_id where a.valid_to is null order by a.path`,
  organizations: sql`select o.organization_id as id, o.name, o.kind, o.area_id as area, o.parent_id as parent, o.mark, o.respondent,
      o.credit_code as "creditCode", o.valid_from as "validFrom"
    from organization o join area a using (area_id)
    where o.valid_to is null and o.kind <> 'service' order by a.path, o.name->>'zh', o.organization_id`,
  posts: sql`select po.post_id as id, po.title, po.organization_id as organization, po.area_id as area, po.role, po.responsibility,
      po.valid_from as "validFrom", (select count(distinct h.person_id)::int from post_holding h where h.post_id = po.post_id
        and h.valid_from <= current_date and coalesce(h.valid_to, 'infinity') > current_date) as holders
    from post po join organization o using (organization_id) join area a on a.area_id = po.area_id
    where po.valid_to is null and o.kind <> 'service' order by a.path, o.name->>'zh', po.responsibility nulls last, po.post_id`,
  dutyItems: sql`select i.duty_item_id as id, l.duty_list_id as "listId", l.title as list, l.kind as "listKind", l.area_id as area, l.source, i.clause, i.title,
      i.category_id as category, i.organization_id as organization
    from duty_item i join duty_list l using (duty_list_id) join area a on a.area_id = l.area_id
    where l.valid_to is null and i.valid_to is null order by a.path, l.title->>'zh', length(i.clause), i.clause, i.duty_item_id`,
  categories: sql`select c.category_id as id, c.version, c.name, c.parent_id as parent, c.scheme, c.grade, c.limit_amount as "limitAmount",
      c.limit_unit as "limitUnit", c.danger, c.organization_id as organization, c.valid_from as "validFrom"
    from category c where c.valid_to is null order by c.category_id, c.version`,
  articles: sql`select x.article_id as id, x.version, x.title, x.body, x.category_ids as categories, x.organization_id as organization,
      x.valid_from::text as "from", x.valid_to::text as "to"
    from article x where not x.withdrawn and not exists (select 1 from article later where later.article_id = x.article_id and later.version > x.version)
    order by x.title, x.article_id`,
  replyTemplates: sql`select t.template_id as id, t.version, t.title, t.text, t.category_ids as categories, t.organization_id as organization
    from reply_template t where t.retired_at is null order by t.title, t.template_id`,
  facilities: sql`${FACILITIES} where f.valid_to is null order by a.path, f.kind, f.code, f.facility_id`,
  shifts: sql`select s.shift_id as id, s.organization_id as organization, s.post_id as post, s.kind, s.starts_at as "startsAt", s.ends_at as "endsAt"
    from roster_shift s join organization o using (organization_id) where s.ends_at > now() - interval '31 days'
    order by o.name->>'zh', s.starts_at, s.shift_id`,
  calendarDays: sql`select e.day::text as id, e.day::text as day, e.kind, e.reason, y.source
    from calendar_exception e join calendar_year y on y.year = extract(year from e.day) order by e.day`,
};

/** By which column a row lies in an area; categories and days off are everywhere's. */
const PLACED: Readonly<Record<Open, 'id' | 'area' | 'organization' | undefined>> = {
  areas: 'id',
  organizations: 'area',
  posts: 'area',
  dutyItems: 'area',
  categories: undefined,
  articles: 'organization',
  replyTemplates: 'organization',
  facilities: 'area',
  shifts: 'organization',
  calendarDays: undefined,
};

/** What of a register lies in an area or below it. */
const within = (register: Open, areaId: string): RawBuilder<RegisterRow> => {
  const column = PLACED[register];
  if (!column) return QUERIES[register];
  const below = sql`(select area_id from area where path @> ${[areaId]}::uuid[])`;
  const place = sql.ref(`r.${column}`);
  return sql`select r.* from (${QUERIES[register]}) r
    where ${column === 'organization' ? sql`(select o.area_id from organization o where o.organization_id = ${place})` : place} in ${below}`;
};

export const openRegister = (client: pg.PoolClient, register: Open, areaId?: string): Promise<pg.QueryResult> =>
  send(client, sql`declare register_rows no scroll cursor for ${areaId ? within(register, areaId) : QUERIES[register]}`);

export const fetchRegister = async (client: pg.PoolClient, n: number): Promise<RegisterRow[]> =>
  (await send(client, sql<RegisterRow>`fetch forward ${sql.lit(n)} from register_rows`)).rows;

type Kind = Exclude<ImportRegister, SealedRegister>;

export const findRegister = async (tx: ScopedTx, register: Kind): Promise<readonly RegisterRow[]> =>
  (await QUERIES[register].execute(tx)).rows;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/**
 * Of a register that may have a row for each lamp post of a city: those that a table can mean, by id or by number, and of those that were taken out
 * the last by a number: a table that says so again says nothing new.
 */
export const findMeant = async (tx: ScopedTx, meant: readonly string[]): Promise<readonly RegisterRow[]> =>
  (
    await sql<RegisterRow>`select distinct on (coalesce(f.code, f.facility_id::text), f.valid_to is null) r.* from facility f,
        lateral (select * from (${FACILITIES}) one where one.id = f.facility_id) r
      where f.facility_id = any (${meant.filter((words) => UUID.test(words))}::uuid[]) or coalesce(f.code, '') = any (${meant.filter(Boolean)})
      order by coalesce(f.code, f.facility_id::text), f.valid_to is null, f.valid_to desc, f.facility_id desc`.execute(tx)
  ).rows;

/** One row as it is now; undefined where it is gone. */
export const findRegisterRow = async (tx: ScopedTx, register: Kind, id: string): Promise<RegisterRow | undefined> =>
  (await sql<RegisterRow>`select * from (${register === 'facilities' ? FACILITIES : QUERIES[register]}) r where r.id = ${id}`.execute(tx))
    .rows[0];

/** Lists that hold, also those without a clause. */
export const findDutyLists = async (tx: ScopedTx): Promise<readonly RegisterRow[]> =>
  (
    await sql<RegisterRow>`select duty_list_id as "listId", title as list, kind as "listKind", area_id as area from duty_list where valid_to is null`.execute(
      tx,
    )
  ).rows;
