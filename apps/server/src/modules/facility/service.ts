import type { Bounds } from '@tongxin/domain/area/schema.ts';
import type { FacilityPage } from '@tongxin/domain/facility/schema.ts';
import { boxOf } from '@tongxin/domain/map/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { presentFacility } from './present.ts';
import { type FacilityQuery, findFacilities } from './repo.ts';

const MOST = 2000;
/** Side of the largest box that may be asked for, in degrees: a town and some more. */
const WIDEST = 0.5;

/** `west,south,east,north` in degrees. Throws 422 `badBox` or `boxTooWide`. */
export const boundsOf = (box: string): Bounds => {
  const bounds = boxOf(box);
  if (!bounds) throw invalid('badBox');
  const [west, south, east, north] = bounds;
  if (east - west > WIDEST || north - south > WIDEST) throw invalid('boxTooWide', { degrees: WIDEST });
  return bounds;
};

export interface FacilitySearch extends Pick<FacilityQuery, 'areaId' | 'kind' | 'code' | 'closed'> {
  readonly bbox?: string;
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

/** What stands in a box or an area, or bears a code: by code, page by page. Throws 422 `placeMissing`, `badBox`, `boxTooWide`, `badCursor`. */
export const facilities = (deps: Deps, who: Who, { bbox, q, cursor, limit = MOST, ...query }: FacilitySearch): Promise<FacilityPage> => {
  if (!bbox && !query.areaId && !query.code) throw invalid('placeMissing');
  const [, code, id] = /^(.*)_([0-9a-f-]{36})$/su.exec(cursor ?? '') ?? [];
  if (cursor !== undefined && (!id || code === undefined)) throw invalid('badCursor');
  const words = q?.trim();
  const asked: FacilityQuery = {
    ...query,
    ...(bbox ? { bounds: boundsOf(bbox) } : {}),
    ...(words ? { words } : {}),
    ...(id && code !== undefined ? { after: { code, id } } : {}),
  };
  return withScope(deps.pools.app, who, async ({ tx }) => {
    const rows = await findFacilities(tx, asked, limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      facilities: shown.map(presentFacility),
      more: last !== undefined,
      ...(last ? { next: `${last.code ?? ''}_${last.facility_id}` } : {}),
    };
  });
};
