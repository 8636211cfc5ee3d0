import { VectorTile } from '@mapbox/vector-tile';
import { tileOf } from '@tongxin/domain/map/rules.ts';
import { PbfReader } from 'pbf';

/** `z/x/y` of the tile a point lies in. */
export const tilePath = (lon: number, lat: number, zoom: number): string => {
  const { z, x, y } = tileOf(lon, lat, zoom);
  return `${z}/${x}/${y}`;
};

/** What a layer of a tile says of its features, in the order of the tile; empty where there is no such layer. */
export const featuresIn = (bytes: Buffer, layer: string): Readonly<Record<string, unknown>>[] => {
  const found = new VectorTile(new PbfReader(bytes)).layers[layer];
  return Array.from({ length: found?.length ?? 0 }, (_, i) => found!.feature(i).properties);
};
