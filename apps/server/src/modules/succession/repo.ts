import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { ScopedTx } from '../../platform/tx/tx.ts';
import type { CaseRecord } from '../case/index.ts';

export interface Succession {
  readonly succession_id: string;
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

export type NewSuccession = Omit<Succession, 'started_at' | 'finished_at'>;

export const insertSuccession = async (tx: ScopedTx, succession: NewSuccession, now: Date): Promise<void> => {
  const { succession_id, kind, organization_id, area_id, holding_id, person_id, receiver_id, receiver_post_id, heir_id, ask } = succession;
  await sql`insert into succession (succession_id, kind, organization_id, area_id, holding_id, person_id, receiver_id, receiver_post_id, heir_id,
      ask, started_at)
    values (${succession_id}, ${kind}, ${organization_id}, ${area_id}, ${holding_id}, ${person_id}, ${receiver_id}, ${receiver_post_id}, ${heir_id},
      ${JSON.stringify(ask)}, ${now})`.execute(tx);
};

export const findSuccession = async (tx: ScopedTx, id: string): Promise<Succession | undefined> => {
  const { rows } = await sql<Succession>`select * from succession where succession_id = ${id}`.execute(tx);
  return rows[0];
};

export const findUnfinished = async (tx: ScopedTx): Promise<(Succession & { organization: Label })[]> => {
  const { rows } = await sql<Succession & { organization: Label }>`
    select h.*, o.name as organization from succession h join organization o using (organization_id)
    where h.finished_at is null order by h.started_at desc limit 100`.execute(tx);
  return rows;
};

export const finishSuccession = async (tx: ScopedTx, id: string, now: Date): Promise<void> => {
  await sql`update succession set finished_at = ${now} where succession_id = ${id}`.execute(tx);
};

/** The next cases to move: at most 200. */
export const findToMove = async (tx: ScopedTx, successionId: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from succession_cases(${successionId}::uuid) as id`.execute(tx);
  return rows.map(({ id }) => id);
};

/** Opens one case of a succession to the transaction and locks it; undefined when it needs no moving any more. */
export const lockToMove = async (client: pg.PoolClient, successionId: string, caseId: string): Promise<CaseRecord | undefined> => {
  const { rows } = await client.query<{ opened: boolean }>('select open_succession_case($1, $2) as opened', [successionId, caseId]);
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
