import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { tileOf } from '@tongxin/domain/map/rules.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const ask = (path: string, headers: Record<string, string> = {}) =>
  server.as('anonymous', { url: `/api/v1/map/tiles/areas/${path}.mvt`, headers });
const at = (lon: number, lat: number, zoom: number): string => {
  const { z, x, y } = tileOf(lon, lat, zoom);
  return `${z}/${x}/${y}`;
};
const namesOf = (tile: VectorTile, layer: string): string[] => {
  const found = tile.layers[layer];
  return Array.from({ length: found?.length ?? 0 }, (_, i) => String(found!.feature(i).properties.zh)).sort();
};

describe('the ground of a map', () => {
  it('has no tile outside the square map, between tiles or closer than a house', async () => {
    for (const path of ['1/2/0', '1/0/2', '21/0/0']) {
      const answer = await ask(path);
      expect([path, answer.statusCode, answer.json().code]).toEqual([path, 422, 'noTile']);
    }
    for (const path of ['1/0/-1', '1/0/0.5', 'x/0/0', '1/1e9/0']) expect([path, (await ask(path)).statusCode]).toEqual([path, 400]);
  });

  it('shows grids with their names from close by, and towns alone from afar', async () => {
    const { points } = server.world;
    const near = new VectorTile(new PbfReader((await ask(at(113.05, 22.05, 14), { 'accept-encoding': 'identity' })).rawPayload));
    expect(namesOf(near, 'areas')).toEqual(
      expect.arrayContaining(['甲一社区学校专属网格', '甲一社区第1网格', '甲一社区', '甲镇', '示例市']),
    );
    expect(namesOf(near, 'names')).toContain('甲一社区学校专属网格');
    const far = new VectorTile(
      new PbfReader((await ask(at(points.inA11.lon, points.inA11.lat, 9), { 'accept-encoding': 'identity' })).rawPayload),
    );
    expect(namesOf(far, 'areas')).toEqual(['乙镇', '甲镇', '示例市']);
    expect(namesOf(far, 'names')).toEqual(expect.arrayContaining(['甲镇']));
  });

  it('comes packed and is not sent again while it is the same', async () => {
    const path = at(113.05, 22.05, 12);
    const first = await ask(path, { 'accept-encoding': 'gzip' });
    expect(first.headers).toMatchObject({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'content-encoding': 'gzip',
      'cache-control': 'private, max-age=60',
    });
    expect(new VectorTile(new PbfReader(gunzipSync(first.rawPayload))).layers.areas!.length).toBeGreaterThan(0);
    expect((await ask(path, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304);
  });

  it('is an empty tile over the sea', async () => {
    const answer = await ask(at(120, 10, 10), { 'accept-encoding': 'identity' });
    expect([answer.statusCode, Object.keys(new VectorTile(new PbfReader(answer.rawPayload)).layers)]).toEqual([200, []]);
  });
});
