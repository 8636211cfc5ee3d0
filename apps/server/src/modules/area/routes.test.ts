import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const get = async (url: string) => server.as('anonymous', { url: `/api/v1${url}` });

describe('somebody who is not signed in', () => {
  it('is told that an address is no point, and that an unknown area does not exist', async () => {
    for (const url of [
      '/areas/resolve',
      '/areas/resolve?lon=here&lat=22',
      '/areas/resolve?lon=999&lat=22',
      '/areas?parentId=1',
      '/areas/7',
    ]) {
      const answer = await get(url);
      expect([url, answer.statusCode]).toEqual([url, 400]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    expect((await get('/areas/00000000-0000-8000-8000-000000000000')).statusCode).toBe(404);
  });

  it('walks from the city down to a grid and sees its boundary', async () => {
    const { areas } = server.world;
    const top = (await get('/areas')).json().areas;
    expect(top).toMatchObject([{ id: areas.city.areaId, kind: 'city', code: '990000', synthetic: true }]);
    const towns = (await get(`/areas?parentId=${areas.city.areaId}`)).json().areas;
    expect(towns.map((town: { code: string }) => town.code)).toEqual(['990000101', '990000102']);
    const detail = (await get(`/areas/${areas.gridA12.areaId}`)).json();
    expect(detail.path.map((area: { id: string }) => area.id)).toEqual(areas.gridA12.path);
    expect(detail.boundary.coordinates[0][0]).toEqual([113.1, 22]);
  });

  it('learns where a point lies, with the dedicated grid over it, and nothing for a point outside', async () => {
    const { areas, points } = server.world;
    const inSchool = (await get(`/areas/resolve?lon=${points.inSchool.lon}&lat=${points.inSchool.lat}`)).json();
    expect(inSchool.area.id).toBe(areas.gridA11.areaId);
    expect(inSchool.path.map((area: { kind: string }) => area.kind)).toEqual(['city', 'town', 'community', 'grid']);
    expect(inSchool.overlays).toMatchObject([{ id: areas.schoolA.areaId, kind: 'dedicatedGrid' }]);
    expect((await get('/areas/resolve?lon=0&lat=0')).json()).toEqual({ path: [], overlays: [] });
  });
});
