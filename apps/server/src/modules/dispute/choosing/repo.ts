import type { ChoosingStep } from '@tongxin/domain/dispute/choosing/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { type ScopedTx, send } from '../../../platform/tx/tx.ts';

export interface ChoiceRow {
  readonly choice_id: string;
  readonly step: ChoosingStep;
  readonly party_id: string | null;
  readonly mediator_id: string | null;
  readonly why_sealed: Buffer | null;
}

/** Everything that was said about who mediates, in the order it was taken down. */
export const findChoices = async (tx: ScopedTx, caseId: string): Promise<ChoiceRow[]> =>
  (
    await sql<ChoiceRow>`select choice_id, step, party_id, mediator_id, why_sealed from dispute_choice where case_id = ${caseId}
      order by no`.execute(tx)
  ).rows;

/** Whoever adds one has the dispute for themselves (`waitForTurn`), so the next number is theirs. */
export const insertChoice = async (tx: ScopedTx, caseId: string, row: ChoiceRow, now: string): Promise<void> => {
  await sql`insert into dispute_choice (case_id, choice_id, step, party_id, mediator_id, why_sealed, recorded_at, no)
    select ${caseId}, ${row.choice_id}, ${row.step}, ${row.party_id}, ${row.mediator_id}, ${row.why_sealed}, ${now}::timestamptz,
      coalesce(max(no), 0) + 1 from dispute_choice where case_id = ${caseId}`.execute(tx);
};

export interface SideRow {
  readonly party_id: string;
  readonly name_index: Buffer;
  readonly phone_index: Buffer | null;
}
export interface NewSideRow extends SideRow {
  readonly phone_gets_messages: boolean | null;
}

export const findSides = async (tx: ScopedTx, caseId: string): Promise<SideRow[]> =>
  (await sql<SideRow>`select party_id, name_index, phone_index from dispute_side where case_id = ${caseId}`.execute(tx)).rows;

/** Sent with the case they belong to. */
export const sendSide = (client: pg.PoolClient, caseId: string, row: NewSideRow): Promise<pg.QueryResult> =>
  send(
    client,
    sql`insert into dispute_side (case_id, party_id, name_index, phone_index, phone_gets_messages)
      values (${caseId}, ${row.party_id}, ${row.name_index}, ${row.phone_index}, ${row.phone_gets_messages})`,
  );

export interface EarlierRow {
  readonly party_id: string;
  readonly person_id: string;
  /** By the telephone; otherwise the names alone are the same. */
  readonly sure: boolean;
}

/**
 * Who of some persons had a hand in an earlier dispute of a side, also one that the caller does not see: which one is not told. The sides read that it
 * was asked.
 */
export const findEarlier = async (
  tx: ScopedTx,
  caseId: string,
  personIds: readonly string[],
  reading: { readonly purpose: string; readonly postId: string; readonly organizationId: string; readonly now: string },
): Promise<EarlierRow[]> =>
  (
    await sql<EarlierRow>`select party_id, person_id, sure from earlier_hands(${caseId}, ${[...personIds]}::uuid[], ${reading.purpose},
      ${reading.postId}, ${reading.organizationId}, ${reading.now}::timestamptz)`.execute(tx)
  ).rows;

/** Names of the bodies where some persons hold posts. */
export const findBodies = async (tx: ScopedTx, personIds: readonly string[]): Promise<{ person_id: string; organization_id: string }[]> =>
  (
    await sql<{
      person_id: string;
      organization_id: string;
    }>`select distinct h.person_id, po.organization_id from post_holding h join post po using (post_id)
      where h.person_id = any (${[...personIds]}::uuid[])`.execute(tx)
  ).rows;
