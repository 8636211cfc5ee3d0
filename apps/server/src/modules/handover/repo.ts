import type { Shift } from '@tongxin/domain/roster/rules.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

/** Most cases on one sheet; more are said to be more. */
export const MOST = 200;

export interface OpenRow {
  case_id: string;
  number: string;
  procedure_id: string;
  procedure_version: number;
  stage: string;
  light: string;
  overall_stopped: boolean;
  overall_due_at: Date | null;
  handling_due_at: Date | null;
  due_provisional: boolean;
}

/**
 * What lies with an office: the open cases it leads, those that stand in its queue as receiving body, and those it received that are due by then.
 * What is due first comes first.
 */
export const findOpen = async (tx: ScopedTx, organizationId: string, queues: readonly string[], until: string): Promise<OpenRow[]> => {
  const { rows } = await sql<OpenRow>`
    select case_id, number, procedure_id, procedure_version, stage, light, overall_stopped, overall_due_at, handling_due_at, due_provisional from cases
    where ended_at is null and (lead_organization_id = ${organizationId} or (receiving_organization_id = ${organizationId}
      and (stage = any (${[...queues]}::text[]) or (not overall_stopped and overall_due_at <= ${until}::timestamptz))))
    order by least(handling_due_at, case when overall_stopped then null else overall_due_at end) nulls last, case_id limit ${MOST + 1}`.execute(
    tx,
  );
  return rows;
};

export interface SeenRow {
  case_id: string;
  title: string | null;
  procedure_id: string;
  procedure_version: number;
  stage: string;
}

/** Cases of a sheet as the reader sees them now. */
export const findSeen = async (tx: ScopedTx, caseIds: readonly string[]): Promise<SeenRow[]> => {
  if (caseIds.length === 0) return [];
  const { rows } = await sql<SeenRow>`
    select case_id, title, procedure_id, procedure_version, stage from cases where case_id = any (${[...caseIds]}::uuid[])
      and coalesce(respondent_organization_id <> all (scope_ids('organizations')), true)`.execute(tx);
  return rows;
};

export interface NoteRow {
  case_id: string;
  event_no: number;
  sealed: Buffer;
}

/** The last internal note of each case between two instants. */
export const findNotes = async (tx: ScopedTx, caseIds: readonly string[], from: string, to: string): Promise<NoteRow[]> => {
  if (caseIds.length === 0) return [];
  const { rows } = await sql<NoteRow>`
    select distinct on (e.case_id) e.case_id, e.event_no, c.sealed from events e join event_content c on c.case_id = e.case_id and c.event_no = e.event_no
    where e.case_id = any (${[...caseIds]}::uuid[]) and e.type = 'note.added'
      and e.recorded_at >= ${from}::timestamptz and e.recorded_at <= ${to}::timestamptz order by e.case_id, e.event_no desc`.execute(tx);
  return rows;
};

export interface KeptCase {
  readonly caseId: string;
  readonly number: string;
  readonly procedureId: string;
  readonly procedureVersion: number;
  readonly stage: string;
  readonly light: string;
  readonly dueAt?: string;
  readonly dueNext: boolean;
}

export interface HandoverRecord {
  handover_id: string;
  organization_id: string;
  /** The office that receives it: the same, or the one that went on with its work when it closed. */
  office_id: string;
  shift: Shift | null;
  next_shift: Shift | null;
  until: Date;
  cases: KeptCase[];
  more: boolean;
  words_sealed: Buffer | null;
  digest: Buffer;
  left_by: string;
  left_post: string;
  left_at: Date;
  received_by: string | null;
  received_post: string | null;
  received_at: Date | null;
  received_words_sealed: Buffer | null;
}

const SHEET = sql`select h.*, (with recursive way as (select o.organization_id, o.heir_id, o.valid_to from organization o where o.organization_id = h.organization_id
    union select o.organization_id, o.heir_id, o.valid_to from organization o join way w on o.organization_id = w.heir_id where w.valid_to <= today())
  select organization_id from way order by (valid_to is null or valid_to > today()) desc limit 1) as office_id from handover h`;

export const findHandover = async (tx: ScopedTx, id: string): Promise<HandoverRecord | undefined> =>
  (await sql<HandoverRecord>`${SHEET} where handover_id = ${id}`.execute(tx)).rows[0];

/** The same, held until this transaction is over. */
export const holdHandover = async (tx: ScopedTx, id: string): Promise<HandoverRecord | undefined> =>
  (await sql<HandoverRecord>`${SHEET} where handover_id = ${id} for update of h`.execute(tx)).rows[0];

/** The latest sheets of the caller's offices and of those whose work these took over, or of one of them. */
export const findHandovers = async (tx: ScopedTx, organizationId: string | undefined): Promise<HandoverRecord[]> => {
  const { rows } = await sql<HandoverRecord>`
    ${SHEET} where organization_id = any ((select with_forebears(scope_ids('organizations')))::uuid[])
      and (${organizationId ?? null}::uuid is null or organization_id = ${organizationId ?? null}::uuid)
    order by left_at desc, handover_id limit 60`.execute(tx);
  return rows;
};

export interface NewSheet {
  readonly id: string;
  readonly organizationId: string;
  readonly shift?: Shift;
  readonly next?: Shift;
  readonly until: string;
  readonly cases: readonly KeptCase[];
  readonly more: boolean;
  readonly words?: Buffer;
  readonly digest: Buffer;
  readonly personId: string;
  readonly postId: string;
  readonly now: string;
}

/** False when the id is in use, here or out of the caller's sight. */
export const insertHandover = async (tx: ScopedTx, sheet: NewSheet): Promise<boolean> => {
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  const { numAffectedRows } = await sql`
    insert into handover (handover_id, organization_id, shift, next_shift, until, cases, more, words_sealed, digest, left_by, left_post, left_at)
    values (${sheet.id}, ${sheet.organizationId}, ${json(sheet.shift)}::jsonb, ${json(sheet.next)}::jsonb, ${sheet.until}::timestamptz,
      ${json(sheet.cases)}::jsonb, ${sheet.more}, ${sheet.words ?? null}, ${sheet.digest}, ${sheet.personId}, ${sheet.postId}, ${sheet.now}::timestamptz)
    on conflict (handover_id) do nothing`.execute(tx);
  return numAffectedRows === 1n;
};

export const receiveSheet = async (
  tx: ScopedTx,
  id: string,
  receipt: { readonly personId: string; readonly postId: string; readonly words?: Buffer; readonly now: string },
): Promise<void> => {
  await sql`update handover set received_by = ${receipt.personId}, received_post = ${receipt.postId}, received_at = ${receipt.now}::timestamptz,
    received_words_sealed = ${receipt.words ?? null} where handover_id = ${id}`.execute(tx);
};
