import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import { LEASE_MS, type LeaseView } from '@tongxin/domain/lease/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const { people, points, categories, organizations } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const file = async (body: object = {}, caller: Caller = 'anonymous'): Promise<Receipt> => {
  const answer = await server.as(caller, {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text: '路灯不亮', demandKind: 'help', categoryId: categories.lamp, point: points.inA11, ...body },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const claim = (caller: Caller, id: string) => server.as(caller, { method: 'PUT', url: `/api/v1/cases/${id}/lease` });
const release = (caller: Caller, id: string) => server.as(caller, { method: 'DELETE', url: `/api/v1/cases/${id}/lease` });
const takeOver = (caller: Caller, id: string, commandId = v7()) =>
  server.as(caller, { method: 'POST', url: `/api/v1/cases/${id}/lease/takeover`, body: { commandId } });
const leases = async (caller: Caller): Promise<LeaseView[]> => (await server.as(caller, { url: '/api/v1/leases' })).json().leases;
const view = async (caller: Caller, id: string): Promise<CaseView> => (await server.as(caller, { url: `/api/v1/cases/${id}` })).json();
const act = async (caller: Caller, id: string, action: string, input: object = {}) =>
  server.as(caller, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action, version: (await view(caller, id)).version, input },
  });

describe('two people on one case', () => {
  test('the second hears who has it, in their language, and may not move it under them', async () => {
    const { id } = await file();
    expect((await claim(people.dispatcherA, id)).statusCode).toBe(200);
    const refused = await server.as(people.dispatcherA2, {
      method: 'PUT',
      url: `/api/v1/cases/${id}/lease`,
      headers: { 'accept-language': 'zh' },
    });
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'caseHeld']);
    expect(refused.json().title).toContain(organizations.centreA.name.zh);
    const moved = await act(people.dispatcherA2, id, 'accept');
    expect([moved.statusCode, moved.json().code]).toEqual([409, 'caseHeld']);
    expect((await view(people.dispatcherA2, id)).stage).toBe('received');
  });

  test('words beside the work wait for nobody', async () => {
    const { id } = await file();
    await claim(people.dispatcherA, id);
    expect((await act(people.leaderA, id, 'instruct', { instruction: '请尽快修复。' })).statusCode).toBe(200);
  });

  test('the second may take it over: that stands on the record, and the first may not go on', async () => {
    const { id } = await file();
    await claim(people.dispatcherA, id);
    const commandId = v7();
    const before = (await view(people.dispatcherA, id)).version;
    const taken = await takeOver(people.dispatcherA2, id, commandId);
    expect([taken.statusCode, taken.json().mine]).toEqual([200, true]);
    // Sent again after a lost answer, it is not done again.
    expect((await takeOver(people.dispatcherA2, id, commandId)).statusCode).toBe(200);
    const after = await view(people.dispatcherA, id);
    expect(after.version).toBe(before + 1);
    expect(after.record.at(-1)).toMatchObject({ type: 'case.takenOver', label: { zh: '接手办理' } });
    expect((await act(people.dispatcherA, id, 'accept')).json().code).toBe('caseHeld');
    expect((await claim(people.dispatcherA, id)).json().code).toBe('caseHeld');
    expect((await act(people.dispatcherA2, id, 'accept')).statusCode).toBe(200);
  });

  test('of both at one instant one gets it', async () => {
    const { id } = await file();
    const answers = await Promise.all([claim(people.dispatcherA, id), claim(people.dispatcherA2, id)]);
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409]);
  });

  test('taking over what nobody has is taking it, and no word of it is written', async () => {
    const { id } = await file();
    const { version } = await view(people.dispatcherA, id);
    expect((await takeOver(people.dispatcherA, id)).statusCode).toBe(200);
    expect((await view(people.dispatcherA, id)).version).toBe(version);
  });
});

describe('a case comes free', () => {
  test('when it is let go, when its time runs out, and when whoever has it moves it', async () => {
    const [given, forgotten, moved] = [await file(), await file(), await file()];
    for (const { id } of [given, forgotten, moved]) expect((await claim(people.dispatcherA, id)).statusCode).toBe(200);
    // What is not theirs they do not let go.
    expect((await release(people.dispatcherA2, given.id)).statusCode).toBe(200);
    expect((await claim(people.dispatcherA2, given.id)).statusCode).toBe(409);
    expect((await release(people.dispatcherA, given.id)).statusCode).toBe(200);
    expect((await claim(people.dispatcherA2, given.id)).statusCode).toBe(200);
    expect((await act(people.dispatcherA, moved.id, 'accept')).statusCode).toBe(200);
    expect((await claim(people.dispatcherA2, moved.id)).statusCode).toBe(200);
    server.deps.clock.advance(LEASE_MS - 1000);
    expect((await claim(people.dispatcherA2, forgotten.id)).statusCode).toBe(409);
    server.deps.clock.advance(1000);
    expect((await claim(people.dispatcherA2, forgotten.id)).statusCode).toBe(200);
  });

  test('kept with a word before the time is over, it stays', async () => {
    const { id } = await file();
    await claim(people.dispatcherA, id);
    for (let i = 0; i < 4; i++) {
      server.deps.clock.advance(LEASE_MS / 2);
      expect((await claim(people.dispatcherA, id)).statusCode).toBe(200);
    }
    expect((await claim(people.dispatcherA2, id)).statusCode).toBe(409);
  });

  test('nothing is kept of who had it', async () => {
    const { id } = await file();
    await claim(people.dispatcherA, id);
    await release(people.dispatcherA, id);
    const { rows } = await server.db.pools.maintenance.query('select * from case_lease where case_id = $1', [id]);
    expect(rows).toEqual([expect.objectContaining({ person_id: null, post_id: null, organization_id: null })]);
    server.deps.clock.advance(3_600_000);
    const other = await file();
    await claim(people.dispatcherA, other.id);
    expect((await server.db.pools.maintenance.query('select case_id from case_lease')).rows).toEqual([{ case_id: other.id }]);
  });
});

describe('who sees and who may', () => {
  test('a colleague of the area sees that it is in hand; the other town, the resident and a stranger do not', async () => {
    const { id, queryCode } = await file();
    await claim(people.dispatcherA, id);
    expect((await leases(people.leaderA)).find(({ caseId }) => caseId === id)).toMatchObject({ mine: false });
    expect((await leases(people.dispatcherA)).find(({ caseId }) => caseId === id)).toMatchObject({ mine: true });
    expect((await leases(people.dispatcherB)).map(({ caseId }) => caseId)).not.toContain(id);
    expect((await claim(people.dispatcherB, id)).statusCode).toBe(404);
    expect((await takeOver(people.dispatcherB, id)).statusCode).toBe(404);
    expect((await claim('anonymous', id)).statusCode).toBe(401);
    expect((await server.as(people.residentA, { url: '/api/v1/leases' })).statusCode).toBe(403);
    // The reporter's own act waits for no office.
    const { version } = (await server.as('anonymous', { url: `/api/v1/receipts/${queryCode}` })).json() as CaseView;
    const withdrawn = await server.as('anonymous', {
      method: 'POST',
      url: `/api/v1/receipts/${queryCode}/actions`,
      body: { commandId: v7(), action: 'withdraw', version, input: {} },
    });
    expect(withdrawn.statusCode, withdrawn.body).toBe(200);
  });

  test('the side complained of takes nothing in hand, and is not told who does (R5)', async () => {
    const { id } = await file({ respondentOrganizationId: people.propertyA.posts[0]!.organizationId });
    await claim(people.dispatcherA, id);
    expect((await leases(people.propertyA)).map(({ caseId }) => caseId)).not.toContain(id);
    for (const answer of [await claim(people.propertyA, id), await takeOver(people.propertyA, id)])
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'respondentMayNot']);
  });
});
