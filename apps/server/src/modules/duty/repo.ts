import type { DutyItem, DutyListKind } from '@tongxin/domain/duty/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/tx/tx.ts';

export interface DutyListRow {
  readonly duty_list_id: string;
  readonly kind: DutyListKind;
  readonly title: Label;
  readonly area_id: string;
  readonly source: string;
  readonly items: readonly {
    id: string;
    clause: string;
    title: Label;
    categoryId: string | null;
    organizationId: string | null;
    from: string;
    to: string | null;
  }[];
}

export interface ListQuery {
  readonly areaId?: string;
  readonly kind?: string;
  readonly listId?: string;
  /** Also clauses that hold no more, or not yet. */
  readonly past?: boolean;
}

/** Lists in force that hold in an area: its own and those of the areas above it. */
export const findLists = async (tx: Tx, { areaId, kind, listId, past }: ListQuery): Promise<DutyListRow[]> => {
  const { rows } = await sql<DutyListRow>`
    select l.duty_list_id, l.kind, l.title, l.area_id, l.source, coalesce(jsonb_agg(jsonb_build_object('id', i.duty_item_id, 'clause', i.clause,
        'title', i.title, 'categoryId', i.category_id, 'organizationId', i.organization_id, 'from', i.valid_from::text, 'to', i.valid_to::text)
        order by length(i.clause), i.clause, i.valid_from desc) filter (where i.clause is not null), '[]') as items
    from duty_list l left join duty_item i on i.duty_list_id = l.duty_list_id
      and ${past ? sql`true` : sql`(i.valid_from <= today() and coalesce(i.valid_to, 'infinity') > today())`}
    where l.valid_to is null and ${areaId ? sql`l.area_id in (select unnest(path) from area where area_id = ${areaId})` : sql`true`}
      and ${kind ? sql`l.kind = ${kind}` : sql`true`} and ${listId ? sql`l.duty_list_id = ${listId}` : sql`true`}
    group by l.duty_list_id order by l.kind, l.duty_list_id`.execute(tx);
  return rows;
};

/** Items for one category that hold along a path of areas. */
export const findItems = async (tx: Tx, categoryId: string, path: readonly string[]): Promise<DutyItem[]> => {
  const { rows } = await sql<{ kind: DutyListKind; area_id: string; clause: string; title: Label; organization_id: string | null }>`
    select l.kind, l.area_id, i.clause, i.title, i.organization_id from duty_item i join duty_list l using (duty_list_id)
    where i.category_id = ${categoryId} and l.valid_to is null and i.valid_from <= today() and coalesce(i.valid_to, 'infinity') > today() and l.area_id = any (${[...path]}::uuid[])
    order by l.valid_from, l.duty_list_id, length(i.clause), i.clause`.execute(tx);
  return rows.map((row) => ({
    listKind: row.kind,
    areaId: row.area_id,
    clause: row.clause,
    title: row.title,
    categoryId,
    ...(row.organization_id ? { organizationId: row.organization_id } : {}),
  }));
};
