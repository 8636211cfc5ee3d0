import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

export interface CheckpointRow {
  checkpoint_no: number;
  feed_position: string;
  made_at: Date;
  leaves: number;
  root: Buffer;
  previous: Buffer;
  signature: Buffer;
  key_id: string;
}

/** Only one process makes checkpoints at a time. */
export const lockCheckpoints = async (tx: Tx): Promise<boolean> => {
  const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(hashtext('tongxin.checkpoint')) as locked`.execute(tx);
  return rows[0]!.locked;
};

export const findLastCheckpoint = async (tx: Tx): Promise<CheckpointRow | undefined> => {
  const { rows } = await sql<CheckpointRow>`select * from checkpoint order by checkpoint_no desc limit 1`.execute(tx);
  return rows[0];
};

export const findCheckpoints = async (tx: Tx): Promise<CheckpointRow[]> => {
  const { rows } = await sql<CheckpointRow>`select * from checkpoint order by checkpoint_no`.execute(tx);
  return rows;
};

export interface LeafRow {
  case_id: string;
  event_count: number;
  head_hash: Buffer;
}

export const findFeedHead = async (tx: Tx): Promise<number> => {
  const { rows } = await sql<{ position: string }>`select position from feed_head`.execute(tx);
  return Number(rows[0]!.position);
};

/** Heads, as of feed position `to`, of the cases that changed after `from`. Ordered by case id, as the tree needs it. */
export const findChangedHeads = async (tx: Tx, from: number, to: number): Promise<LeafRow[]> => {
  const { rows } = await sql<LeafRow>`
    select e.case_id, e.event_no as event_count, e.hash as head_hash
    from (select case_id, max(event_no) as event_no from feed where position > ${from} and position <= ${to} group by case_id) f
    join events e on e.case_id = f.case_id and e.event_no = f.event_no order by e.case_id`.execute(tx);
  return rows;
};

export const insertCheckpoint = async (
  tx: Tx,
  row: Omit<CheckpointRow, 'made_at' | 'feed_position'> & { made_at: string; feed_position: number },
  leaves: readonly LeafRow[],
): Promise<void> => {
  await sql`
    insert into checkpoint (checkpoint_no, feed_position, made_at, leaves, root, previous, signature, key_id)
    values (${row.checkpoint_no}, ${row.feed_position}, ${row.made_at}, ${row.leaves}, ${row.root}, ${row.previous}, ${row.signature}, ${row.key_id})`.execute(
    tx,
  );
  for (let i = 0; i < leaves.length; i += 20_000) {
    const some = leaves.slice(i, i + 20_000);
    await sql`
      insert into checkpoint_leaf (checkpoint_no, case_id, event_count, head_hash)
      select ${row.checkpoint_no}::int, * from unnest(${some.map((l) => l.case_id)}::uuid[], ${some.map((l) => l.event_count)}::int[], ${some.map((l) => l.head_hash)}::bytea[])`.execute(
      tx,
    );
  }
};

export const findLeavesOf = async (tx: Tx, checkpointNo: number): Promise<LeafRow[]> => {
  const { rows } = await sql<LeafRow>`
    select case_id, event_count, head_hash from checkpoint_leaf where checkpoint_no = ${checkpointNo} order by case_id`.execute(tx);
  return rows;
};

/** Cases in which the event a leaf names is missing or has another hash. */
export const findContradicted = async (tx: Tx, leaves: readonly LeafRow[]): Promise<string[]> => {
  const { rows } = await sql<{ case_id: string }>`
    select l.case_id from unnest(${leaves.map((l) => l.case_id)}::uuid[], ${leaves.map((l) => l.event_count)}::int[], ${leaves.map((l) => l.head_hash)}::bytea[])
      as l(case_id, event_no, hash)
    where not exists (select 1 from events e where e.case_id = l.case_id and e.event_no = l.event_no and e.hash = l.hash)`.execute(tx);
  return rows.map((row) => row.case_id);
};
