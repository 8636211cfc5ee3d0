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
  readonly organizationId: string | null;
  /** The case that an objection to it opened. */
  readonly objectionCaseId: string | null;
}

const readings = (whose: RawBuilder<unknown>, before: Date | undefined, limit: number) => sql<AccessRow>`
    select a.access_id as "accessId", a.read_at as at, a.purpose, a.fields, a.case_id as "caseId", po.title as post, o.name as organization,
      a.reader_organization_id as "organizationId", b.objection_case_id as "objectionCaseId"
    from person_access a left join post po on po.post_id = a.reader_post_id left join organization o on o.organization_id = a.reader_organization_id
      left join access_objection b on b.access_id = a.access_id
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

/** One reading of the actor's data, or of one party's. */
export const findAccess = async (
  tx: ScopedTx,
  accessId: string,
  whose: { readonly personId: string } | { readonly caseId: string; readonly partyId: string },
): Promise<AccessRow | undefined> =>
  (
    await readings(
      'personId' in whose
        ? sql`a.access_id = ${accessId} and a.person_id = ${whose.personId}`
        : sql`a.access_id = ${accessId} and a.case_id = ${whose.caseId} and a.party_id = ${whose.partyId}`,
      undefined,
      1,
    ).execute(tx)
  ).rows[0];

/** Notes the case that an objection opened: once for a reading. */
export const insertObjection = async (
  tx: ScopedTx,
  objection: {
    readonly accessId: string;
    readonly personId?: string;
    readonly partyId?: string;
    readonly caseId: string;
    readonly now: Date;
  },
): Promise<void> => {
  const { accessId, personId, partyId, caseId, now } = objection;
  await sql`insert into access_objection (access_id, person_id, party_id, objection_case_id, objected_at)
    values (${accessId}, ${personId ?? null}, ${partyId ?? null}, ${caseId}, ${now}) on conflict (access_id) do nothing`.execute(tx);
};

export interface OwnRow {
  readonly language: 'zh' | 'en';
  readonly largeType: boolean;
  readonly name: Buffer | null;
  readonly phone: Buffer | null;
  readonly phoneIndex: Buffer | null;
  readonly mail: Buffer | null;
  readonly mailIndex: Buffer | null;
  readonly authUserId: string | null;
}

/** The actor's own row, sealed. */
export const readOwn = async (tx: ScopedTx): Promise<OwnRow> =>
  (
    await sql<OwnRow>`
      select language, large_type as "largeType", name_sealed as name, phone_sealed as phone, phone_index as "phoneIndex", mail_sealed as mail,
        mail_index as "mailIndex", auth_user_id as "authUserId" from own_person()`.execute(tx)
  ).rows[0]!;

export const setOwn = async (tx: ScopedTx, { name, largeType }: { name: Buffer | null; largeType: boolean | null }): Promise<void> => {
  await sql`select set_own(${name}, ${largeType})`.execute(tx);
};

/** A member of staff, whose first password is somebody else's. */
export const insertStaff = async (
  tx: ScopedTx,
  { personId, nameSealed, language }: { readonly personId: string; readonly nameSealed: Buffer; readonly language: 'zh' | 'en' },
): Promise<void> => {
  await sql`insert into person (person_id, kind, auth_user_id, name_sealed, language, password_once)
    values (${personId}, 'staff', ${personId}, ${nameSealed}, ${language}, true)`.execute(tx);
};
