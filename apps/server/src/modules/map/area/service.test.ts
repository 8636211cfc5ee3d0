import { gunzipSync } from 'node:zlib';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featuresIn, tilePath } from '../build.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const ask = (path: string, headers: Record<string, string> = { 'accept-encoding': 'identity' }) =>
  server.as('anonymous', { url: `/api/v1/map/tiles/areas/${path}.mvt`, headers });
const namesIn = (bytes: Buffer, layer: string): string[] =>
  featuresIn(bytes, layer)
    .map(({ zh }) => String(zh))
    .sort();

describe('the ground of a map', () => {
  it('has no tile outside the square map, between tiles or closer than a house', async () => {
    for (const path of ['1/2/0', '1/0/2', '21/0/0']) {
      const answer = await ask(path);
      expect([path, answer.statusCode, answer.json().code]).toEqual([path, 422, 'noTile']);
    }
    for (const path of ['1/0/-1', '1/0/0.5', 'x/0/0', '1/1e9/0']) expect([path, (await ask(path)).statusCode]).toEqual([path, 400]);
  });

  it('shows grids with their names from close by, and towns alone from afar', async () => {
    const near = (await ask(tilePath(113.05, 22.05, 14))).rawPayload;
    expect(namesIn(near, 'areas')).toEqual(
      expect.arrayContaining(['甲一社区学校专属网格', '甲一社区第1网格', '甲一社区', '甲镇', '示例市']),
    );
    expect(namesIn(near, 'names')).toContain('甲一社区学校专属网格');
    const far = (await ask(tilePath(113.05, 22.05, 9))).rawPayload;
    expect(namesIn(far, 'areas')).toEqual(['乙镇', '甲镇', '示例市']);
    expect(namesIn(far, 'names')).toContain('甲镇');
  });

  it('comes packed and is not sent again while it is the same', async () => {
    const path = tilePath(113.05, 22.05, 12);
    const first = await ask(path, { 'accept-encoding': 'gzip' });
    expect(first.headers).toMatchObject({
      'content-type': 'application/vnd.mapbox-vector-tile',
      'content-encoding': 'gzip',
      'cache-control': 'private, max-age=60',
    });
    expect(namesIn(gunzipSync(first.rawPayload), 'areas')).toContain('甲镇');
    expect((await ask(path, { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304);
  });

  it('is an empty tile over the sea', async () => {
    const answer = await ask(tilePath(120, 10, 10));
    expect([answer.statusCode, answer.rawPayload.length]).toEqual([200, 0]);
  });
});

describe('areas by name', () => {
  it('are found by a part of it in either language, the larger first, with what lies above and the box to look at', async () => {
    const { areas } = server.world;
    const find = async (q: string) => (await server.as('anonymous', { url: `/api/v1/map/areas?q=${encodeURIComponent(q)}` })).json().areas;
    expect((await find('甲一社区'))[0]).toEqual({
      id: areas.communityA1.areaId,
      kind: 'community',
      label: areas.communityA1.name,
      bounds: [...areas.communityA1.bbox],
      path: [areas.city.name, areas.townA.name],
    });
    expect((await find('town b')).map(({ id }: { id: string }) => id)).toEqual([areas.townB.areaId]);
    expect(await find('没有这个地方')).toEqual([]);
    expect(await find("' or 1=1 --")).toEqual([]);
  });
});
