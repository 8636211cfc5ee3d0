import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { FollowedView, NearbyReport, OwnFollowing } from '@tongxin/domain/follow/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const { people, organizations, points, categories, areas } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, url: string, body?: object, method: 'POST' | 'PUT' | 'DELETE' = 'POST') =>
  server.as(caller, { url: `/api/v1${url}`, ...(body || method === 'DELETE' ? { method, ...(body ? { body } : {}) } : {}) });
const report = async (text: string, more: object = {}): Promise<{ id: string; queryCode: string }> => {
  const answer = await call('anonymous', '/cases', { id: v7(), text, categoryId: categories.lamp, point: points.inA11, ...more });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const act = async (who: Caller, id: string, action: string, input: object = {}): Promise<void> => {
  const { version } = (await call(who, `/cases/${id}`)).json<CaseView>();
  const answer = await call(who, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  expect(answer.statusCode, answer.body).toBe(200);
};
const { lon, lat } = points.inA11;
const nearby = async (question = `lon=${lon}&lat=${lat}`): Promise<NearbyReport[]> => {
  const answer = await call('anonymous', `/nearby?${question}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().reports;
};
const say = async (areaId: string, setting: object): Promise<void> => {
  const known = (await call(people.administrator, '/publication/areas')).json().areas as { areaId: string; version: number }[];
  const version = known.find((one) => one.areaId === areaId)?.version ?? 1;
  const answer = await call(people.administrator, `/publication/areas/${areaId}`, { commandId: v7(), version, listed: false, ...setting });
  expect(answer.statusCode, answer.body).toBe(200);
};

describe('what was reported around a spot', () => {
  test('is told to nobody until the area says so', async () => {
    await report('门口路灯不亮');
    expect(await nearby()).toEqual([]);
  });

  test('is then told by kind, day, state and community, of the categories named alone, and never in words', async () => {
    await say(areas.townA.areaId, { nearby: true, categoryIds: ['municipal'] });
    await report('垃圾桶满了', { categoryId: categories.bin });
    const found = await nearby();
    expect(found.length).toBe(1);
    expect(found[0]).toMatchObject({ categoryId: categories.lamp, reportedOn: '2026-09-30', followers: 0 });
    expect(JSON.stringify(found)).not.toMatch(/门口|number|lon|lat|GD2026/u);
  });

  test('leaves out protected reporters, complaints about a body, letters, what has ended and what is far', async () => {
    const before = (await nearby()).length;
    await report('路灯坏了', { reporter: { protected: true } });
    await report('物业不修灯', { respondentOrganizationId: organizations.propertyA.organizationId });
    await report('请恢复路灯', { procedure: 'letter' });
    await report('远处的灯', { point: { lon: lon + 0.02, lat } });
    const ended = await report('灯泡不亮');
    await act(people.dispatcherA, ended.id, 'accept');
    await act(people.dispatcherA, ended.id, 'answerDirectly', { reply: '已通知。' });
    expect((await nearby()).length).toBe(before);
  });
});

describe('我也遇到了', () => {
  test('gives a code of one’s own; the same again the same; a reference nobody gave is not found', async () => {
    const [one] = await nearby();
    const body = { id: v7(), ref: one!.ref };
    const first = await call('anonymous', '/nearby/follows', body);
    expect(first.statusCode, first.body).toBe(200);
    expect((await call('anonymous', '/nearby/follows', body)).json()).toEqual(first.json());
    expect((await nearby())[0]!.followers).toBe(1);
    for (const ref of [`${one!.ref.slice(0, -4)}AAAA`, 'A'.repeat(60)])
      expect((await call('anonymous', '/nearby/follows', { id: v7(), ref })).statusCode).toBe(404);
  });

  test('opens what the office did and answered, and neither the reporter’s words nor the case; neither sees the other', async () => {
    const { id, queryCode: reporters } = await report('我家302门前路灯不亮，联系人：王小明', {
      point: { lon: lon + 0.01, lat: lat + 0.002 },
      reporter: { phone: '13812345678' },
    });
    const [there] = await nearby(`lon=${lon + 0.01}&lat=${lat + 0.002}`);
    const { queryCode } = (await call('anonymous', '/nearby/follows', { id: v7(), ref: there!.ref })).json();
    await act(people.dispatcherA, id, 'accept');
    await act(people.dispatcherA, id, 'answerDirectly', { reply: '已修好，请王小明先生放心。' });
    const seen = await call('anonymous', `/follows/${queryCode}`);
    expect(seen.statusCode, seen.body).toBe(200);
    const followed: FollowedView = seen.json();
    expect(followed.record.length).toBeGreaterThanOrEqual(2);
    expect(seen.body).toContain('已修好');
    expect(seen.body).not.toMatch(/302|王小明|13812345678|GD2026/u);
    // The code of a follower is no query code, and leads to no file of the case.
    for (const url of [`/receipts/${queryCode}`, `/receipts/${queryCode}/share`, `/receipts/${queryCode}/files/${v7()}`])
      expect((await call('anonymous', url)).statusCode).toBe(404);
    expect((await call('anonymous', `/follows/${reporters}`)).statusCode).toBe(404);
    expect((await call('anonymous', `/receipts/${reporters}`)).body).not.toContain('follow');
    expect((await call(people.dispatcherA, `/cases/${id}/followers`)).json()).toEqual({ n: 1 });
  });

  test('after the reporter took it back says that nothing was answered; and is given up without a trace', async () => {
    const { id, queryCode: reporters } = await report('路灯闪烁', { point: { lon: lon - 0.01, lat } });
    const [there] = await nearby(`lon=${lon - 0.01}&lat=${lat}`);
    const { queryCode } = (await call('anonymous', '/nearby/follows', { id: v7(), ref: there!.ref })).json();
    const { version } = (await call('anonymous', `/receipts/${reporters}`)).json<CaseView>();
    await call('anonymous', `/receipts/${reporters}/actions`, { commandId: v7(), action: 'withdraw', version });
    expect((await call('anonymous', `/follows/${queryCode}`)).json()).toMatchObject({ ended: true, unanswered: true });
    expect((await call('anonymous', `/follows/${queryCode}`, undefined, 'DELETE')).statusCode).toBe(200);
    expect((await call('anonymous', `/follows/${queryCode}`)).statusCode).toBe(404);
    const { rows } = await server.db.pools.maintenance.query('select count(*)::int as n from follower where case_id = $1', [id]);
    expect(rows[0]).toEqual({ n: 0 });
  });

  test('stands on the page of whoever is signed in, also what was followed without an account; to nobody else, and let go it is gone', async () => {
    const { residentA, residentB, dispatcherA } = people;
    const { id } = await report('车棚边路灯不亮', { point: points.inA12 });
    const around = `lon=${points.inA12.lon}&lat=${points.inA12.lat}`;
    const join = async (who: Caller) => {
      const [{ ref }] = (await nearby(around)) as [NearbyReport];
      return (await call(who, '/nearby/follows', { id: v7(), ref })).json().queryCode as string;
    };
    const own = async (who: Caller) =>
      ((await call(who, '/me/follows')).json().follows as OwnFollowing[]).map(({ queryCode }) => queryCode);
    const [signedIn, before] = [await join(residentA), await join('anonymous')];
    expect(await own(residentA)).toEqual([signedIn]);
    for (let n = 0; n < 2; n++) expect((await call(residentA, '/me/follows', { code: before })).statusCode).toBe(200);
    expect((await own(residentA)).sort()).toEqual([signedIn, before].sort());
    const refused = async (who: Caller, code: string) => {
      const answer = await call(who, '/me/follows', { code });
      return [answer.statusCode, answer.json().code];
    };
    expect(await refused(residentB, before)).toEqual([409, 'claimTaken']);
    expect(await refused(residentB, 'ABCD-EFGH-JKLM')).toEqual([404, 'codeUnknown']);
    expect(await refused(dispatcherA, before)).toEqual([403, 'residentsOnly']);
    expect(await own(residentB)).toEqual([]);
    expect(JSON.stringify((await call(dispatcherA, `/cases/${id}/followers`)).json())).toBe('{"n":2}');
    const [mine] = (await call(residentA, '/me/follows')).json().follows;
    expect(mine).toMatchObject({ categoryLabel: { zh: '路灯不亮' }, ended: false });
    expect(JSON.stringify(mine)).not.toMatch(new RegExp(`车棚|${id}`, 'u'));
    expect((await call('anonymous', `/follows/${before}`, undefined, 'DELETE')).statusCode).toBe(200);
    expect(await own(residentA)).toEqual([signedIn]);
    // Nothing of it is readable past the page, whoever asks the database as requests do.
    await expect(server.db.pools.app.query('select person_id from follower')).rejects.toMatchObject({ code: '42501' });
  });
});
