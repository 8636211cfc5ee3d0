import type { Question } from '@tongxin/domain/category/schema.ts';
import type { DutyListKind } from '@tongxin/domain/duty/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type pg from 'pg';

export interface OrganizationRow {
  readonly organization_id: string;
  readonly kind: string;
  readonly name: Label;
  readonly area_id: string;
  readonly mark: string | null;
  readonly is_closed: boolean;
  readonly respondent: boolean;
  /** Capabilities of its posts in force. */
  readonly capabilities: readonly string[];
}
export interface AreaRow {
  readonly area_id: string;
  readonly kind: string;
  readonly name: Label;
}
export interface PostRow {
  readonly post_id: string;
  readonly organization_id: string;
  readonly title: Label;
}
export interface CategoryRow {
  readonly category_id: string;
  readonly version: number;
  readonly parent_id: string | null;
  readonly name: Label;
  readonly questions: readonly Question[];
  readonly limit_amount: number | null;
  readonly limit_unit: 'hour' | 'workingHour' | 'workingDay' | 'day' | 'month' | null;
  readonly danger: readonly string[] | null;
  readonly is_retired: boolean;
  readonly successor_id: string | null;
  readonly organization_id: string | null;
}
export interface DutyRow {
  readonly kind: DutyListKind;
  readonly area_id: string;
  readonly clause: string;
  readonly title: Label;
  readonly category_id: string;
  readonly organization_id: string | null;
}
export interface DirectoryRows {
  readonly organizations: readonly OrganizationRow[];
  readonly areas: readonly AreaRow[];
  readonly posts: readonly PostRow[];
  readonly categories: readonly CategoryRow[];
  readonly duties: readonly DutyRow[];
}

/** Labels outlive what they name: closed organizations and posts are read too, so that old records keep their words. */
export const findDirectory = async (pool: pg.Pool): Promise<DirectoryRows> => {
  const [organizations, areas, posts, categories, duties] = await Promise.all([
    pool.query<OrganizationRow>(
      `select o.organization_id, o.kind, o.name, o.area_id, o.mark, o.respondent, coalesce(o.valid_to <= today(), false) as is_closed,
         coalesce(c.capabilities, '{}') as capabilities
       from organization o left join (
         select p.organization_id, array_agg(distinct x) as capabilities from post p join post_role r using (role), unnest(r.capabilities) x
         where p.valid_to is null group by 1) c using (organization_id)
       order by o.valid_from, o.organization_id`,
    ),
    pool.query<AreaRow>('select area_id, kind, name from area'),
    pool.query<PostRow>('select post_id, organization_id, title from post'),
    pool.query<CategoryRow>(
      `select category_id, version, parent_id, name, questions, limit_amount, limit_unit, danger, coalesce(valid_to <= today(), false) as is_retired, successor_id, organization_id
       from category order by category_id, version`,
    ),
    pool.query<DutyRow>(
      // What names a closed body means the one that went on with its work, also through several closings; nobody where none did.
      `with recursive heir as (
         select organization_id, organization_id as now_id, valid_to, heir_id, 0 as steps from organization
         union all select h.organization_id, o.organization_id, o.valid_to, o.heir_id, h.steps + 1
           from heir h join organization o on o.organization_id = h.heir_id where h.valid_to is not null and h.steps < 8)
       select l.kind, l.area_id, i.clause, i.title, i.category_id, h.now_id as organization_id from duty_item i join duty_list l using (duty_list_id)
         left join heir h on h.organization_id = i.organization_id and h.valid_to is null
       where l.valid_to is null and i.category_id is not null and i.valid_from <= today() and coalesce(i.valid_to, 'infinity') > today() order by l.valid_from, l.duty_list_id, i.duty_item_id`,
    ),
  ]);
  return { organizations: organizations.rows, areas: areas.rows, posts: posts.rows, categories: categories.rows, duties: duties.rows };
};
