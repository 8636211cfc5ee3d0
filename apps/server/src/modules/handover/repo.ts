import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { ScopedTx } from '../../platform/tx/tx.ts';
import type { CaseRecord } from '../case/index.ts';

export interface Handover {
  readonly handover_id: string;
  readonly kind: 'person' | 'body';
  readonly organization_id: string;
  readonly area_id: string;
  readonly holding_id: string | null;
  readonly person_id: string | null;
  readonly receiver_id: string | null;
  readonly receiver_post_id: string | null;
  readonly heir_id: string | null;
  /** What was asked, as it was asked. */
  readonly ask: Record<string, string | boolean>;
  readonly started_at: Date;
  readonly finished_at: Date | null;
}

export type NewHandover = Omit<Handover, 'started_at' | 'finished_at'>;

export const insertHandover = async (tx: ScopedTx, handover: NewHandover, now: Date): Promise<void> => {
  const { handover_id, kind, organization_id, area_id, holding_id, person_id, receiver_id, receiver_post_id, heir_id, ask } = handover;
  await sql`insert into handover (handover_id, kind, organization_id, area_id, holding_id, person_id, receiver_id, receiver_post_id, heir_id,
      ask, started_at)
    values (${handover_id}, ${kind}, ${organization_id}, ${area_id}, ${holding_id}, ${person_id}, ${receiver_id}, ${receiver_post_id}, ${heir_id},
      ${JSON.stringify(ask)}, ${now})`.execute(tx);
};

export const findHandover = async (tx: ScopedTx, id: string): Promise<Handover | undefined> => {
  const { rows } = await sql<Handover>`select * from handover where handover_id = ${id}`.execute(tx);
  return rows[0];
};

export const findUnfinished = async (tx: ScopedTx): Promise<(Handover & { organization: Label })[]> => {
  const { rows } = await sql<Handover & { organization: Label }>`
    select h.*, o.name as organization from handover h join organization o using (organization_id)
    where h.finished_at is null order by h.started_at desc limit 100`.execute(tx);
  return rows;
};

export const finishHandover = async (tx: ScopedTx, id: string, now: Date): Promise<void> => {
  await sql`update handover set finished_at = ${now} where handover_id = ${id}`.execute(tx);
};

/** The next cases to move: at most 200. */
export const findToMove = async (tx: ScopedTx, handoverId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from handover_cases(${handoverId}::uuid) as id`.execute(tx);
  return rows.map(({ id }) => id);
};

/** Opens one case of a handover to the transaction and locks it; undefined when it needs no moving any more. */
export const lockToMove = async (client: pg.PoolClient, handoverId: string, caseId: string): Promise<CaseRecord | undefined> => {
  const { rows } = await client.query<{ opened: boolean }>('select open_handover_case($1, $2) as opened', [handoverId, caseId]);
  if (!rows[0]!.opened) return undefined;
  const locked = await client.query<CaseRecord>('select * from cases where case_id = $1 for update', [caseId]);
  return locked.rows[0];
};

export interface LeftRow {
  readonly case_id: string | null;
  readonly number: string | null;
  readonly stage: string | null;
  readonly procedure_id: string;
  readonly procedure_version: number;
  readonly due_at: Date | null;
  readonly total: string;
}

/** Open cases of a holding's person, or of a body: the most urgent first. Confidential ones have no id. */
export const findWorkLeft = async (
  tx: ScopedTx,
  of: { readonly holdingId?: string; readonly organizationId?: string },
  limit: number,
): Promise<LeftRow[]> => {
  const { rows } = await sql<LeftRow>`
    select * from find_work_left(${of.holdingId ?? null}::uuid, ${of.organizationId ?? null}::uuid, ${limit})`.execute(tx);
  return rows;
};

export interface LapsedRow {
  readonly holding_id: string;
  readonly person_id: string;
  readonly post_id: string;
  readonly ended: string;
  readonly cases: string;
}

export const findLapsed = async (tx: ScopedTx): Promise<LapsedRow[]> => {
  const { rows } = await sql<LapsedRow>`
    select holding_id, person_id, post_id, ended::text as ended, cases from find_lapsed()`.execute(tx);
  return rows;
};
