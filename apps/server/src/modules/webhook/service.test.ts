import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { fillCases } from '@tongxin/testing/long-list.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { Webhook } from 'standardwebhooks';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { mayReach, postOut, unfitTarget } from '../../platform/http/outgoing.ts';
import { settleJobs } from '../../platform/jobs/worker.ts';

const { people, organizations, areas } = WORLD;
interface Got {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
let server: TestServer;
let receiver: Server;
let port: number;
let got: Got[] = [];
let answerWith = 200;

beforeAll(async () => {
  server = await testServer();
  Object.assign(server.deps.config, { webhooksTo: ['127.0.0.1'] });
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answerWith).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  port = (receiver.address() as AddressInfo).port;
});
afterAll(async () => {
  await new Promise((done) => receiver.close(done));
  await server.close();
});
beforeEach(() => {
  got = [];
  answerWith = 200;
});

const ask = async (caller: Caller, path: string, body?: unknown) => {
  const answer = await server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST', body }) });
  return { status: answer.statusCode, ...answer.json<Record<string, unknown>>() } as { readonly status: unknown } & Readonly<
    Record<string, unknown>
  >;
};
const settle = async (): Promise<void> => {
  await settleFeed(
    server.deps,
    manifests.flatMap(({ consumers = [] }) => consumers),
  );
  await settleJobs(
    server.deps,
    [],
    manifests.flatMap(({ tasks = [] }) => tasks),
  );
};
const hook = (more: object = {}) => ({
  id: v7(),
  organizationId: organizations.bodyA.organizationId,
  url: `http://127.0.0.1:${port}/hook`,
  events: ['case.assigned', 'case.filed', 'case.changed', 'case.resolved', 'case.ended'],
  ...more,
});
const verified = (secret: string, one: Got): { type: string; data: Record<string, unknown> } =>
  new Webhook(secret).verify(one.body, one.headers as Record<string, string>) as never;
const act = async (caller: Caller, id: string, action: string, input: object = {}): Promise<void> => {
  const { version } = (await server.as(caller, { url: `/api/v1/cases/${id}` })).json<CaseView>();
  const answer = await ask(caller, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  expect(answer.status).toBe(200);
};

describe('a subscription', () => {
  test('is made by who manages exchange over the body, and its secret is told once', async () => {
    for (const [caller, status] of [
      [people.dispatcherA, 403],
      [people.residentA, 403],
      ['anonymous', 401],
    ] as const)
      expect((await ask(caller, '/webhooks', hook())).status).toBe(status);
    const body = hook();
    const made = await ask(people.administrator, '/webhooks', body);
    expect(made).toMatchObject({ status: 'on', secret: expect.stringMatching(/^whsec_/u) });
    expect(await ask(people.administrator, '/webhooks', body)).not.toHaveProperty('secret');
    expect(JSON.stringify(await ask(people.administrator, '/webhooks'))).not.toContain(String(made.secret));
    const { rows } = await server.db.pools.maintenance.query<{ secret_sealed: Buffer }>('select secret_sealed from webhook');
    expect(rows[0]!.secret_sealed.toString('latin1')).not.toContain(String(made.secret).slice(6));
    await ask(people.administrator, `/webhooks/${body.id}/remove`, {});
  });
  test('is not made for inner addresses, other schemes, or addresses with a password', async () => {
    for (const [url, code] of [
      ['http://127.0.0.2/x', 'addressRefused'],
      ['https://10.1.2.3/x', 'addressRefused'],
      ['https://[::1]/x', 'addressRefused'],
      ['http://example.org/x', 'addressRefused'],
      ['ftp://example.org', 'badAddress'],
      ['https://user:word@example.org', 'badAddress'],
    ])
      expect([url, (await ask(people.administrator, '/webhooks', hook({ url }))).code]).toEqual([url, code]);
  });
});

describe('what is told', () => {
  test('is signed, holds ids and codes and no words, and reaches only the body that has the case', async () => {
    const [a, b] = [hook(), hook({ organizationId: organizations.bodyB.organizationId })];
    const inArea = hook({ areaId: areas.townB.areaId, organizationId: organizations.centreA.organizationId });
    const { secret } = await ask(people.administrator, '/webhooks', a);
    await ask(people.administrator, '/webhooks', b);
    const area = await ask(people.administrator, '/webhooks', inArea);
    const { idA, idB } = await fillCases(server, 0);
    await settle();
    await act(people.dispatcherA, idA, 'accept');
    await settle();
    await act(people.dispatcherA, idA, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    await settle();
    const told = got.map((one) => JSON.parse(one.body) as { type: string; data: { caseId: string } });
    expect(told.map(({ type, data }) => [type, data.caseId]).sort()).toEqual(
      [
        ['case.assigned', idA],
        ['case.filed', idB],
      ].sort(),
    );
    const assigned = got.find((one) => one.body.includes('case.assigned'))!;
    const { data } = verified(String(secret), assigned);
    expect(data).toMatchObject({ caseId: idA, action: 'dispatch', leadOrganizationId: organizations.bodyA.organizationId });
    expect(() => verified(String(area.secret), assigned)).toThrow();
    for (const words of ['路灯', '13800138000', '陈']) expect(got.map((one) => one.body).join()).not.toContain(words);
    // The feed told again tells nobody again.
    await server.db.pools.maintenance.query("update feed_cursor set position = 0 where consumer = 'webhook'");
    await settle();
    expect(got.filter((one) => one.body.includes('case.assigned'))).toHaveLength(1);
    for (const { id } of [a, b, inArea]) await ask(people.administrator, `/webhooks/${id}/remove`, {});
  });
  test('goes on with the old secret beside the new one for a day', async () => {
    const body = hook();
    const made = await ask(people.administrator, '/webhooks', body);
    const rotated = await ask(people.administrator, `/webhooks/${body.id}/secret`, {});
    await ask(people.administrator, `/webhooks/${body.id}/test`, {});
    await settle();
    for (const secret of [made.secret, rotated.secret]) expect(verified(String(secret), got[0]!)).toMatchObject({ type: 'ping' });
    server.deps.clock.advance(2 * 86_400_000);
    await ask(people.administrator, `/webhooks/${body.id}/test`, {});
    await settle();
    expect(() => verified(String(made.secret), got[1]!)).toThrow();
    expect(verified(String(rotated.secret), got[1]!)).toMatchObject({ type: 'ping' });
    await ask(people.administrator, `/webhooks/${body.id}/remove`, {});
  });
  test('is tried again, stands in the log, and is given up after three days with a notice to who made it', async () => {
    const body = hook();
    await ask(people.administrator, '/webhooks', body);
    const { idA } = await fillCases(server, 0);
    await act(people.dispatcherA, idA, 'accept');
    await act(people.dispatcherA, idA, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    answerWith = 500;
    await settle();
    const log = async () => ((await ask(people.administrator, `/webhooks/${body.id}/deliveries`)).deliveries as unknown as object[])[0];
    expect(await log()).toMatchObject({ status: 'waiting', attempts: 1, lastStatus: 500 });
    const again = () =>
      server.db.pools.maintenance.query("update graphile_worker._private_jobs set run_at = now() where key like 'webhook:%'");
    await again();
    answerWith = 204;
    await settle();
    expect(await log()).toMatchObject({ status: 'delivered', attempts: 2, lastStatus: 204 });
    answerWith = 500;
    await act(people.handlerA, idA, 'acknowledge');
    await settle();
    server.deps.clock.advance(4 * 86_400_000);
    await again();
    await settle();
    const found = (await ask(people.administrator, '/webhooks')).webhooks as unknown as object[];
    expect(found).toMatchObject([{ id: body.id, status: 'failed' }]);
    const { notices } = await ask(people.administrator, '/notices');
    expect(notices).toMatchObject([{ kind: 'webhookOff' }]);
    expect(await ask(people.administrator, `/webhooks/${body.id}`, { on: true })).toMatchObject({ status: 'on' });
  });
});

describe('sending out', () => {
  test('reaches no inner address, whatever form it is written in', () => {
    for (const address of [
      '127.0.0.1',
      '10.0.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '::1',
      '::ffff:10.0.0.1',
      'fd00::1',
      'fe80::1',
      '64:ff9b::a00:1',
      'nonsense',
    ])
      expect([address, mayReach(address, [])]).toEqual([address, false]);
    for (const address of ['203.0.114.1', '8.8.8.8', '2400:3200::1']) expect([address, mayReach(address, [])]).toEqual([address, true]);
    expect(mayReach('10.0.0.7', ['10.0.0.0/24'])).toBe(true);
    // The parser writes these forms as addresses before they are judged.
    for (const url of ['https://0x7f000001/', 'https://2130706433/', 'https://127.1/', 'https://[::ffff:7f00:1]/'])
      expect([url, unfitTarget(url, [])]).toEqual([url, 'addressRefused']);
  });
  test('judges what a name resolves to, not the name', async () => {
    expect(await postOut(`https://localhost:${port}/`, '{}', { headers: {}, allowed: [] })).toEqual({ problem: 'addressRefused' });
    expect(got).toEqual([]);
  });
});
