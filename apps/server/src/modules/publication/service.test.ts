import type { PublicReports, ReviewRow } from '@tongxin/domain/publication/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

const { people, points, categories, areas, organizations } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, url: string, body?: object, method: 'POST' | 'PUT' = 'POST') =>
  server.as(caller, { url: `/api/v1${url}`, ...(body ? { method, body } : {}) });
const report = async (text: string, more: object = {}): Promise<string> => {
  const id = v7();
  const answer = await call('anonymous', '/cases', { id, text, categoryId: categories.lamp, point: points.inA11, ...more });
  expect(answer.statusCode, answer.body).toBe(201);
  return id;
};
const shown = async (query = ''): Promise<PublicReports> => (await call('anonymous', `/public/reports${query}`)).json();
const waiting = async (who: Caller): Promise<string[]> =>
  ((await call(who, '/publication/reviews')).json().rows as ReviewRow[]).map(({ id }) => id);
const decide = (who: Caller, id: string, body: object) => call(who, `/cases/${id}/publication`, body, 'PUT');

test('nothing is public, and nothing waits to be looked over, until an area says so; who may not say so does not', async () => {
  await report('门口路灯不亮');
  expect(await shown()).toEqual({ open: false, reports: [] });
  expect(await waiting(people.dispatcherA)).toEqual([]);
  const change = { commandId: v7(), version: 1, nearby: false, listed: true, categoryIds: ['municipal'] };
  expect((await call(people.dispatcherA, `/publication/areas/${areas.townA.areaId}`, change)).statusCode).toBe(403);
  const made = await call(people.administrator, `/publication/areas/${areas.townA.areaId}`, change);
  expect(made.statusCode, made.body).toBe(200);
  expect((await call(people.administrator, `/publication/areas/${areas.townA.areaId}`, { ...change, commandId: v7() })).statusCode).toBe(
    409,
  );
  expect(await shown()).toEqual({ open: true, reports: [] });
});

test('what is looked over is shown in the words written for it, coarse in place, and taken back', async () => {
  const id = await report('3栋302王女士门口路灯不亮，电话13812345678');
  expect(await waiting(people.dispatcherA)).toContain(id);
  expect(await waiting(people.dispatcherB)).not.toContain(id);
  expect((await decide(people.dispatcherA, id, { state: 'shown', version: 0 })).json().code).toBe('fieldMissing');
  expect((await decide(people.dispatcherA, id, { state: 'shown', words: '王小明先生门口路灯不亮', version: 0 })).json().code).toBe(
    'personInWords',
  );
  expect((await decide(people.dispatcherB, id, { state: 'shown', words: '路灯不亮', version: 0 })).statusCode).toBe(404);
  const decision = { state: 'shown', words: '小区门口路灯不亮', version: 0 };
  expect((await decide(people.dispatcherA, id, decision)).json()).toEqual({ version: 1 });
  expect((await decide(people.dispatcherA, id, decision)).json()).toEqual({ version: 1 });
  expect((await decide(people.dispatcherA2, id, { state: 'refused', version: 0 })).statusCode).toBe(409);
  const { reports } = await shown(`?areaId=${areas.townA.areaId}`);
  expect(reports).toMatchObject([{ words: '小区门口路灯不亮', ended: false, reportedOn: '2026-09-30' }]);
  expect(JSON.stringify(reports)).not.toMatch(/302|王|138|GD2026/u);
  const { place } = reports[0]!;
  const moved = Math.hypot(place!.lon - points.inA11.lon, place!.lat - points.inA11.lat);
  expect([moved > 0, moved < 0.006]).toEqual([true, true]);
  expect((await shown(`?areaId=${areas.townB.areaId}`)).reports).toEqual([]);
  expect((await decide(people.dispatcherA, id, { state: 'refused', version: 1 })).json()).toEqual({ version: 2 });
  expect((await shown()).reports).toEqual([]);
});

test('protected reporters, letters and complaints about a body are never offered; nor is what the area does not name', async () => {
  const ids = [
    await report('路灯坏了', { reporter: { protected: true } }),
    await report('请恢复路灯', { procedure: 'letter' }),
    await report('物业不修灯', { respondentOrganizationId: organizations.propertyA.organizationId }),
    await report('垃圾桶满了', { categoryId: categories.bin }),
  ];
  const offered = await waiting(people.dispatcherA);
  for (const id of ids) expect(offered).not.toContain(id);
  // Even decided by hand it is not shown: the view has no such rows.
  await decide(people.dispatcherA, ids[0]!, { state: 'shown', words: '路灯坏了', version: 0 });
  expect((await shown()).reports).toEqual([]);
});
