import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { sql } from 'kysely';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withScope } from '../../platform/tx/tx.ts';

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

describe('the register of facilities', () => {
  const { people, areas } = WORLD;
  const LIFT = { kind: 'lift', name: { zh: '人民公园观光电梯' }, code: '99000001076000007', lon: 113.031, lat: 22.031 };
  const post = async (caller: Caller, url: string, body: object) => {
    const answer = await server.as(caller, { method: 'POST', url: `/api/v1/facilities${url}`, body: { commandId: v7(), ...body } });
    return answer.statusCode < 300 ? 200 : answer.json<{ code: string }>().code;
  };
  const one = async (id: string) => (await server.as(people.handlerA, { url: `/api/v1/facilities/${id}` })).json();
  const id = v7();

  it('is written by nobody who does not manage it, not in the database either', async () => {
    expect(await post(people.dispatcherA, '', { id, ...LIFT })).toBe('missingCapability');
    expect(await post('anonymous', '', { id, ...LIFT })).toBe('signInNeeded');
    await withScope(server.db.pools.app, people.dispatcherA.who, async ({ tx }) => {
      const changed = await sql`update facility set kind = 'bin'`.execute(tx);
      expect(changed.numAffectedRows).toBe(0n);
      const added = sql`insert into facility (facility_id, kind, name, area_id, lon, lat) values (${v7()}, 'bin', '{"zh":"桶"}', ${areas.gridA11.areaId}, 113.03, 22.03)`;
      await expect(added.execute(tx)).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('takes one in where its place lies, keeps each number once, and tells the log', async () => {
    const { administrator } = people;
    expect(await post(administrator, '', { id, ...LIFT, lon: 0, lat: 0 })).toBe('placeOutside');
    expect(await post(administrator, '', { id, ...LIFT, areaId: areas.townB.areaId })).toBe('placeElsewhere');
    expect(await post(administrator, '', { id, ...LIFT, code: '99000001037000001' })).toBe('facilityCodeTaken');
    expect(await post(administrator, '', { id, ...LIFT, kind: 'spaceship' })).toBe('invalidInput');
    expect(await post(administrator, '', { id, ...LIFT })).toBe(200);
    expect(await one(id)).toMatchObject({ areaId: areas.gridA11.areaId, synthetic: false, version: 2 });
    const { version: _, ...named } = { ...LIFT, areaId: areas.communityA1.areaId, version: 2 };
    expect(await post(administrator, `/${id}`, { version: 2, ...named, kind: 'toilet' })).toBe(200);
    expect(await post(administrator, `/${id}`, { version: 2, ...named })).toBe('changedMeanwhile');
    const found = await ask(`?areaId=${areas.townA.areaId}&q=${encodeURIComponent('观光')}`);
    expect(found.json().facilities).toMatchObject([{ id, kind: 'toilet', areaId: areas.communityA1.areaId }]);
    const log = await server.as(administrator, { url: `/api/v1/administration/log?kind=facility&subjectId=${id}` });
    expect(log.json().rows).toMatchObject([
      {
        what: 'changed',
        changes: [
          { field: 'kind', before: { zh: '电梯' }, after: { zh: '公共厕所' } },
          { field: 'areaId', after: { zh: WORLD.areas.communityA1.name.zh } },
        ],
      },
      { what: 'made' },
    ]);
  });

  it('is read page by page', async () => {
    const base = `?areaId=${areas.townA.areaId}&limit=1`;
    const first = (await ask(base)).json();
    expect(first).toMatchObject({ facilities: [{ code: '99000001037000001' }], more: true });
    const second = (await ask(`${base}&cursor=${encodeURIComponent(first.next)}`)).json();
    expect(second).toMatchObject({ facilities: [{ id }], more: false });
    expect(second.next).toBeUndefined();
    expect((await ask(`${base}&cursor=nowhere`)).json().code).toBe('badCursor');
  });

  it('offers no more what was taken out, while cases that name it keep it', async () => {
    expect(await post(people.administrator, `/${id}/close`, {})).toBe(200);
    expect(await post(people.administrator, `/${id}/close`, {})).toBe('facilityClosed');
    expect((await ask(`?code=${LIFT.code}`)).json().facilities).toEqual([]);
    expect((await ask(`?code=${LIFT.code}&closed=true`)).json().facilities).toMatchObject([{ id, closedOn: expect.any(String) }]);
    const filed = { id: v7(), text: '电梯困过人', facilityId: id };
    expect((await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body: filed })).statusCode).toBe(201);
    // Its number is free for what is put in its place.
    expect(await post(people.administrator, '', { id: v7(), ...LIFT })).toBe(200);
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
