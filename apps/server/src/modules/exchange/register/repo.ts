import type { Register } from '@tongxin/domain/exchange/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../platform/tx/tx.ts';

/** A register's rows as their tables hold them: labels as they are, codes as codes. */
export type RegisterRow = Readonly<Record<string, string | number | boolean | Date | Label | null>>;

/** One statement for each register, over what the caller's scope sees of it; column names are those of domain/exchange. */
const QUERIES: Readonly<Record<Register, RawBuilder<RegisterRow>>> = {
  areas: sql`select (select c.code from area_code c where c.area_id = a.area_id and c.valid_to is null order by c.scheme = 'local', c.scheme limit 1) as code,
      a.name, a.kind, p.name as parent, a.setting, a.households, a.valid_from as "validFrom"
    from area a left join area p on p.area_id = a.parent_id where a.valid_to is null order by a.path`,
  organizations: sql`select o.name, o.kind, a.name as area, p.name as parent, o.credit_code as "creditCode", o.valid_from as "validFrom"
    from organization o join area a using (area_id) left join organization p on p.organization_id = o.parent_id
    where o.valid_to is null and o.kind <> 'service' order by a.path, o.name->>'zh', o.organization_id`,
  posts: sql`select po.title, o.name as organization, a.name as area, po.role, po.responsibility, po.valid_from as "validFrom",
      (select count(distinct h.person_id)::int from post_holding h where h.post_id = po.post_id and h.valid_from <= current_date
        and coalesce(h.valid_to, 'infinity') > current_date) as holders
    from post po join organization o using (organization_id) join area a on a.area_id = po.area_id
    where po.valid_to is null and o.kind <> 'service' order by a.path, o.name->>'zh', po.responsibility nulls last, po.post_id`,
  dutyItems: sql`select l.title as list, l.kind as "listKind", a.name as area, i.clause, i.title, c.name as category, o.name as organization
    from duty_item i join duty_list l using (duty_list_id) join area a on a.area_id = l.area_id left join organization o using (organization_id)
      left join lateral (select name from category k where k.category_id = i.category_id order by k.version desc limit 1) c on true
    where l.valid_to is null order by a.path, l.title->>'zh', i.clause`,
  categories: sql`select c.category_id as id, c.version, c.name, p.name as parent, c.scheme, c.grade, c.limit_amount as "limitAmount", c.limit_unit as "limitUnit",
      c.valid_from as "validFrom"
    from category c left join lateral (select name from category k where k.category_id = c.parent_id order by k.version desc limit 1) p on true
    where c.valid_to is null order by c.category_id, c.version`,
  facilities: sql`select f.code, f.name, f.kind, a.name as area, f.lon, f.lat from facility f join area a using (area_id) order by a.path, f.kind, f.code, f.facility_id`,
  shifts: sql`select o.name as organization, po.title as post, s.kind, s.starts_at as "startsAt", s.ends_at as "endsAt"
    from roster_shift s join organization o using (organization_id) join post po using (post_id) where s.ends_at > now() - interval '31 days'
    order by o.name->>'zh', s.starts_at, s.shift_id`,
};

export const openRegister = (client: pg.PoolClient, register: Register): Promise<pg.QueryResult> =>
  send(client, sql`declare register_rows no scroll cursor for ${QUERIES[register]}`);

export const fetchRegister = async (client: pg.PoolClient, n: number): Promise<RegisterRow[]> =>
  (await send(client, sql<RegisterRow>`fetch forward ${sql.lit(n)} from register_rows`)).rows;
