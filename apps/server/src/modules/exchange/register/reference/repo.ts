import type { Reference } from '@tongxin/domain/exchange/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../../platform/tx/tx.ts';

export interface NameRow {
  readonly id: string;
  readonly name: Label;
  /** What tells it from another of the same name: the area above or around it, the category above. */
  readonly beside: Label | null;
  /** Its names count within this one. */
  readonly within: string | null;
  /** Codes by which it is known too. */
  readonly codes: readonly string[] | null;
  readonly role: string | null;
  readonly open: boolean;
}

const QUERIES: Readonly<Record<Reference, RawBuilder<NameRow>>> = {
  area: sql`select a.area_id as id, a.name, p.name as beside, null as within, a.valid_to is null as open, null as role,
      (select array_agg(c.code) from area_code c where c.area_id = a.area_id and c.valid_to is null) as codes
    from area a left join area p on p.area_id = a.parent_id`,
  organization: sql`select o.organization_id as id, o.name, a.name as beside, null as within, o.valid_to is null as open, null as role, null as codes
    from organization o join area a using (area_id) where o.kind <> 'service'`,
  post: sql`select post_id as id, title as name, null as beside, organization_id as within, valid_to is null as open, role, null as codes from post`,
  category: sql`select distinct on (c.category_id) c.category_id as id, c.name, p.name as beside, null as within, c.valid_to is null as open, null as role,
      null as codes
    from category c left join lateral (select name from category k where k.category_id = c.parent_id order by k.version desc limit 1) p on true
    order by c.category_id, c.version desc`,
};

export const findNames = async (client: pg.PoolClient, reference: Reference): Promise<NameRow[]> =>
  (await send(client, QUERIES[reference])).rows;
