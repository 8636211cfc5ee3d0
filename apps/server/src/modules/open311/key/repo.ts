import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

export interface KeyRow {
  readonly key_id: string;
  readonly name: string;
  readonly ending: string;
  readonly per_day: number;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  /** Requests on the day asked about. */
  readonly used: number;
}

export const listKeyRows = async (tx: Tx, now: string): Promise<KeyRow[]> =>
  (
    await sql<KeyRow>`select k.key_id, k.name, k.ending, k.per_day, k.expires_at, k.revoked_at, coalesce(u.n, 0) as used
      from open311_key k left join open311_use u on u.key_id = k.key_id and u.day = (${now}::timestamptz at time zone 'Asia/Shanghai')::date
      order by k.revoked_at is not null, k.issued_at desc, k.key_id`.execute(tx)
  ).rows;

export const insertKey = async (
  tx: Tx,
  one: {
    readonly id: string;
    readonly name: string;
    readonly key: string;
    readonly perDay: number;
    readonly now: string;
    readonly until: string;
  },
): Promise<void> => {
  await sql`insert into open311_key (key_id, name, ending, key_hash, per_day, issued_at, expires_at)
    values (${one.id}, ${one.name}, ${one.key.slice(-4)}, sha256(convert_to(${one.key}, 'UTF8')), ${one.perDay}, ${one.now}, ${one.until})`.execute(
    tx,
  );
};

export const revokeKeyRow = async (tx: Tx, id: string, now: string): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`update open311_key set revoked_at = coalesce(revoked_at, ${now}) where key_id::text = ${id}`.execute(tx);
  return numAffectedRows === 1n;
};

export const isListOpen = async (tx: Tx): Promise<boolean> =>
  (await sql<{ open: boolean }>`select is_open as open from open311_list`.execute(tx)).rows[0]?.open ?? false;

/** Answers whether it was the caller's to switch. */
export const openList = async (tx: Tx, open: boolean): Promise<boolean> =>
  (await sql`update open311_list set is_open = ${open}`.execute(tx)).numAffectedRows === 1n;
