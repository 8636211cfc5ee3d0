import type { AreaChange } from '@tongxin/domain/area/rezoning/schema.ts';
import type { AreaKind, Geometry } from '@tongxin/domain/area/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../../platform/tx/tx.ts';

export interface Unsettled {
  readonly rezoning_id: string;
  readonly serial: number;
  readonly applied_at: Date;
  readonly pass: number;
  readonly cursor_case_id: string | null;
}

/** The oldest re-zoning with work to do: the second pass only begins when every process has the new net. */
export const findUnsettled = async (tx: Tx, secondPassBefore: string): Promise<Unsettled | undefined> => {
  const { rows } = await sql<Unsettled>`
    select rezoning_id, serial, applied_at, pass, cursor_case_id from area_rezoning
    where settled_at is null and (pass = 1 or applied_at <= ${secondPassBefore}::timestamptz) order by pass, serial limit 1`.execute(tx);
  return rows[0];
};

type Kept = { kind: AreaKind; parentId?: string; name: { zh: string }; code?: string; geometry?: Geometry };

export interface ChangeRow extends Pick<AreaChange, 'areaId' | 'into' | 'from'> {
  readonly path: readonly string[];
  /** From the top to what it belonged to before. */
  readonly fromPath: readonly string[] | null;
  readonly before: Kept | null;
  readonly after: Kept | null;
}

export const findChanges = async (tx: Tx, rezoningId: string): Promise<ChangeRow[]> => {
  const { rows } = await sql<ChangeRow>`
    select c.area_id as "areaId", a.path, (select p.path from area p where p.area_id = (c.before->>'parentId')::uuid) as "fromPath", c.before, c.after, c.into_ids as "into", c.from_ids as "from"
    from area_change c join area a using (area_id) where c.rezoning_id = ${rezoningId} order by c.area_id`.execute(tx);
  return rows;
};

/** Every area that ever went, with those that took it over. */
export const findHeirs = async (tx: Tx): Promise<{ areaId: string; into: readonly string[] }[]> => {
  const { rows } = await sql<{ areaId: string; into: string[] }>`
    select area_id as "areaId", into_ids as "into" from area_change where after is null`.execute(tx);
  return rows;
};

export const findKinds = async (tx: Tx, areaIds: readonly string[]): Promise<Map<string, AreaKind>> => {
  const { rows } = await sql<{
    area_id: string;
    kind: AreaKind;
  }>`select area_id, kind from area where area_id = any (${[...areaIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.area_id, row.kind]));
};

/** Moves the work on, in the transaction that did it. False when another process was here first. */
export const advance = async (
  tx: Tx,
  row: Unsettled,
  to: { cursor: string | null; pass: number; placed: number; settledAt: string | null },
): Promise<boolean> => {
  const { rows } = await sql<{ ok: boolean }>`
    update area_rezoning set cursor_case_id = ${to.cursor}::uuid, pass = ${to.pass}, placed = placed + ${to.placed}, settled_at = ${to.settledAt}::timestamptz
    where rezoning_id = ${row.rezoning_id} and settled_at is null and pass = ${row.pass} and cursor_case_id is not distinct from ${row.cursor_case_id}::uuid
    returning true as ok`.execute(tx);
  return rows.length > 0;
};
