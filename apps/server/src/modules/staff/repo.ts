import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface StaffRow {
  readonly person_id: string;
  readonly auth_user_id: string | null;
  readonly username: string | null;
  readonly name_sealed: Buffer | null;
  readonly password_once: boolean;
  readonly elsewhere: boolean;
}

export interface StaffQuery {
  readonly organizationId?: string;
  readonly personId?: string;
  /** How the user name begins. */
  readonly words?: string;
  readonly after?: { readonly name?: string; readonly id: string };
}

/** Staff who hold or held a post where the caller appoints, by user name. Throws 42501 for who appoints nowhere. */
export const findStaff = async (tx: ScopedTx, query: StaffQuery, limit: number): Promise<StaffRow[]> => {
  const { organizationId = null, personId = null, words, after } = query;
  const begins = words ? words.replaceAll(/[\\%_]/gu, '\\$&') : null;
  const { rows } = await sql<StaffRow>`
    select * from find_staff(${organizationId}::uuid, ${personId}::uuid, ${begins}, ${after?.name ?? null}, ${after?.id ?? null}::uuid, ${limit})`.execute(
    tx,
  );
  return rows;
};

export interface HoldingRow {
  readonly holding_id: string;
  readonly person_id: string;
  readonly post_id: string;
  readonly title: Label;
  readonly role: string;
  readonly organization_id: string;
  readonly organization: Label;
  readonly area_id: string;
  readonly area: Label;
  readonly valid_from: string;
  readonly valid_to: string | null;
}

const HOLDING = sql`select h.holding_id, h.person_id, h.post_id, po.title, po.role, o.organization_id, o.name as organization, po.area_id, a.name as area,
    h.valid_from::text as valid_from, h.valid_to::text as valid_to
  from post_holding h join post po using (post_id) join organization o using (organization_id) join area a on a.area_id = po.area_id`;

/** Every post people hold, held or will hold, the latest first. */
export const findHoldings = async (tx: ScopedTx, personIds: readonly string[]): Promise<HoldingRow[]> => {
  const { rows } = await sql<HoldingRow>`
    ${HOLDING} where h.person_id = any (${[...personIds]}::uuid[]) order by h.valid_from desc, h.holding_id`.execute(tx);
  return rows;
};

export const findHolding = async (tx: ScopedTx, holdingId: string): Promise<HoldingRow | undefined> => {
  const { rows } = await sql<HoldingRow>`${HOLDING} where h.holding_id = ${holdingId}`.execute(tx);
  return rows[0];
};

export interface AppointedPost {
  readonly post_id: string;
  readonly organization_id: string;
  readonly area_id: string;
  readonly role: string;
  readonly title: Label;
  readonly area_path: readonly string[];
  readonly body_path: readonly string[];
  readonly valid_from: string;
  readonly valid_to: string | null;
}

/** A post with the areas above it and above its body. */
export const findPost = async (tx: ScopedTx, postId: string): Promise<AppointedPost | undefined> => {
  const { rows } = await sql<AppointedPost>`
    select po.post_id, po.organization_id, po.area_id, po.role, po.title, pa.path::text[] as area_path, oa.path::text[] as body_path,
      po.valid_from::text as valid_from, po.valid_to::text as valid_to
    from post po join organization o using (organization_id) join area pa on pa.area_id = po.area_id join area oa on oa.area_id = o.area_id
    where po.post_id = ${postId} and o.valid_to is null`.execute(tx);
  return rows[0];
};

/** Who holds posts of a body on a day, with the capabilities of the post: one line for each holding. */
export const findColleagues = async (
  tx: ScopedTx,
  organizationId: string,
  day: string,
): Promise<{ person_id: string; post_id: string; title: Label; capabilities: string[] }[]> => {
  const { rows } = await sql<{ person_id: string; post_id: string; title: Label; capabilities: string[] }>`
    select h.person_id, po.post_id, po.title, r.capabilities from post po join post_role r using (role) join post_holding h using (post_id)
    where po.organization_id = ${organizationId} and h.valid_from <= ${day}::date and coalesce(h.valid_to, 'infinity') > ${day}::date
      and coalesce(po.valid_to, 'infinity') > ${day}::date
    order by po.responsibility nulls last, po.title->>'zh', h.person_id`.execute(tx);
  return rows;
};

/** Open joint tasks of a body, and shifts to come of a person in it. */
export const countBeside = async (
  tx: ScopedTx,
  organizationId: string,
  personId: string,
  now: Date,
): Promise<{ tasks: number; shifts: number }> => {
  const { rows } = await sql<{ tasks: number; shifts: number }>`select
    (select count(*)::int from task where organization_id = ${organizationId} and status in ('open', 'acknowledged')) as tasks,
    (select count(*)::int from roster_shift where organization_id = ${organizationId} and person_id = ${personId} and ends_at > ${now}) as shifts`.execute(
    tx,
  );
  return rows[0]!;
};

export const markPasswordGiven = async (tx: ScopedTx, personId: string): Promise<void> => {
  await sql`select password_given(${personId}::uuid)`.execute(tx);
};
