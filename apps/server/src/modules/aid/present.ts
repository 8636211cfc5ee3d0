import type { AidStandard } from '@tongxin/domain/aid/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { StandardRecord } from './repo.ts';

export const presentStandard = (deps: Deps, row: StandardRecord): AidStandard => {
  const areaLabel = deps.directory.area(row.area_id)?.label;
  return {
    id: row.standard_id,
    areaId: row.area_id,
    ...(areaLabel ? { areaLabel } : {}),
    monthlyIncome: row.monthly_income,
    source: row.source,
    from: row.valid_from,
  };
};
