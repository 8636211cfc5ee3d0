import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/tx/tx.ts';

export interface CategoryRow {
  readonly category_id: string;
  readonly version: number;
  readonly scheme: string;
  readonly parent_id: string | null;
  readonly name: Label;
  readonly grade: 'A' | 'B' | 'C' | 'D' | 'E' | 'Q' | null;
  readonly limit_amount: number | null;
  readonly limit_unit: Limit['unit'] | null;
  readonly danger: readonly string[] | null;
}

/** The newest version in force of every category. */
export const listCategories = async (tx: Tx, scheme: string | undefined): Promise<CategoryRow[]> => {
  const { rows } = await sql<CategoryRow>`
    select distinct on (category_id) category_id, version, scheme, parent_id, name, grade, limit_amount, limit_unit, danger from category
    where valid_to is null and ${scheme ? sql`scheme = ${scheme}` : sql`true`}
    order by category_id, version desc`.execute(tx);
  return rows;
};
