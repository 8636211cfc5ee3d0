import type { Label } from '@tongxin/domain/label/schema.ts';
import { SERVICE_ORGANIZATION, SERVICES, type ServiceName } from '@tongxin/domain/organization/schema.ts';
import type { OrganizationKind } from '@tongxin/domain/pack/schema.ts';
import { ROLES } from '@tongxin/domain/post/policy.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/tx/tx.ts';

/** Makes the database's copy of the roles agree with domain/post/policy.ts. Maintenance role. */
export const saveRoles = async (tx: Tx): Promise<void> => {
  const roles = Object.entries(ROLES).map(([role, { sees, capabilities }]) => ({ role, sees, capabilities }));
  await sql`insert into post_role (role, sees, capabilities)
    select role, sees, capabilities from jsonb_populate_recordset(null::post_role, ${JSON.stringify(roles)})
    on conflict (role) do update set sees = excluded.sees, capabilities = excluded.capabilities
    where (post_role.sees, post_role.capabilities) is distinct from (excluded.sees, excluded.capabilities)`.execute(tx);
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

export interface OrganizationRow {
  readonly organization_id: string;
  readonly kind: OrganizationKind;
  readonly name: Label;
  readonly area_id: string;
  readonly parent_id: string | null;
  readonly synthetic: boolean;
}

export interface OrganizationQuery {
  readonly areaId?: string;
  /** Also bodies of areas below. */
  readonly deep?: boolean;
  readonly kind?: string;
}

export const findOrganizations = async (tx: Tx, { areaId, deep, kind }: OrganizationQuery, limit: number): Promise<OrganizationRow[]> => {
  const within = deep ? sql`area_id in (select area_id from area where path @> array[${areaId}::uuid])` : sql`area_id = ${areaId}`;
  const { rows } = await sql<OrganizationRow>`
    select organization_id, kind, name, area_id, parent_id, synthetic from organization
    where valid_to is null and ${areaId ? within : sql`true`} and ${kind ? sql`kind = ${kind}` : sql`true`}
    order by name->>'zh', organization_id limit ${limit}`.execute(tx);
  return rows;
};

export interface PostRow {
  readonly post_id: string;
  readonly organization_id: string;
  readonly area_id: string;
  readonly role: string;
  readonly title: Label;
  readonly responsibility: number | null;
  readonly holders: number;
}

/** Posts in force, with how many people hold each on a day. */
export const findPosts = async (
  tx: Tx,
  { organizationId, areaId, role }: { organizationId?: string; areaId?: string; role?: string },
  day: string,
  limit: number,
): Promise<PostRow[]> => {
  const { rows } = await sql<PostRow>`
    select p.post_id, p.organization_id, p.area_id, p.role, p.title, p.responsibility,
      (select count(distinct h.person_id)::int from post_holding h
        where h.post_id = p.post_id and h.valid_from <= ${day}::date and coalesce(h.valid_to, 'infinity') > ${day}::date) as holders
    from post p
    where p.valid_to is null and ${organizationId ? sql`p.organization_id = ${organizationId}` : sql`true`}
      and ${areaId ? sql`p.area_id = ${areaId}` : sql`true`} and ${role ? sql`p.role = ${role}` : sql`true`}
    order by p.organization_id, p.responsibility nulls last, p.title->>'zh', p.post_id limit ${limit}`.execute(tx);
  return rows;
};
