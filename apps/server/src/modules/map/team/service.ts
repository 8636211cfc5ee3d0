import { namePointOf } from '@tongxin/domain/area/rules.ts';
import { boundsOfTile, type Tile } from '@tongxin/domain/map/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { readInScope, type Who } from '../../../platform/tx/tx.ts';
import { AROUND, encodeTile, type Feature, tileAt } from '../tile/service.ts';
import { type PlacedBody, sendBodiesIn } from './repo.ts';

/** Bodies with a place of their own to serve, from the zoom at which that place can be told from others. */
const FROM_ZOOM = { centre: 8, police: 8, committee: 12, gridTeam: 12, property: 14 } as const;
const named = (bodies: readonly PlacedBody[]): Feature => {
  // The first of them by kind: the centre where there is one.
  const { name } = bodies[0]!;
  const onDuty = bodies.reduce((sum, { on_duty }) => sum + on_duty, 0);
  return {
    type: 'Feature',
    properties: {
      id: bodies[0]!.area_id,
      kind: bodies[0]!.kind,
      n: bodies.length,
      zh: name.zh,
      ...(name.en ? { en: name.en } : {}),
      onDuty,
    },
    geometry: { type: 'Point', coordinates: [...namePointOf(bodies[0]!.geometry)] },
  };
};

/** Layer `teams`: the bodies of an area at one point of it, the first by name, with how many they are and how many of their posts are on duty. No person has a place on the map. */
export const teamTile = async (deps: Deps, who: Who, asked: Tile): Promise<Buffer> => {
  const tile = tileAt(asked);
  const kinds = Object.entries(FROM_ZOOM).flatMap(([kind, from]) => (tile.z >= from ? [kind] : []));
  const [found] = await readInScope(deps.pools.app, who, (client) => [
    sendBodiesIn(client, boundsOfTile(tile, AROUND), kinds, deps.clock.now().toISOString()),
  ]);
  const byArea = Map.groupBy(found!.rows as PlacedBody[], ({ area_id }) => area_id);
  return encodeTile({ teams: [...byArea.values()].map(named) }, tile);
};
