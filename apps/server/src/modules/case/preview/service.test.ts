import type { Preview } from '@tongxin/domain/bulk/schema.ts';
import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
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

const file = async (point: { lon: number; lat: number } = points.inA11): Promise<string> => {
  const answer = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text: '路灯不亮', demandKind: 'help', categoryId: categories.lamp, point },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Receipt>().id;
};
const view = async (id: string): Promise<CaseView> => (await server.as(people.dispatcherA, { url: `/api/v1/cases/${id}` })).json();
const act = async (id: string, action: string, version: number, input: object = {}, commandId = v7()) =>
  server.as(people.dispatcherA, { method: 'POST', url: `/api/v1/cases/${id}/actions`, body: { commandId, action, version, input } });
const accept = async (id: string): Promise<string> => {
  expect((await act(id, 'accept', (await view(id)).version)).statusCode).toBe(200);
  return id;
};
const preview = async (ids: string[], body: object = {}, caller: Caller = people.dispatcherA): Promise<Preview> => {
  const answer = await server.as(caller, { method: 'POST', url: '/api/v1/cases/preview', body: { ids, ...body } });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
const input = { organizationId: organizations.bodyA.organizationId };

describe('one action on many cases', () => {
  test('says which actions how many allow, and who cannot and why; nothing is written', async () => {
    const [first, second, fresh, elsewhere] = [
      await accept(await file()),
      await accept(await file()),
      await file(),
      await file(points.inB11),
    ];
    await server.as(people.dispatcherA2, { method: 'PUT', url: `/api/v1/cases/${second}/lease` });
    const ids = [first, second, fresh, elsewhere];
    const asked = await preview(ids);
    const dispatch = asked.actions.find(({ id }) => id === 'dispatch')!;
    expect([dispatch.n, dispatch.undo?.id]).toEqual([2, 'recall']);
    expect(asked.actions.find(({ id }) => id === 'accept')).toMatchObject({ n: 1 });
    expect(asked.actions.find(({ id }) => id === 'accept')!.undo).toBeUndefined();
    const shown = await preview(ids, { actionKey: dispatch.key, input });
    expect(shown.rows.map(({ id }) => id)).toEqual(ids);
    expect(shown.rows[0]!.outcome).toMatchObject({
      ok: true,
      stageLabel: { zh: '待签收' },
      leadOrganizationLabel: { zh: organizations.bodyA.name.zh },
      dueAt: expect.stringMatching(/^2026-/u),
    });
    expect(shown.rows.slice(1).map(({ outcome }) => !outcome!.ok && outcome!.code)).toEqual(['caseHeld', 'wrongStage', 'notFound']);
    // Of a case that is not theirs to see nothing is said, not even that it is there.
    expect(Object.keys(shown.rows[3]!).sort()).toEqual(['allowed', 'id', 'outcome']);
    expect((await view(first)).stage).toBe('accepted');
  });

  test('what lacks an answer, or names a body that is none, is told before anything is done', async () => {
    const id = await accept(await file());
    const { key } = (await preview([id])).actions.find((action) => action.id === 'dispatch')!;
    for (const [answers, code] of [
      [{}, 'fieldMissing'],
      [{ organizationId: v7() }, 'unknownOrganization'],
    ] as const)
      expect((await preview([id], { actionKey: key, input: answers })).rows[0]!.outcome).toMatchObject({ ok: false, code });
  });

  test('done on the versions that were looked at: what changed meanwhile is left alone, what was done is not done twice', async () => {
    const [first, second] = [await accept(await file()), await accept(await file())];
    const { rows } = await preview([first, second]);
    await server.as(people.dispatcherA, { method: 'POST', url: `/api/v1/cases/${second}/notes`, body: { commandId: v7(), words: '变了' } });
    const commandId = v7();
    for (const repeated of [false, true]) {
      const done = await act(first, 'dispatch', rows[0]!.version!, input, commandId);
      expect([repeated, done.statusCode]).toEqual([repeated, 200]);
    }
    expect((await act(second, 'dispatch', rows[1]!.version!, input)).json().code).toBe('caseChanged');
    const { record } = await view(first);
    expect(record.filter(({ action }) => action === 'dispatch')).toHaveLength(1);
    // And back: what the preview called the way back is one.
    const back = (await preview([first])).actions.find(({ id }) => id === 'recall')!;
    expect((await preview([first], { actionKey: back.key, input: { reason: '派错了' } })).rows[0]!.outcome).toMatchObject({
      ok: true,
      stageLabel: { zh: '待派单' },
    });
  });

  test('what needs a picture of each case is not offered for many', async () => {
    const id = await accept(await file());
    await act(id, 'dispatch', (await view(id)).version, input);
    await server.as(people.handlerA, {
      method: 'POST',
      url: `/api/v1/cases/${id}/actions`,
      body: { commandId: v7(), action: 'acknowledge', version: (await view(id)).version, input: {} },
    });
    const single: CaseView = (await server.as(people.handlerA, { url: `/api/v1/cases/${id}` })).json();
    expect(single.allowed.map((action) => action.id)).toContain('resolve');
    expect((await preview([id], {}, people.handlerA)).actions.map((action) => action.id)).not.toContain('resolve');
  });

  test('more than a hundred at once, or one twice, is refused', async () => {
    const id = v7();
    for (const ids of [[], [id, id], Array.from({ length: 101 }, () => v7())]) {
      const answer = await server.as(people.dispatcherA, { method: 'POST', url: '/api/v1/cases/preview', body: { ids } });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalidInput']);
    }
  });
});
