import type { HelperRole, HelperStepKind } from '@tongxin/domain/dispute/joining/schema.ts';
import type { Meeting } from '@tongxin/domain/dispute/session/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface HelperRow {
  readonly helper_id: string;
  readonly role: HelperRole;
  readonly mediator_id: string | null;
  readonly name_sealed: Buffer;
  readonly phone_sealed: Buffer | null;
  readonly phone_index: Buffer | null;
  readonly subject_sealed: Buffer | null;
  readonly session_id: string | null;
}

/** Who was asked to help, in the order they were. */
export const findHelpers = async (tx: ScopedTx, caseId: string): Promise<HelperRow[]> =>
  (
    await sql<HelperRow>`select helper_id, role, mediator_id, name_sealed, phone_sealed, phone_index, subject_sealed, session_id from dispute_helper
      where case_id = ${caseId} and role in ('coMediator', 'expert', 'interpreter') order by added_at, helper_id`.execute(tx)
  ).rows;

export const insertHelper = async (tx: ScopedTx, caseId: string, row: HelperRow, now: string): Promise<void> => {
  await sql`insert into dispute_helper (case_id, helper_id, role, mediator_id, name_sealed, phone_sealed, phone_index, subject_sealed, session_id, consented, added_at)
    values (${caseId}, ${row.helper_id}, ${row.role}, ${row.mediator_id}, ${row.name_sealed}, ${row.phone_sealed}, ${row.phone_index},
      ${row.subject_sealed}, ${row.session_id}, false, ${now}::timestamptz)`.execute(tx);
};

export interface HelperStepRow {
  readonly step_id: string;
  readonly helper_id: string;
  readonly step: HelperStepKind;
  readonly party_id: string | null;
  readonly why_sealed: Buffer | null;
}

export const findHelperSteps = async (tx: ScopedTx, caseId: string): Promise<HelperStepRow[]> =>
  (
    await sql<HelperStepRow>`select step_id, helper_id, step, party_id, why_sealed from dispute_helper_step where case_id = ${caseId}
      order by recorded_at, step_id`.execute(tx)
  ).rows;

export const insertHelperStep = async (tx: ScopedTx, caseId: string, row: HelperStepRow, now: string): Promise<void> => {
  await sql`insert into dispute_helper_step (case_id, step_id, helper_id, step, party_id, why_sealed, recorded_at)
    values (${caseId}, ${row.step_id}, ${row.helper_id}, ${row.step}, ${row.party_id}, ${row.why_sealed}, ${now}::timestamptz)`.execute(tx);
};

export interface HelpingRow {
  readonly helper_id: string;
  readonly case_id: string;
  readonly organization_id: string;
  readonly role: HelperRole;
  readonly subject_sealed: Buffer | null;
  readonly joined: boolean;
  readonly session_id: string | null;
  readonly starts_at: Date | null;
  readonly ends_at: Date | null;
  readonly fixed: boolean | null;
  readonly room: string | null;
  readonly link_sealed: Buffer | null;
  readonly meeting: Meeting | null;
}

/** What the caller is asked to, a line for each time; the one way past the policy of cases, and it shows nothing of them. */
export const findHelping = async (tx: ScopedTx): Promise<HelpingRow[]> => (await sql<HelpingRow>`select * from helping()`.execute(tx)).rows;

/** Keeps the caller's own answer; nothing where nobody asked them. */
export const answerHelping = async (
  tx: ScopedTx,
  helperId: string,
  commandId: string,
  joins: boolean,
  now: string,
): Promise<{ case_id: string; role: HelperRole; repeated: boolean } | undefined> =>
  (
    await sql<{
      case_id: string;
      role: HelperRole;
      repeated: boolean;
    }>`select case_id, role, repeated from answer_helping(${helperId}, ${commandId}, ${joins}, ${now}::timestamptz)`.execute(tx)
  ).rows[0];
