import type { AreaDetail, AreaView, ResolvedPoint } from '@tongxin/domain/area/schema.ts';
import type { Point } from '@tongxin/domain/case/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { presentArea } from './present.ts';
import { findAreas, findBoundary, listAreas } from './repo.ts';

export const childrenOf = (deps: Deps, who: Who, parentId: string | undefined): Promise<AreaView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await listAreas(tx, parentId)).map(presentArea));

export const viewArea = (deps: Deps, who: Who, areaId: string): Promise<AreaDetail> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const [area] = await findAreas(tx, [areaId]);
    if (!area) throw notFound();
    const boundary = await findBoundary(tx, areaId);
    return { area: presentArea(area), path: (await findAreas(tx, area.path)).map(presentArea), ...(boundary ? { boundary } : {}) };
  });

/** Where a point lies: the smallest area, its ancestors from the top, and dedicated grids over it. Outside every area all are empty. */
export const resolvePoint = (deps: Deps, who: Who, point: Point): Promise<ResolvedPoint> => {
  const { overlayIds, ...levels } = deps.places.resolve(point);
  const pathIds = Object.values(levels).filter((areaId) => areaId !== undefined);
  return withScope(deps.pools.app, who, async ({ tx }) => {
    const found = await findAreas(tx, [...pathIds, ...overlayIds]);
    const path = found.filter((row) => pathIds.includes(row.area_id)).map(presentArea);
    return {
      ...(path.length ? { area: path.at(-1) } : {}),
      path,
      overlays: found.filter((row) => overlayIds.includes(row.area_id)).map(presentArea),
    };
  });
};
