import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface Change {
  readonly position: string;
  readonly case_id: string;
  readonly event_no: number;
}

/** The last change of each case the caller sees after a position, oldest first. */
export const findChanges = async (tx: ScopedTx, after: number, limit: number): Promise<{ changes: Change[]; upTo: number }> => {
  const { rows } = await sql<Change>`
    select f.pos as position, f.case_id, f.event_no from feed_after(${after}, ${limit}) f join cases c on c.case_id = f.case_id order by f.pos`.execute(
    tx,
  );
  const { rows: ends } = await sql<{ up_to: string | null }>`select max(pos) as up_to from feed_after(${after}, ${limit})`.execute(tx);
  return { changes: rows, upTo: Number(ends[0]?.up_to ?? after) };
};

export const findHead = async (tx: ScopedTx): Promise<number> => {
  const { rows } = await sql<{ position: string }>`select position from feed_head`.execute(tx);
  return Number(rows[0]!.position);
};
