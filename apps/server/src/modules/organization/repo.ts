import type { Label } from '@tongxin/domain/label/schema.ts';
import { SERVICE_ORGANIZATION, SERVICES, type ServiceName } from '@tongxin/domain/organization/schema.ts';
import type { OrganizationKind } from '@tongxin/domain/pack/schema.ts';
import { appointsTo, ROLES } from '@tongxin/domain/post/policy.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

/** Makes the database's copy of the roles agree with domain/post/policy.ts. Maintenance role. */
export const saveRoles = async (tx: Tx): Promise<void> => {
  const roles = Object.entries(ROLES).map(([role, { sees, capabilities }]) => ({ role, sees, capabilities, appoints: appointsTo(role) }));
  await sql`insert into post_role (role, sees, capabilities, appoints)
    select role, sees, capabilities, appoints from jsonb_populate_recordset(null::post_role, ${JSON.stringify(roles)})
    on conflict (role) do update set sees = excluded.sees, capabilities = excluded.capabilities, appoints = excluded.appoints
    where (post_role.sees, post_role.capabilities, post_role.appoints) is distinct from (excluded.sees, excluded.capabilities, excluded.appoints)`.execute(
    tx,
  );
};

/** The area everything lies in; undefined before any area was loaded. */
export const findTopArea = async (tx: Tx): Promise<string | undefined> => {
  const { rows } = await sql<{ area_id: string }>`
    select area_id from area where parent_id is null and valid_to is null order by valid_from, area_id limit 1`.execute(tx);
  return rows[0]?.area_id;
};

/** Makes the platform's service posts and lets each service in by its token, and by no older one. Maintenance role. */
export const saveServices = async (tx: Tx, areaId: string, tokens: Readonly<Record<ServiceName, string>>): Promise<void> => {
  await sql`insert into organization (organization_id, kind, name, area_id, valid_from)
    values (${SERVICE_ORGANIZATION.organizationId}, 'service', ${JSON.stringify(SERVICE_ORGANIZATION.name)}, ${areaId}, '2000-01-01')
    on conflict do nothing`.execute(tx);
  const rows = Object.entries(SERVICES).map(([name, service]) => ({ ...service, name, token: tokens[name as ServiceName] }));
  await sql`with service as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}) as s("personId" uuid, "postId" uuid, role text, title jsonb, name text, token text)),
    people as (insert into person (person_id, kind) select "personId", 'service' from service on conflict do nothing),
    posts as (insert into post (post_id, organization_id, area_id, role, title, valid_from)
      select "postId", ${SERVICE_ORGANIZATION.organizationId}::uuid, ${areaId}::uuid, role, title, '2000-01-01' from service on conflict do nothing)
    insert into post_holding (holding_id, post_id, person_id, valid_from)
      select "postId", "postId", "personId", '2000-01-01' from service on conflict do nothing`.execute(tx);
  await sql`delete from service_session where note like 'built-in: %' and token_hash <> all (
      select sha256(convert_to(token, 'UTF8')) from jsonb_to_recordset(${JSON.stringify(rows)}) as s(token text))`.execute(tx);
  await sql`insert into service_session (token_hash, person_id, expires_at, note)
    select sha256(convert_to(token, 'UTF8')), "personId", '2100-01-01', 'built-in: ' || name
    from jsonb_to_recordset(${JSON.stringify(rows)}) as s("personId" uuid, name text, token text)
    on conflict (token_hash) do nothing`.execute(tx);
};

/** The government of the first area and its administrator's post. Maintenance role. */
export const foundGovernment = async (
  tx: Tx,
  founded: { readonly organizationId: string; readonly postId: string; readonly areaId: string; readonly name: Label; readonly from: Date },
): Promise<void> => {
  const { organizationId, postId, areaId, name, from } = founded;
  await sql`insert into organization (organization_id, kind, name, area_id, valid_from)
    values (${organizationId}, 'government', ${JSON.stringify(name)}, ${areaId}, ${from}::timestamptz::date)`.execute(tx);
  await sql`insert into post (post_id, organization_id, area_id, role, title, valid_from)
    values (${postId}, ${organizationId}, ${areaId}, 'administrator', ${JSON.stringify({ zh: '平台管理员', en: 'Platform administrator' })},
      ${from}::timestamptz::date)`.execute(tx);
};

export interface OrganizationRow {
  readonly organization_id: string;
  readonly kind: OrganizationKind;
  readonly name: Label;
  readonly area_id: string;
  readonly parent_id: string | null;
  readonly mark: string | null;
  readonly respondent: boolean;
  readonly closed_on: string | null;
  readonly heir_id: string | null;
  readonly synthetic: boolean;
}

export interface OrganizationQuery {
  readonly areaId?: string;
  /** Also bodies of areas below. */
  readonly deep?: boolean;
  readonly kind?: string;
  /** Also those that were closed. */
  readonly closed?: boolean;
  readonly after?: { readonly name: string; readonly id: string };
}

const ORGANIZATION = sql`select organization_id, kind, name, area_id, parent_id, mark, respondent, valid_to::text as closed_on, heir_id, synthetic
  from organization`;

/** Bodies by name. */
export const findOrganizations = async (
  tx: Tx,
  { areaId, deep, kind, closed, after }: OrganizationQuery,
  limit: number,
): Promise<OrganizationRow[]> => {
  const within = deep ? sql`area_id in (select area_id from area where path @> array[${areaId}::uuid])` : sql`area_id = ${areaId}`;
  const { rows } = await sql<OrganizationRow>`
    ${ORGANIZATION}
    where ${closed ? sql`true` : sql`valid_to is null`} and ${areaId ? within : sql`true`} and ${kind ? sql`kind = ${kind}` : sql`true`}
      and ${after ? sql`(name->>'zh', organization_id) > (${after.name}, ${after.id}::uuid)` : sql`true`}
    order by name->>'zh', organization_id limit ${limit}`.execute(tx);
  return rows;
};

export const findOrganization = async (tx: Tx, organizationId: string): Promise<OrganizationRow | undefined> => {
  const { rows } = await sql<OrganizationRow>`${ORGANIZATION} where organization_id = ${organizationId}`.execute(tx);
  return rows[0];
};

export interface PostRow {
  readonly post_id: string;
  readonly organization_id: string;
  readonly area_id: string;
  readonly role: string;
  readonly title: Label;
  readonly responsibility: 1 | 2 | 3 | null;
  readonly holders: number;
  readonly ended_on: string | null;
}

export interface PostQuery {
  readonly organizationId?: string;
  readonly areaId?: string;
  readonly role?: string;
  readonly postId?: string;
  /** Also those that ended. */
  readonly closed?: boolean;
}

/** Posts in force, with how many people hold each on a day. */
export const findPosts = async (
  tx: Tx,
  { organizationId, areaId, role, postId, closed }: PostQuery,
  day: string,
  limit: number,
): Promise<PostRow[]> => {
  const { rows } = await sql<PostRow>`
    select p.post_id, p.organization_id, p.area_id, p.role, p.title, p.responsibility, p.valid_to::text as ended_on,
      (select count(distinct h.person_id)::int from post_holding h
        where h.post_id = p.post_id and h.valid_from <= ${day}::date and coalesce(h.valid_to, 'infinity') > ${day}::date) as holders
    from post p
    where ${closed ? sql`true` : sql`p.valid_to is null`} and ${postId ? sql`p.post_id = ${postId}` : sql`true`}
      and ${organizationId ? sql`p.organization_id = ${organizationId}` : sql`true`}
      and ${areaId ? sql`p.area_id = ${areaId}` : sql`true`} and ${role ? sql`p.role = ${role}` : sql`true`}
    order by p.organization_id, p.responsibility nulls last, p.title->>'zh', p.post_id limit ${limit}`.execute(tx);
  return rows;
};

export interface NewHolding {
  readonly holdingId: string;
  readonly postId: string;
  readonly personId: string;
  readonly from: string;
  readonly to?: string;
}

export const insertHolding = async (tx: ScopedTx, { holdingId, postId, personId, from, to }: NewHolding): Promise<void> => {
  await sql`insert into post_holding (holding_id, post_id, person_id, valid_from, valid_to)
    values (${holdingId}, ${postId}, ${personId}, ${from}, ${to ?? null})`.execute(tx);
};

/** Lets a holding end on a day: the first that no longer counts. Never before it began. */
export const endHolding = async (tx: ScopedTx, holdingId: string, to: string): Promise<void> => {
  await sql`update post_holding set valid_to = greatest(${to}::date, valid_from) where holding_id = ${holdingId}`.execute(tx);
};
