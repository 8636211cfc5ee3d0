import { dayOfDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import { bitsOfCells, keysOfTile, type Tile } from '@tongxin/domain/map/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { readInScope, type Who } from '../../../platform/tx/tx.ts';
import { encodeTile, type Feature, tileAt } from '../tile/service.ts';
import { type CellRow, type MapFilter, type PointRow, sendCells, sendPoints } from './repo.ts';

export interface MapQuery extends Omit<MapFilter, 'open'> {
  readonly show?: 'open' | 'filed' | undefined;
}

/** From here on cases are shown one by one. */
const POINTS_FROM = 14;
/** More than these in one tile are gathered into cells, with their number told. */
const MOST_POINTS = 600;
/** Cells of a tile: 2^4 a side. */
const FINER = 4;
/** Days of filing that may be asked for at once: a quarter. */
export const MOST_DAYS = 92;

/** Throws 422 `fieldUnfit`, `periodMissing`, `periodUnfit`. */
export const filterOf = ({ show = 'open', ...query }: MapQuery): MapFilter => {
  const { from, to } = query;
  for (const [field, date] of Object.entries({ from, to }))
    if (date !== undefined && !isDate(date)) throw invalid('fieldUnfit', { field, why: 'notDate' });
  if (show === 'filed' && !(from && to)) throw invalid('periodMissing');
  if (from && to && (from > to || (show === 'filed' && dayOfDate(to) - dayOfDate(from) >= MOST_DAYS)))
    throw invalid('periodUnfit', { days: MOST_DAYS });
  return { open: show === 'open', ...query };
};

const pointAt = ({ lon, lat }: { lon: number; lat: number }): Feature['geometry'] => ({ type: 'Point', coordinates: [lon, lat] });

/** The light of what has ended stays as it was: only of what is open it is told how many are late. */
const gathered =
  (open: boolean) =>
  (row: CellRow): Feature => ({ type: 'Feature', properties: { n: row.n, ...(open ? { late: row.late } : {}) }, geometry: pointAt(row) });

const alone = ({ case_id, number, stage, light, category_id, ...place }: PointRow): Feature => ({
  type: 'Feature',
  properties: { id: case_id, number, stage, light, ...(category_id ? { category: category_id } : {}) },
  geometry: pointAt(place),
});

/**
 * Cases the reader answers for: layer `cells` (how many, how many with a red light) from afar and where they stand too close; layer `cases`
 * one by one from close by. What is not mapped (migration …-map-index-places) is in neither.
 */
export const caseTile = async (deps: Deps, who: Who, asked: Tile, query: MapQuery): Promise<Buffer> => {
  const tile = tileAt(asked);
  const filter = filterOf(query);
  const keys = keysOfTile(tile);
  if (tile.z >= POINTS_FROM) {
    const [found] = await readInScope(deps.pools.app, who, (client) => [sendPoints(client, keys, MOST_POINTS + 1, filter)]);
    if (found!.rows.length <= MOST_POINTS) return encodeTile({ cases: (found!.rows as PointRow[]).map(alone) }, tile);
  }
  const [cells] = await readInScope(deps.pools.app, who, (client) => [sendCells(client, keys, bitsOfCells(tile.z, FINER), filter)]);
  return encodeTile({ cells: (cells!.rows as CellRow[]).map(gathered(filter.open)) }, tile);
};
