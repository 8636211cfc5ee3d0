import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { AreaRow } from './repo.ts';

export const presentArea = (row: AreaRow): AreaView => ({
  id: row.area_id,
  kind: row.kind,
  ...(row.parent_id ? { parentId: row.parent_id } : {}),
  name: row.name,
  ...(row.code ? { code: row.code } : {}),
  ...(row.scheme ? { codeSource: row.scheme } : {}),
  ...(row.setting ? { setting: row.setting } : {}),
  ...(row.households === null ? {} : { households: row.households }),
  synthetic: row.synthetic,
});
