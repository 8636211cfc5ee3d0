import type { CaseView } from '@tongxin/domain/case/view.ts';
import { fillCases } from '@tongxin/testing/long-list.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD, type WorldPerson } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';

const { people, organizations, points } = WORLD;
let server: TestServer;
let tokenA: string;
let tokenB: string;
let tokenId: string;

const ask = async (who: WorldPerson | string, path: string, body?: unknown) => {
  const call = { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST' as const, body }) };
  const answer =
    typeof who === 'string'
      ? await server.as('anonymous', { ...call, headers: { authorization: `Bearer ${who}` } })
      : await server.as(who, call);
  return { http: answer.statusCode, ...answer.json<Record<string, unknown>>() } as { readonly http: number } & Readonly<
    Record<string, unknown>
  >;
};
const issue = (who: WorldPerson, organizationId: string, id = v7()) =>
  ask(who, '/api-tokens', { id, organizationId, name: '城建系统', days: 365 });
const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap(({ consumers = [] }) => consumers),
  );
const act = async (who: WorldPerson | string, id: string, action: string, input: object = {}, commandId = v7()) => {
  const { version } = (await ask(who, `/cases/${id}`)) as unknown as CaseView;
  return ask(who, `/cases/${id}/actions`, { commandId, action, version, input });
};
const pullAll = async (token: string, cursor?: string): Promise<{ ids: string[]; next: string }> => {
  const ids: string[] = [];
  let next = cursor;
  for (;;) {
    const page = (await ask(token, `/department/cases?limit=2${next ? `&cursor=${next}` : ''}`)) as unknown as {
      http: number;
      rows: { id: string }[];
      next: string;
      more: boolean;
    };
    expect(page.http).toBe(200);
    ids.push(...page.rows.map(({ id }) => id));
    next = page.next;
    if (!page.more) return { ids, next };
  }
};

beforeAll(async () => {
  server = await testServer();
  tokenId = v7();
  tokenA = String((await issue(people.administrator, organizations.bodyA.organizationId, tokenId)).token);
  tokenB = String((await issue(people.administrator, organizations.bodyB.organizationId)).token);
});
afterAll(() => server.close());

describe('a token', () => {
  test('is issued by who manages exchange over the body, told once, and kept as a hash', async () => {
    expect((await issue(people.dispatcherA, organizations.bodyA.organizationId)).http).toBe(403);
    expect(tokenA).toMatch(/^txd_/u);
    const again = await issue(people.administrator, organizations.bodyA.organizationId, tokenId);
    expect([again.http, again.token]).toEqual([200, undefined]);
    const { rows } = await server.db.pools.maintenance.query(
      'select to_jsonb(t) as t from api_token t union all select to_jsonb(s) from service_session s',
    );
    expect(JSON.stringify(rows)).not.toContain(tokenA.slice(4));
    expect((await ask(people.handlerA, '/department/cases')).code).toBe('forSystems');
  });
  test('taken back opens nothing, at once', async () => {
    const id = v7();
    const token = String((await issue(people.administrator, organizations.bodyA.organizationId, id)).token);
    expect((await ask(token, '/department/cases')).http).toBe(200);
    expect((await ask(people.dispatcherA, `/api-tokens/${id}/revoke`, {})).http).toBe(403);
    expect(await ask(people.administrator, `/api-tokens/${id}/revoke`, {})).toMatchObject({ revokedAt: expect.any(String) });
    expect((await ask(token, '/department/cases')).http).toBe(401);
  });
});

describe('a department’s system', () => {
  test('pulls what is dispatched to it, then only what changed, and nothing of other bodies', async () => {
    const filed = await Promise.all(Array.from({ length: 5 }, () => fillCases(server, 0)));
    const ids = filed.map(({ idA }) => idA);
    for (const id of ids) {
      await act(people.dispatcherA, id, 'accept');
      await act(people.dispatcherA, id, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    }
    await settle();
    const first = await pullAll(tokenA);
    expect([...new Set(first.ids)].sort()).toEqual([...ids].sort());
    expect((await pullAll(tokenB)).ids).toEqual([]);
    expect((await pullAll(tokenA, first.next)).ids).toEqual([]);
    await act(people.dispatcherA, ids[2]!, 'urge', { words: '请尽快' });
    await act(people.handlerA, ids[3]!, 'acknowledge');
    await settle();
    const changed = await pullAll(tokenA, first.next);
    expect(changed.ids).toContain(ids[3]);
    expect(changed.ids.every((id) => ids.includes(id))).toBe(true);
    for (const cursor of ['nonsense', Buffer.from('{"part":"feed","position":-1}').toString('base64url')])
      expect((await ask(tokenA, `/department/cases?cursor=${cursor}`)).code).toBe('badCursor');
  });
  test('acknowledges, contacts and resolves through the same route as people; a command sent twice is done once', async () => {
    const { idA } = await fillCases(server, 0);
    await act(people.dispatcherA, idA, 'accept');
    await act(people.dispatcherA, idA, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    const commandId = v7();
    const body = { commandId, action: 'acknowledge', version: 3, input: {} };
    const first = await ask(tokenA, `/cases/${idA}/actions`, body);
    expect(first).toMatchObject({ http: 200, version: 4 });
    expect(await ask(tokenA, `/cases/${idA}/actions`, body)).toMatchObject({ http: 200, version: 4 });
    expect((await ask(tokenB, `/cases/${idA}/actions`, { ...body, commandId: v7() })).http).toBe(404);
    // First contact is told by the department's own system: its limit stops, whoever telephoned.
    const contacted = {
      commandId: v7(),
      action: 'firstContact',
      version: 4,
      input: { means: 'telephone', outcome: 'reached', note: '已约定今晚上门' },
    };
    for (const _ of ['once', 'twice'])
      expect(await ask(tokenA, `/cases/${idA}/actions`, contacted)).toMatchObject({ http: 200, version: 5 });
    const view = (await server.as(people.dispatcherA, { url: `/api/v1/cases/${idA}` })).json<CaseView>();
    expect(view.clocks.find(({ clock }) => clock === 'contact')?.status).toBe('stopped');
    expect(view.record.filter(({ action }) => action === 'firstContact')).toMatchObject([
      {
        by: { zh: expect.stringContaining('甲镇规划建设办') },
        answers: expect.arrayContaining([expect.objectContaining({ value: '已约定今晚上门' })]),
      },
    ]);
    // As for people, it is not done without a picture.
    const done = { commandId: v7(), action: 'resolve', version: 5, input: { reply: '已更换灯泡' } };
    expect(await ask(tokenA, `/cases/${idA}/actions`, done)).toMatchObject({ http: 422, code: 'evidenceMissing' });
    expect((await ask(tokenA, `/cases/${idA}/parties/${v7()}/read`, { purpose: '核实', fields: ['name'] })).http).toBe(403);
  });
  test('files its own cases under its numbers: the same again is the same, other words are a conflict, also from its other token', async () => {
    const other = String((await issue(people.administrator, organizations.bodyA.organizationId)).token);
    const body = { sourceNumber: 'CJ-2026-001', text: '巡检发现路灯杆倾斜', point: points.inA11, demandKind: 'report' };
    const first = await ask(tokenA, '/department/cases', body);
    expect(first).toMatchObject({ http: 201, sourceNumber: 'CJ-2026-001', repeated: false });
    expect(await ask(other, '/department/cases', body)).toMatchObject({ http: 200, id: first.id, number: first.number, repeated: true });
    expect(await ask(tokenA, '/department/cases', { ...body, text: '别的' })).toMatchObject({ http: 409, code: 'sourceChanged' });
    expect(await ask(tokenB, '/department/cases', body)).toMatchObject({ http: 201, repeated: false });
    const { rows } = await server.db.pools.maintenance.query('select channel, source_number from cases where case_id = $1', [first.id]);
    expect(rows).toEqual([{ channel: 'department', source_number: 'CJ-2026-001' }]);
    expect((await ask(people.residentA, '/department/cases', body)).http).toBe(403);
    expect((await server.as('anonymous', { method: 'POST', url: '/api/v1/department/cases', body })).statusCode).toBe(401);
  });
});
