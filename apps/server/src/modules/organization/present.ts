import type { OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import type { OrganizationRow, PostRow } from './repo.ts';

export const presentOrganization = (row: OrganizationRow): OrganizationView => ({
  id: row.organization_id,
  kind: row.kind,
  name: row.name,
  areaId: row.area_id,
  ...(row.parent_id ? { parentId: row.parent_id } : {}),
  ...(row.mark ? { mark: row.mark } : {}),
  respondent: row.respondent,
  ...(row.closed_on ? { closedOn: row.closed_on } : {}),
  ...(row.heir_id ? { heirId: row.heir_id } : {}),
  synthetic: row.synthetic,
});

export const presentPost = (row: PostRow): PostView => ({
  id: row.post_id,
  organizationId: row.organization_id,
  areaId: row.area_id,
  role: row.role,
  title: row.title,
  ...(row.responsibility === null ? {} : { responsibility: row.responsibility }),
  holders: row.holders,
  ...(row.ended_on ? { endedOn: row.ended_on } : {}),
});
