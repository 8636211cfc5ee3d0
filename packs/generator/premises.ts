import type { PackPremises } from '@tongxin/domain/pack/schema.ts';
import type { CityPlan, Laid } from './areas.ts';
import { pointIn } from './partition.ts';
import { idOf } from './random.ts';

const KINDS = [
  ['shop', '便民商店', 3],
  ['restaurant', '家常菜馆', 8],
] as const;

/** Two small premises in each grid: a device has something to look up, and the pack stays small. Everything is invented. */
export const placePremises = (plan: CityPlan, laid: Laid): PackPremises[] =>
  laid.grids.flatMap((grid, i) =>
    KINDS.map(([kind, zh, staff], n): PackPremises => {
      const [lon, lat] = pointIn(laid.cellOf.get(grid.areaId)!, laid.lattice, 0.3 + n * 0.4, 0.4);
      return {
        premisesId: idOf(plan.pack, 'premises', `${grid.code}/${kind}`),
        kind,
        name: `${grid.name.zh}${zh}`,
        address: `${grid.name.zh}示例路${(i % 90) + 1}号`,
        areaId: grid.areaId,
        lon,
        lat,
        formId: 'premisesFacts',
        formVersion: 1,
        fields: { operator: `示例${zh}`, staff, gas: kind === 'restaurant' },
      };
    }),
  );
