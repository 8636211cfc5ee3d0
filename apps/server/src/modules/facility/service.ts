import type { Bounds, FacilityView } from '@tongxin/domain/area/schema.ts';
import { boxOf } from '@tongxin/domain/map/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { type FacilityRow, findFacilities } from './repo.ts';

const MOST = 2000;
/** Side of the largest box that may be asked for, in degrees: a town and some more. */
const WIDEST = 0.5;

const present = (row: FacilityRow): FacilityView => ({
  id: row.facility_id,
  kind: row.kind,
  ...(row.code ? { code: row.code } : {}),
  name: row.name,
  areaId: row.area_id,
  lon: row.lon,
  lat: row.lat,
  synthetic: row.synthetic,
});

/** `west,south,east,north` in degrees. Throws 422 `badBox` or `boxTooWide`. */
export const boundsOf = (box: string): Bounds => {
  const bounds = boxOf(box);
  if (!bounds) throw invalid('badBox');
  const [west, south, east, north] = bounds;
  if (east - west > WIDEST || north - south > WIDEST) throw invalid('boxTooWide', { degrees: WIDEST });
  return bounds;
};

export const facilities = (
  deps: Deps,
  who: Who,
  { bbox, ...query }: { bbox?: string; areaId?: string; kind?: string; code?: string },
): Promise<{ facilities: FacilityView[]; more: boolean }> => {
  if (!bbox && !query.areaId && !query.code) throw invalid('placeMissing');
  return withScope(deps.pools.app, who, async ({ tx }) => {
    const rows = await findFacilities(tx, { ...query, ...(bbox ? { bounds: boundsOf(bbox) } : {}) }, MOST + 1);
    return { facilities: rows.slice(0, MOST).map(present), more: rows.length > MOST };
  });
};
