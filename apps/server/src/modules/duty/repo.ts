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
  readonly items: readonly { clause: string; title: Label; categoryId: string | null; organizationId: string | null }[];
}

/** Lists in force that hold in an area: its own and those of the areas above it. */
export const findLists = async (tx: Tx, areaId: string, kind: string | undefined): Promise<DutyListRow[]> => {
  const { rows } = await sql<DutyListRow>`
    select l.duty_list_id, l.kind, l.title, l.area_id, l.source, coalesce(jsonb_agg(jsonb_build_object('clause', i.clause, 'title', i.title,
        'categoryId', i.category_id, 'organizationId', i.organization_id) order by length(i.clause), i.clause) filter (where i.clause is not null), '[]') as items
    from duty_list l left join duty_item i using (duty_list_id)
    where l.valid_to is null and l.area_id in (select unnest(path) from area where area_id = ${areaId})
      and ${kind ? sql`l.kind = ${kind}` : sql`true`}
    group by l.duty_list_id order by l.kind, l.duty_list_id`.execute(tx);
  return rows;
};

/** Items for one category that hold along a path of areas. */
export const findItems = async (tx: Tx, categoryId: string, path: readonly string[]): Promise<DutyItem[]> => {
  const { rows } = await sql<{ kind: DutyListKind; area_id: string; clause: string; title: Label; organization_id: string | null }>`
    select l.kind, l.area_id, i.clause, i.title, i.organization_id from duty_item i join duty_list l using (duty_list_id)
    where i.category_id = ${categoryId} and l.valid_to is null and l.area_id = any (${[...path]}::uuid[])
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
