import type { OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import type { OrganizationRow, PostRow } from './repo.ts';

export const presentOrganization = (row: OrganizationRow): OrganizationView => ({
  id: row.organization_id,
  kind: row.kind,
  name: row.name,
  areaId: row.area_id,
  ...(row.parent_id ? { parentId: row.parent_id } : {}),
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
});
