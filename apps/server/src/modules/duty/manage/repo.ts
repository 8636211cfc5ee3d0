import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface ListWritten {
  readonly id: string;
  readonly kind: string;
  readonly title: Label;
  readonly areaId: string;
  readonly source: string;
}

export const insertList = async (tx: ScopedTx, { id, kind, title, areaId, source }: ListWritten, from: string): Promise<void> => {
  await sql`insert into duty_list (duty_list_id, kind, title, area_id, source, valid_from)
    values (${id}, ${kind}, ${JSON.stringify(title)}, ${areaId}, ${source}, ${from})`.execute(tx);
};

export const updateList = async (tx: ScopedTx, id: string, title: Label, source: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update duty_list set title = ${JSON.stringify(title)}, source = ${source}
    where duty_list_id = ${id} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};

export const closeList = async (tx: ScopedTx, id: string, day: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update duty_list set valid_to = greatest(${day}::date, valid_from)
    where duty_list_id = ${id} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};

export interface ItemWritten {
  readonly id: string;
  readonly clause: string;
  readonly title: Label;
  readonly categoryId: string | null;
  readonly organizationId: string | null;
}

export const insertItem = async (tx: ScopedTx, listId: string, item: ItemWritten, from: string): Promise<void> => {
  const { id, clause, title, categoryId, organizationId } = item;
  await sql`insert into duty_item (duty_item_id, duty_list_id, clause, title, category_id, organization_id, valid_from)
    values (${id}, ${listId}, ${clause}, ${JSON.stringify(title)}, ${categoryId}, ${organizationId}, ${from})`.execute(tx);
};

/** Lets a clause that holds end on a day; answers whether it did. */
export const endItem = async (tx: ScopedTx, listId: string, id: string, day: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update duty_item set valid_to = greatest(${day}::date, valid_from)
    where duty_item_id = ${id} and duty_list_id = ${listId} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};
