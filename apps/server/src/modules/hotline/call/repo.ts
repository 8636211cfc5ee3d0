import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface CallRow {
  readonly call_id: string;
  readonly organization_id: string;
  readonly direction: 'in' | 'out';
  readonly extension: string | null;
  readonly phone_sealed: Buffer | null;
  readonly began_at: Date;
  readonly person_id: string | null;
  readonly post_id: string | null;
  readonly answered_at: Date | null;
  readonly ended_at: Date | null;
  readonly closed_at: Date | null;
  readonly result: string | null;
  readonly passed_to: string | null;
}

const COLUMNS = sql`h.call_id, h.organization_id, h.direction, h.extension, h.phone_sealed, h.began_at, h.person_id, h.post_id, h.answered_at, h.ended_at,
  h.closed_at, h.result, h.passed_to`;

/** Calls of bodies that nobody has put away yet, the longest waiting first. */
export const findOpenCalls = async (tx: ScopedTx, organizationIds: readonly string[]): Promise<CallRow[]> =>
  (
    await sql<CallRow>`select ${COLUMNS} from hotline_call h where h.organization_id = any (${[...organizationIds]}::uuid[]) and h.closed_at is null
      order by h.began_at, h.call_id limit 100`.execute(tx)
  ).rows;

/** Stands for all that rings and is in hand: another one means that something rang, was taken, hung up or was put away. */
export const findCallsMark = async (tx: ScopedTx, organizationIds: readonly string[]): Promise<string> =>
  (
    await sql<{
      mark: string;
    }>`select coalesce(string_agg(h.call_id::text || coalesce(h.person_id::text, '-') || (h.ended_at is null), ',' order by h.call_id), '')
      as mark from hotline_call h where h.organization_id = any (${[...organizationIds]}::uuid[]) and h.closed_at is null`.execute(tx)
  ).rows[0]!.mark;

/** The latest calls of bodies that are over. */
export const findPastCalls = async (tx: ScopedTx, organizationIds: readonly string[], limit: number): Promise<CallRow[]> =>
  (
    await sql<CallRow>`select ${COLUMNS} from hotline_call h where h.organization_id = any (${[...organizationIds]}::uuid[]) and h.closed_at is not null
      order by h.began_at desc, h.call_id desc limit ${limit}`.execute(tx)
  ).rows;

/** A call of the caller's own bodies; locked, when it is to be changed. */
export const findCall = async (tx: ScopedTx, id: string, forUpdate = false): Promise<CallRow | undefined> =>
  (await sql<CallRow>`select ${COLUMNS} from hotline_call h where h.call_id = ${id} ${forUpdate ? sql`for update` : sql``}`.execute(tx))
    .rows[0];

export interface NewCall {
  readonly id: string;
  readonly organizationId: string;
  readonly direction: 'in' | 'out';
  readonly phone?: { readonly sealed: Buffer; readonly index: Buffer };
  readonly beganAt: string;
  readonly answeredAt?: string;
  readonly postId: string;
  /** Whoever has it; nobody any more when it is over. */
  readonly personId?: string;
  readonly over?: { readonly at: string; readonly result: string };
}

/** Writes a call; one with the same id stays as it is. */
export const insertCall = async (tx: ScopedTx, call: NewCall): Promise<void> => {
  const { over, phone } = call;
  await sql`insert into hotline_call (call_id, organization_id, direction, phone_sealed, phone_index, began_at, person_id, post_id, answered_at, ended_at,
      closed_at, result)
    values (${call.id}, ${call.organizationId}, ${call.direction}, ${phone?.sealed ?? null}, ${phone?.index ?? null}, ${call.beganAt}, ${call.personId ?? null},
      ${call.postId}, ${call.answeredAt ?? null}, ${over?.at ?? null}, ${over?.at ?? null}, ${over?.result ?? null}) on conflict (call_id) do nothing`.execute(
    tx,
  );
};

export const takeCall = async (tx: ScopedTx, id: string, personId: string, postId: string, now: string): Promise<void> => {
  await sql`update hotline_call set person_id = ${personId}, post_id = ${postId}, answered_at = ${now} where call_id = ${id}`.execute(tx);
};

/** The call is over and written up: the number goes, and with it whoever had it. */
export const closeCall = async (
  tx: ScopedTx,
  id: string,
  { result, passedTo, now }: { readonly result: string; readonly passedTo?: string; readonly now: string },
): Promise<void> => {
  await sql`update hotline_call set ended_at = coalesce(ended_at, ${now}), closed_at = ${now}, result = ${result}, passed_to = ${passedTo ?? null},
    phone_sealed = null, phone_index = null, person_id = null where call_id = ${id}`.execute(tx);
};

/** Says what a call did to a case; a deed is said once. */
export const putDeed = async (tx: ScopedTx, callId: string, caseId: string, deed: string): Promise<void> => {
  await sql`insert into hotline_call_case as l (case_id, call_id, deeds) values (${caseId}, ${callId}, ${[deed]}::text[])
    on conflict (case_id, call_id) do update set deeds = l.deeds || ${deed}::text where not ${deed} = any (l.deeds)`.execute(tx);
};

/** Telephone calls that did something to a case, the latest first. */
export const findCallsOfCase = async (tx: ScopedTx, caseId: string): Promise<(CallRow & { readonly deeds: readonly string[] })[]> =>
  (
    await sql<CallRow & { deeds: string[] }>`select ${COLUMNS}, l.deeds from hotline_call_case l join hotline_call h using (call_id)
      where l.case_id = ${caseId} and cardinality(l.deeds) > 0 order by h.began_at desc, h.call_id desc limit 100`.execute(tx)
  ).rows;
