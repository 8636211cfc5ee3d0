import { bitsOfCells, keysOfTile, type Tile } from '@tongxin/domain/map/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { readInScope, type Who } from '../../../platform/tx/tx.ts';
import { encodeTile, type Feature, tileAt } from '../tile/service.ts';
import { type FacilityPoint, sendFacilities, sendFacilityCells } from './repo.ts';

/** A lamp post is looked for from close by; from farther off there would be nothing to see but lamp posts. */
const FROM_ZOOM = 13;
const MOST_POINTS = 800;
/** Cells of a tile: 2^4 a side. */
const FINER = 4;

const alone = ({ facility_id, kind, code, name, lon, lat }: FacilityPoint): Feature => ({
  type: 'Feature',
  properties: { id: facility_id, kind, zh: name.zh, ...(name.en ? { en: name.en } : {}), ...(code ? { code } : {}) },
  geometry: { type: 'Point', coordinates: [lon, lat] },
});

/** Layer `facilities` one by one, or `cells` with their number where there are too many. Throws 422 `zoomTooFar`. */
export const facilityTile = async (deps: Deps, who: Who, asked: Tile): Promise<Buffer> => {
  const tile = tileAt(asked);
  if (tile.z < FROM_ZOOM) throw invalid('zoomTooFar', { from: FROM_ZOOM });
  const keys = keysOfTile(tile);
  const [points] = await readInScope(deps.pools.app, who, (client) => [sendFacilities(client, keys, MOST_POINTS + 1)]);
  if (points!.rows.length <= MOST_POINTS) return encodeTile({ facilities: (points!.rows as FacilityPoint[]).map(alone) }, tile);
  const [cells] = await readInScope(deps.pools.app, who, (client) => [sendFacilityCells(client, keys, bitsOfCells(tile.z, FINER))]);
  const gathered = (cells!.rows as { n: number; lon: number; lat: number }[]).map(
    ({ n, lon, lat }): Feature => ({ type: 'Feature', properties: { n }, geometry: { type: 'Point', coordinates: [lon, lat] } }),
  );
  return encodeTile({ cells: gathered }, tile);
};
