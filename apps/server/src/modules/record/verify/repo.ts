import type { CaseState } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';

export interface StoredHead {
  case_id: string;
  version: number;
  event_count: number;
  head_hash: Buffer;
  state: CaseState;
  procedure_id: string;
  procedure_version: number;
}

/** Ids of all cases that have a row or an event, in order, after `after`. By the maintenance role: it sees all. */
export const findCaseIds = async (tx: Tx, after: string, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ case_id: string }>`
    (select case_id from cases where case_id > ${after}::uuid order by case_id limit ${limit})
    union (select distinct case_id from (select case_id from events where case_id > ${after}::uuid order by case_id limit ${limit * 40}) e)
    union (select distinct case_id from (select case_id from checkpoint_leaf where case_id > ${after}::uuid order by case_id limit ${limit * 4}) l)
    order by case_id limit ${limit}`.execute(tx);
  return rows.map((row) => row.case_id);
};

export const findHeads = async (tx: Tx, ids: readonly string[]): Promise<StoredHead[]> => {
  const { rows } = await sql<StoredHead>`
    select case_id, version, event_count, head_hash, state, procedure_id, procedure_version from cases where case_id = any (${[...ids]}::uuid[])`.execute(
    tx,
  );
  return rows;
};

export interface StoredEvent {
  case_id: string;
  event_no: number;
  type: string;
  schema_version: number;
  occurred_at: Date;
  recorded_at: Date;
  header: string;
  content_hash: Buffer | null;
  prev_hash: Buffer;
  hash: Buffer;
  salt: Buffer | null;
  sealed: Buffer | null;
}

export const findEvents = async (tx: Tx, ids: readonly string[]): Promise<StoredEvent[]> => {
  const { rows } = await sql<StoredEvent>`
    select e.case_id, e.event_no, e.type, e.schema_version, e.occurred_at, e.recorded_at, e.header, e.content_hash, e.prev_hash, e.hash, c.salt, c.sealed
    from events e left join event_content c on c.case_id = e.case_id and c.event_no = e.event_no
    where e.case_id = any (${[...ids]}::uuid[]) order by e.case_id, e.event_no`.execute(tx);
  return rows;
};

export interface Leaf {
  checkpoint_no: number;
  case_id: string;
  event_count: number;
  head_hash: Buffer;
}

export const findLeaves = async (tx: Tx, ids: readonly string[]): Promise<Leaf[]> => {
  const { rows } = await sql<Leaf>`
    select checkpoint_no, case_id, event_count, head_hash from checkpoint_leaf where case_id = any (${[...ids]}::uuid[]) order by case_id, checkpoint_no`.execute(
    tx,
  );
  return rows;
};
