import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const ask = async (query: string) => server.as('anonymous', { url: `/api/v1/facilities${query}` });

describe('facilities', () => {
  it('are not listed without a place, in a broken box or in one as wide as a province', async () => {
    for (const [query, code] of [
      ['', 'placeMissing'],
      ['?bbox=1,2,3', 'badBox'],
      ['?bbox=a,b,c,d', 'badBox'],
      ['?bbox=114,22,113,23', 'badBox'],
      ['?bbox=110,20,115,25', 'boxTooWide'],
    ] as const) {
      const answer = await ask(query);
      expect([query, answer.statusCode, answer.json().code]).toEqual([query, 422, code]);
    }
  });

  it('are found by box, by area above them and by the number on the lamp post', async () => {
    const { areas, facilities } = server.world;
    for (const query of ['?bbox=113.02,22.02,113.04,22.04', `?areaId=${areas.townA.areaId}&kind=lamp`, '?code=99000001037000001'])
      expect((await ask(query)).json().facilities).toMatchObject([{ id: facilities.lampA11.facilityId, kind: 'lamp' }]);
    expect((await ask(`?areaId=${areas.townB.areaId}`)).json()).toEqual({ facilities: [], more: false });
  });
});

describe('categories', () => {
  it('come with limits and emergency numbers, for anybody', async () => {
    const { categories } = (await server.as('anonymous', { url: '/api/v1/categories' })).json();
    const gas = categories.find((category: { id: string }) => category.id === server.world.categories.gas);
    expect(gas).toMatchObject({ parentId: 'utility', grade: 'A', limit: { amount: 2, unit: 'hour' }, danger: ['119'] });
  });

  it('keep the version a case was filed under when a new one is published', async () => {
    await server.db.pools.maintenance.query(
      `insert into category (category_id, version, scheme, parent_id, name, grade, limit_amount, limit_unit, danger, valid_from)
       select category_id, 2, scheme, parent_id, name, 'D', 5, 'workingDay', danger, '2026-09-30' from category where category_id = $1 and version = 1`,
      [server.world.categories.lamp],
    );
    await server.deps.reload();
    const { directory } = server.deps;
    expect(directory.category(server.world.categories.lamp)).toMatchObject({ version: 2, limit: { amount: 5 } });
    expect(directory.category(server.world.categories.lamp, 1)).toMatchObject({ version: 1, limit: { amount: 3 } });
  });
});
