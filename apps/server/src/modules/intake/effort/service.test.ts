import type { AddressInfo } from 'node:net';
import { makeApi } from '@tongxin/client/api.ts';
import { makeHttp } from '@tongxin/client/http.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** 400 requests a minute: two filings an hour for nothing, four codes that open nothing in ten minutes. */
const LIMITS = { perMinute: 400, signInsPerMinute: 1e6, triesPerAccount: 1e6, mostLagMs: 0 };
let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await testServer({ limits: LIMITS });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}/api/v1`;
});
afterAll(() => server.close());

const report = (text: string) => ({ id: uuidv7(), text });
const file = (body: object, effort?: string) =>
  server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body, ...(effort ? { headers: { 'x-effort': effort } } : {}) });

describe('an address from which much is filed without sign-in', () => {
  test('has a few filings for nothing, then shows some work for each; a phone does it by itself', async () => {
    for (const text of ['路灯不亮', '井盖松动']) expect((await file(report(text))).statusCode).toBe(201);
    const third = report('垃圾没清');
    const asked = await file(third);
    expect([asked.statusCode, asked.json()]).toMatchObject([428, { code: 'effortNeeded', params: { bits: 14 } }]);
    expect((await server.db.pools.maintenance.query('select 1 from cases where case_id = $1', [third.id])).rowCount).toBe(0);
    const api = makeApi(makeHttp({ base, language: () => 'zh' }));
    expect(await api.fileCase(third)).toMatchObject({ id: third.id });
  });

  test('cannot pay with the work of another filing, with none, or with words', async () => {
    const one = await file(report('树枝断了'));
    const { stamp } = one.json().params;
    for (const effort of [`${stamp}.0`, 'abcdefghijklmnopqrstuv.1', 'x', ''])
      expect((await file(report('树枝又断了'), effort)).statusCode).toBe(428);
  });

  test('does not hold up who is signed in, nor a service of the house', async () => {
    for (const caller of [server.world.people.residentA, server.world.people.operator])
      expect((await server.as(caller, { method: 'POST', url: '/api/v1/cases', body: report('水管漏水') })).statusCode).toBe(201);
  });
});

test('whoever guesses query codes is told to wait, for codes that exist as for those that do not', async () => {
  const { queryCode } = (
    await server.as(server.world.people.residentA, { method: 'POST', url: '/api/v1/cases', body: report('水管爆了') })
  ).json();
  const look = async (code: string) => (await server.as('anonymous', { url: `/api/v1/receipts/${code}` })).statusCode;
  expect(await look(queryCode)).toBe(200);
  expect([await look('AAAA-AAAA-AAA1'), await look('AAAA-AAAA-AAA2'), await look('AAAA-AAAA-AAA3'), await look('AAAA-AAAA-AAA4')]).toEqual([
    404, 404, 404, 404,
  ]);
  expect([await look('AAAA-AAAA-AAA5'), await look(queryCode)]).toEqual([429, 429]);
});

test('a department’s system is counted by its key: one that asks too much waits, its neighbour behind the same address does not', async () => {
  const issue = async (): Promise<string> => {
    const { organizationId } = server.world.organizations.bodyA;
    const body = { id: uuidv7(), organizationId, name: '城建系统', days: 30 };
    return (await server.as(server.world.people.administrator, { method: 'POST', url: '/api/v1/api-tokens', body })).json().token;
  };
  const [busy, calm] = [await issue(), await issue()];
  const pull = async (token: string): Promise<number> =>
    (await server.as('anonymous', { url: '/api/v1/department/cases?limit=1', headers: { authorization: `Bearer ${token}` } })).statusCode;
  // A tenth of what an address may.
  const answers = await Promise.all(Array.from({ length: 41 }, () => pull(busy)));
  expect(answers.filter((status) => status === 200)).toHaveLength(40);
  expect([answers.filter((status) => status === 429).length, await pull(calm)]).toEqual([1, 200]);
});
