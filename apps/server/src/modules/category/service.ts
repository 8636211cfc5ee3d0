import type { CategoryView } from '@tongxin/domain/category/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { type CategoryRow, listCategories } from './repo.ts';

export const present = (row: CategoryRow): CategoryView => ({
  id: row.category_id,
  version: row.version,
  scheme: row.scheme,
  ...(row.parent_id ? { parentId: row.parent_id } : {}),
  name: row.name,
  ...(row.grade ? { grade: row.grade } : {}),
  ...(row.limit_amount !== null && row.limit_unit ? { limit: { amount: row.limit_amount, unit: row.limit_unit } } : {}),
  danger: [...(row.danger ?? [])],
  ...(row.organization_id ? { organizationId: row.organization_id } : {}),
  questions: [...row.questions],
});

export const categories = (deps: Deps, who: Who, scheme: string | undefined): Promise<CategoryView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await listCategories(tx, scheme)).map(present));
