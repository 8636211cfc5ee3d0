import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface BurdenRow {
  readonly role: string;
  /** Empty: what was filled once, for all departments. */
  readonly department: string;
  readonly records: number;
  readonly fields: number;
  readonly seconds: number;
  readonly posts: number;
  readonly postDays: number;
}

/** Sums over finished visits and checklists of an area, by kind of post and department; none of fewer posts than `least`. Days in China, both counted in. */
export const sumBurden = async (tx: ScopedTx, areaId: string, from: string, to: string, least: number): Promise<BurdenRow[]> => {
  const { rows } = await sql<BurdenRow>`
    select role, department, records::int as records, fields::int as fields, seconds::int as seconds, posts::int as posts, post_days::int as "postDays"
    from field_burden(${areaId}, ${from}::date, ${to}::date, ${least})`.execute(tx);
  return rows;
};

/** Names of departments, as the newest forms have them. */
export const findDepartments = async (tx: ScopedTx): Promise<Map<string, Label>> => {
  const { rows } = await sql<{ code: string; label: Label }>`
    select d->>'code' as code, d->'label' as label from collection_form, jsonb_array_elements(definition->'departments') d order by published_at, version`.execute(
    tx,
  );
  return new Map(rows.map(({ code, label }) => [code, label]));
};
