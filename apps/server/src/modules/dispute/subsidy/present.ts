import type { SubsidyRates } from '@tongxin/domain/dispute/subsidy/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { RatesRow } from './repo.ts';

export const presentRates = (deps: Deps, row: RatesRow): SubsidyRates => {
  const areaLabel = deps.directory.area(row.area_id)?.label;
  return {
    id: row.rates_id,
    areaId: row.area_id,
    from: row.from_month,
    source: row.source,
    amounts: row.amounts,
    manySides: row.many_sides,
    needsFile: row.needs_file,
    ...(areaLabel ? { areaLabel } : {}),
  };
};
