import type { CaseState } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/tx/tx.ts';
import { putNoticeMessages } from '../../message/index.ts';

export interface Holder {
  person_id: string;
  post_id: string;
  organization_id: string;
  area_id: string;
  responsibility: number | null;
  capabilities: string[];
}

/** People who hold posts of these bodies or in these areas today. */
export const findHolders = async (
  tx: Tx,
  organizationIds: readonly string[],
  areaIds: readonly string[],
  day: string,
): Promise<Holder[]> => {
  const { rows } = await sql<Holder>`
    select h.person_id, po.post_id, po.organization_id, po.area_id, po.responsibility, r.capabilities
    from post po join post_role r using (role) join post_holding h using (post_id) join person pe on pe.person_id = h.person_id and pe.kind = 'staff'
    where (po.organization_id = any (${[...organizationIds]}::uuid[]) or po.area_id = any (${[...areaIds]}::uuid[]))
      and h.valid_from <= ${day}::date and coalesce(h.valid_to, 'infinity') > ${day}::date
      and po.valid_from <= ${day}::date and coalesce(po.valid_to, 'infinity') > ${day}::date`.execute(tx);
  return rows;
};

/** Posts on duty at an instant, by body. */
export const findOnDuty = async (tx: Tx, organizationIds: readonly string[], at: string): Promise<Set<string>> => {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from roster_shift where organization_id = any (${[...organizationIds]}::uuid[]) and starts_at <= ${at}::timestamptz and ends_at > ${at}::timestamptz`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.post_id));
};

export const findStates = async (
  tx: Tx,
  caseIds: readonly string[],
): Promise<Map<string, { state: CaseState; number: string; urgent: boolean }>> => {
  const { rows } = await sql<{ case_id: string; state: CaseState; number: string; urgent: boolean }>`
    select c.case_id, c.state, c.number, coalesce(k.grade = 'A', false) as urgent
    from cases c left join category k on k.category_id = c.category_id and k.version = c.category_version
    where c.case_id = any (${[...caseIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.case_id, row]));
};

/** Whose work a case was before each of these events: by the last event before it that named a body, and a person. */
export const findFormer = async (
  tx: Tx,
  events: readonly { readonly caseId: string; readonly eventNo: number }[],
): Promise<{ readonly caseId: string; readonly eventNo: number; readonly organizationId?: string; readonly handlerId?: string }[]> => {
  if (events.length === 0) return [];
  const said = (assigned: string) => sql`(
    select coalesce(h->'assign'->>${assigned}, h->'codes'->>${assigned}) from events e, lateral (select e.header::jsonb->'header' as h) x
    where e.case_id = n.case_id and e.event_no < n.event_no and (h->'assign' ? ${assigned} or h->'codes' ? ${assigned})
    order by e.event_no desc limit 1)`;
  const { rows } = await sql<{ case_id: string; event_no: number; organization_id: string | null; handler_id: string | null }>`
    select n.case_id, n.event_no, ${said('leadOrganizationId')} as organization_id, ${said('handlerId')} as handler_id
    from unnest(${events.map(({ caseId }) => caseId)}::uuid[], ${events.map(({ eventNo }) => eventNo)}::int[]) n (case_id, event_no)`.execute(
    tx,
  );
  return rows.map((row) => ({
    caseId: row.case_id,
    eventNo: row.event_no,
    ...(row.organization_id ? { organizationId: row.organization_id } : {}),
    ...(row.handler_id ? { handlerId: row.handler_id } : {}),
  }));
};

export interface NewNotice {
  readonly personId: string;
  readonly noticeId: string;
  /** Absent: not about a case. */
  readonly caseId?: string;
  readonly kind: string;
  readonly params: object;
  readonly urgent: boolean;
  readonly createdAt: string;
  /** When it is told; now or earlier is at once. */
  readonly tellAt: string;
}

/** The same notice again changes nothing, whether it was told or waits. */
export const putNotices = async (tx: Tx, notices: readonly NewNotice[], now: string): Promise<void> => {
  if (notices.length === 0) return;
  const { rows } = await sql<{ notice_id: string }>`
    insert into notice (person_id, notice_id, case_id, kind, params, urgent, created_at, tell_at, told_at)
    select (n->>'personId')::uuid, (n->>'noticeId')::uuid, (n->>'caseId')::uuid, n->>'kind', n->'params', (n->>'urgent')::boolean,
      (n->>'createdAt')::timestamptz, case when n->>'tellAt' > ${now} then (n->>'tellAt')::timestamptz end,
      case when n->>'tellAt' <= ${now} then ${now}::timestamptz end
    from jsonb_array_elements(${JSON.stringify(notices)}::jsonb) n on conflict (person_id, notice_id) do nothing
    returning case when told_at is not null then notice_id end as notice_id`.execute(tx);
  const told = new Set(rows.map((row) => row.notice_id));
  await putNoticeMessages(
    tx,
    notices.filter(({ noticeId }) => told.has(noticeId)),
    now,
  );
};
