import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface Change {
  readonly position: string;
  readonly case_id: string;
  readonly event_no: number;
}

/**
 * Changes after a position of cases the caller sees, oldest first, and how far was looked. One statement: what came between two looks
 * would be passed over unseen.
 */
export const findChanges = async (tx: ScopedTx, after: number, limit: number): Promise<{ changes: Change[]; upTo: number }> => {
  const { rows } = await sql<Change & { seen: boolean }>`
    select f.pos as position, f.case_id, f.event_no, c.case_id is not null as seen
    from feed_after(${after}, ${limit}) f left join cases c on c.case_id = f.case_id order by f.pos`.execute(tx);
  return { changes: rows.filter((row) => row.seen), upTo: Number(rows.at(-1)?.position ?? after) };
};

/** Where the feed stands, and the last time that a case changed hands. */
export const findHead = async (tx: ScopedTx): Promise<{ position: number; lease: number }> => {
  const { rows } = await sql<{ position: string; lease: string }>`select position, last_lease_change() as lease from feed_head`.execute(tx);
  return { position: Number(rows[0]!.position), lease: Number(rows[0]!.lease) };
};
