import { type RawBuilder, sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface AccessRow {
  readonly accessId: string;
  readonly at: Date;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly caseId: string | null;
  readonly post: { zh: string; en?: string } | null;
  readonly organization: { zh: string; en?: string } | null;
}

const readings = (whose: RawBuilder<unknown>, before: Date | undefined, limit: number) => sql<AccessRow>`
    select a.access_id as "accessId", a.read_at as at, a.purpose, a.fields, a.case_id as "caseId", po.title as post, o.name as organization
    from person_access a left join post po on po.post_id = a.reader_post_id left join organization o on o.organization_id = a.reader_organization_id
    where ${whose} and a.read_at < ${before ?? 'infinity'}::timestamptz
    order by a.read_at desc, a.access_id limit ${limit}`;

/** Readings of the actor's own data, latest first; row-level security shows nobody else's, and the filter keeps a case's others out. */
export const listAccess = async (tx: ScopedTx, personId: string, before: Date | undefined, limit: number): Promise<AccessRow[]> =>
  (await readings(sql`a.person_id = ${personId}`, before, limit).execute(tx)).rows;

/** Readings of one party of a case, latest first. */
export const listPartyAccess = async (
  tx: ScopedTx,
  party: { readonly caseId: string; readonly partyId: string },
  before: Date | undefined,
  limit: number,
): Promise<AccessRow[]> =>
  (await readings(sql`a.case_id = ${party.caseId} and a.party_id = ${party.partyId}`, before, limit).execute(tx)).rows;

/** The actor's own sealed name and telephone. */
export const readOwnSealed = async (
  tx: ScopedTx,
): Promise<{ name: Buffer | null; phone: Buffer | null; phoneIndex: Buffer | null } | undefined> => {
  const { rows } = await sql<{ name: Buffer | null; phone: Buffer | null; phoneIndex: Buffer | null }>`
    select name_sealed as name, phone_sealed as phone, phone_index as "phoneIndex" from own_person()`.execute(tx);
  return rows[0];
};

/** A member of staff, whose first password is somebody else's. */
export const insertStaff = async (
  tx: ScopedTx,
  { personId, nameSealed, language }: { readonly personId: string; readonly nameSealed: Buffer; readonly language: 'zh' | 'en' },
): Promise<void> => {
  await sql`insert into person (person_id, kind, auth_user_id, name_sealed, language, password_once)
    values (${personId}, 'staff', ${personId}, ${nameSealed}, ${language}, true)`.execute(tx);
};
