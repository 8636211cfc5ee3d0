import { namePointOf } from '@tongxin/domain/area/rules.ts';
import type { AreaKind } from '@tongxin/domain/area/schema.ts';
import { boundsOfTile, type Tile } from '@tongxin/domain/map/rules.ts';
import type { Polygon } from 'geojson';
import type { Deps } from '../../../platform/deps.ts';
import { readInScope, type Who } from '../../../platform/tx/tx.ts';
import { AROUND, encodeTile, type Feature, tileAt } from '../tile/service.ts';
import { type DrawnArea, sendAreasIn } from './repo.ts';

/** From which zoom a kind is drawn: before, its lines would lie on each other. */
const FROM_ZOOM = { city: 0, district: 6, town: 8, community: 10, grid: 13, dedicatedGrid: 13 } as const satisfies Record<AreaKind, number>;
/** Drawn a zoom earlier than named. */
const NAME_LATER = 1;

const kindsAt = (zoom: number): AreaKind[] => (Object.keys(FROM_ZOOM) as AreaKind[]).filter((kind) => zoom >= FROM_ZOOM[kind]);

const wordsOf = ({ area_id, kind, name }: DrawnArea) => ({ id: area_id, kind, zh: name.zh, ...(name.en ? { en: name.en } : {}) });

/** Layers `areas` (shapes) and `names` (a point well inside each) of one tile. */
export const areaTile = async (deps: Deps, who: Who, asked: Tile): Promise<Buffer> => {
  const tile = tileAt(asked);
  const [found] = await readInScope(deps.pools.app, who, (client) => [sendAreasIn(client, boundsOfTile(tile, AROUND), kindsAt(tile.z))]);
  const rows = found!.rows as DrawnArea[];
  return encodeTile(
    {
      areas: rows.map((row): Feature => ({ type: 'Feature', properties: wordsOf(row), geometry: row.geometry as unknown as Polygon })),
      names: rows
        .filter(({ kind }) => tile.z >= FROM_ZOOM[kind] + NAME_LATER)
        .map(
          (row): Feature => ({
            type: 'Feature',
            properties: wordsOf(row),
            geometry: { type: 'Point', coordinates: [...namePointOf(row.geometry)] },
          }),
        ),
    },
    tile,
  );
};
