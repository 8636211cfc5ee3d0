import type { HeldPost } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import { type ScopedTx, send } from '../../../platform/tx/tx.ts';

export interface LeaseRow {
  readonly case_id: string;
  readonly person_id: string | null;
  readonly post_id: string | null;
  readonly organization_id: string | null;
  readonly since: Date;
  readonly expires_at: Date;
  readonly change: string;
}

const COLUMNS = sql`case_id, person_id, post_id, organization_id, since, expires_at, change`;

const leaseQuery = (caseId: string) => sql<LeaseRow>`select ${COLUMNS} from case_lease where case_id = ${caseId}`;

export const sendLease = (client: pg.PoolClient, caseId: string): Promise<pg.QueryResult<LeaseRow>> => send(client, leaseQuery(caseId));

export const findLease = async (tx: ScopedTx, caseId: string): Promise<LeaseRow | undefined> =>
  (await leaseQuery(caseId).execute(tx)).rows[0];

/** The side complained of is not told who of the office sits at its case (R5). */
const NOT_AGAINST_OWN = sql`exists (select 1 from cases c where c.case_id = case_lease.case_id
  and coalesce(c.respondent_organization_id <> all (scope_ids('organizations')), true))`;

/** What is in somebody's hands now, of the cases the caller sees. */
export const findLeases = async (tx: ScopedTx, now: string): Promise<LeaseRow[]> => {
  const { rows } = await sql<LeaseRow>`select ${COLUMNS} from case_lease
    where person_id is not null and expires_at > ${now} and ${NOT_AGAINST_OWN} order by change limit 2000`.execute(tx);
  return rows;
};

/** What changed hands after a change, in order. */
export const findLeasesAfter = async (tx: ScopedTx, change: number): Promise<LeaseRow[]> => {
  const { rows } = await sql<LeaseRow>`select ${COLUMNS} from case_lease
    where change > ${change} and ${NOT_AGAINST_OWN} order by change limit 2000`.execute(tx);
  return rows;
};

/** Changes are numbered in the order in which they commit: a screen that looks on from the last number misses none. */
const oneByOne = (tx: ScopedTx) => sql`select pg_advisory_xact_lock(7406831, 1)`.execute(tx);

/** Takes or keeps a case for somebody; from another, whose time is not over, only with `over`. Undefined: it stayed theirs. */
export const takeLease = async (
  tx: ScopedTx,
  lease: { readonly caseId: string; readonly personId: string; readonly post: HeldPost; readonly now: string; readonly until: string },
  over: boolean,
): Promise<LeaseRow | undefined> => {
  await oneByOne(tx);
  const { rows } = await sql<LeaseRow>`
    insert into case_lease (case_id, person_id, post_id, organization_id, since, expires_at, change)
    values (${lease.caseId}, ${lease.personId}, ${lease.post.postId}, ${lease.post.organizationId}, ${lease.now}, ${lease.until}, nextval('case_lease_change_no'))
    on conflict (case_id) do update set person_id = excluded.person_id, post_id = excluded.post_id, organization_id = excluded.organization_id,
      since = case when case_lease.person_id = excluded.person_id and case_lease.expires_at > ${lease.now} then case_lease.since else excluded.since end,
      expires_at = excluded.expires_at, change = excluded.change
      where ${over} or case_lease.person_id is null or case_lease.person_id = excluded.person_id or case_lease.expires_at <= ${lease.now}
    returning ${COLUMNS}`.execute(tx);
  return rows[0];
};

/** Lets a case go that is the person's own. The empty row stays until every screen has heard. */
export const dropLease = async (tx: ScopedTx, caseId: string, personId: string, now: string): Promise<void> => {
  await oneByOne(tx);
  await sql`update case_lease set person_id = null, post_id = null, organization_id = null, expires_at = ${now}, change = nextval('case_lease_change_no')
    where case_id = ${caseId} and person_id = ${personId}`.execute(tx);
};

/** Nobody of a body, or not somebody who left a post of it, has a case in hand any more. As whoever manages people or bodies there. */
export const endLeases = async (
  tx: ScopedTx,
  of: { readonly organizationId: string; readonly personId?: string; readonly postId?: string },
  now: Date,
): Promise<void> => {
  await sql`select end_leases(${of.organizationId}::uuid, ${of.personId ?? null}::uuid, ${of.postId ?? null}::uuid, ${now}::timestamptz)`.execute(
    tx,
  );
};

export const sweepLeases = async (tx: ScopedTx, before: string): Promise<void> => {
  await sql`select sweep_leases(${before})`.execute(tx);
};
