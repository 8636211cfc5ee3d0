import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { geoJSONToTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { isTile, type Tile } from '@tongxin/domain/map/rules.ts';
import type { Feature as GeoFeature, MultiPolygon, Point, Polygon } from 'geojson';
import { invalid } from '../../../platform/errors/problem.ts';
import { type Answer, answer } from '../../../platform/http/answer.ts';

export type Feature = GeoFeature<Polygon | MultiPolygon | Point>;
export const TILE_TYPE = 'application/vnd.mapbox-vector-tile';

const EXTENT = 4096;
/** What reaches this far over the edge is drawn in both tiles, so that no seam shows. In parts of 4096. */
const BUFFER = 64;
/** The same as a part of the tile's side. */
export const AROUND = BUFFER / EXTENT;

const pack = promisify(gzip);

/** Throws 422 `noTile`. */
export const tileAt = (tile: Tile): Tile => {
  if (!isTile(tile)) throw invalid('noTile');
  return tile;
};

/** Features by layer as a vector tile (Mapbox Vector Tile 2.1). Empty layers are left out. */
export const encodeTile = (layers: Readonly<Record<string, readonly Feature[]>>, { z, x, y }: Tile): Buffer => {
  const cut = Object.entries(layers)
    .filter(([, features]) => features.length > 0)
    .map(([name, features]) => {
      const collection = { type: 'FeatureCollection' as const, features: features as Feature[] };
      return [name, geoJSONToTile(collection, z, x, y, { maxZoom: z, extent: EXTENT, buffer: BUFFER, clip: true })] as const;
    })
    .filter(([, tile]) => tile.features.length > 0);
  return Buffer.from(fromGeojsonVt(Object.fromEntries(cut), { version: 2, extent: EXTENT }));
};

/** A tile on its way: packed, with a tag of its content, kept by the reader's own browser for so many seconds. */
export const tileAnswer = async (bytes: Buffer, seconds: number, accepted = 'gzip'): Promise<Answer<Buffer>> => {
  const packed = /\bgzip\b/u.test(accepted);
  return answer(packed ? await pack(bytes, { level: 5 }) : bytes, {
    version: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    headers: {
      'content-type': TILE_TYPE,
      'x-content-type-options': 'nosniff',
      'cache-control': `private, max-age=${seconds}`,
      vary: 'accept-encoding, cookie',
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
    },
  });
};
