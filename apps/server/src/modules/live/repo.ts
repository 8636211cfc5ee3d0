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

/** How far the feed is, the last time that a case changed hands, and when the caller was last told something. */
export const findHead = async (tx: ScopedTx): Promise<{ position: number; lease: number; toldAt: string }> => {
  const { rows } = await sql<{ position: string; lease: string; told: Date | null }>`
    select position, last_lease_change() as lease,
      (select max(told_at) from notice where person_id = nullif(current_setting('tongxin.actor', true), '')::uuid
        and told_at is not null and digest_id is null) as told from feed_head`.execute(tx);
  const { position, lease, told } = rows[0]!;
  return { position: Number(position), lease: Number(lease), toldAt: told?.toISOString() ?? '' };
};
