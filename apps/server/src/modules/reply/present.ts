import type { ReplyTemplate } from '@tongxin/domain/reply/schema.ts';
import type { TemplateRow } from './repo.ts';

export const presentTemplate = (row: TemplateRow): ReplyTemplate => ({
  id: row.template_id,
  organizationId: row.organization_id,
  title: row.title,
  text: row.text,
  categoryIds: row.category_ids,
  version: row.version,
  retired: row.retired_at !== null,
  updatedAt: new Date(row.updated_at).toISOString(),
});
