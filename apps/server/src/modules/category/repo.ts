import type { Question } from '@tongxin/domain/category/schema.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

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
  readonly organization_id: string | null;
  readonly questions: readonly Question[];
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly successor_id: string | null;
}

const COLUMNS = sql`category_id, version, scheme, parent_id, name, grade, limit_amount, limit_unit, danger, organization_id, questions, valid_from::text as valid_from,
  valid_to::text as valid_to, successor_id`;

/** The newest version in force of every category. */
export const listCategories = async (tx: Tx, scheme: string | undefined): Promise<CategoryRow[]> => {
  const { rows } = await sql<CategoryRow>`
    select distinct on (category_id) ${COLUMNS} from category
    where valid_to is null and ${scheme ? sql`scheme = ${scheme}` : sql`true`}
    order by category_id, version desc`.execute(tx);
  return rows;
};

/** Every version of a category, the newest first. */
export const findVersions = async (tx: Tx, categoryId: string): Promise<CategoryRow[]> => {
  const { rows } = await sql<CategoryRow>`select ${COLUMNS} from category where category_id = ${categoryId} order by version desc`.execute(
    tx,
  );
  return rows;
};

export type NewVersion = Omit<CategoryRow, 'valid_to' | 'successor_id'>;

/** Adds a version, and lets the one before it end the same day. */
export const insertVersion = async (tx: ScopedTx, row: NewVersion): Promise<void> => {
  const { category_id, version, scheme, parent_id, name, grade, limit_amount, limit_unit, danger, organization_id, questions, valid_from } =
    row;
  await sql`update category set valid_to = greatest(${valid_from}::date, valid_from) where category_id = ${category_id} and valid_to is null`.execute(
    tx,
  );
  await sql`insert into category (category_id, version, scheme, parent_id, name, grade, limit_amount, limit_unit, danger, organization_id, questions, valid_from)
    values (${category_id}, ${version}, ${scheme}, ${parent_id}, ${JSON.stringify(name)}, ${grade}, ${limit_amount}, ${limit_unit},
      ${[...(danger ?? [])]}, ${organization_id}, ${JSON.stringify(questions)}, ${valid_from})`.execute(tx);
};

export const retireVersions = async (tx: ScopedTx, categoryId: string, successorId: string | null, day: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update category set valid_to = greatest(${day}::date, valid_from), successor_id = ${successorId}
    where category_id = ${categoryId} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};

/** Categories in force below one. */
export const countBelow = async (tx: Tx, categoryId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(distinct category_id)::int as n from category where parent_id = ${categoryId} and valid_to is null`.execute(tx);
  return rows[0]!.n;
};
