import type { Handover, HandoverDraft } from '@tongxin/domain/handover/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

const { people, organizations, points, categories } = WORLD;
const { centreA, bodyA } = organizations;
const NIGHT = ['2026-09-30T09:30:00.000Z', '2026-10-01T01:00:00.000Z'] as const;
const HOLIDAY = ['2026-10-01T01:00:00.000Z', '2026-10-01T09:30:00.000Z'] as const;

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-09-30T10:00:00.000Z' });
  for (const [person, [from, to], kind] of [
    [people.dispatcherA2, NIGHT, 'night'],
    [people.dispatcherA, HOLIDAY, 'holiday'],
  ] as const)
    await server.db.pools.maintenance.query(
      'insert into roster_shift (shift_id, organization_id, post_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, $6)',
      [v7(), centreA.organizationId, person.posts[0]!.postId, from, to, kind],
    );
});
afterAll(() => server.close());

const ask = async (who: Caller, url: string, body?: object) => {
  const answer = await server.as(who, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) });
  return [answer.statusCode, answer.json()] as const;
};
const file = async (text: string): Promise<string> => {
  const id = v7();
  const [status] = await ask('anonymous', '/cases', { id, text, categoryId: categories.lamp, point: points.inA11 });
  expect(status).toBe(201);
  return id;
};
const act = async (who: Caller, id: string, action: string, input: object = {}): Promise<void> => {
  const [, { version }] = await ask(who, `/cases/${id}`);
  const [status, answer] = await ask(who, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  expect(status, JSON.stringify(answer)).toBe(200);
};

test('a shift is handed over with what is open and what falls due next, received by a colleague, and kept', async () => {
  const waiting = await file('东门路灯不亮');
  const sent = await file('西门路灯不亮');
  await act(people.dispatcherA2, sent, 'accept');
  await act(people.dispatcherA2, sent, 'dispatch', { organizationId: bodyA.organizationId });
  await ask(people.dispatcherA2, `/cases/${waiting}/notes`, { commandId: v7(), words: '诉求人王建国先生说明早再打来，13812345678' });
  server.deps.clock.set('2026-10-01T00:50:00.000Z');

  // The night's sheet: what stands in the centre's queue. What the planning office has in hand is on its own.
  const [, draft] = (await ask(people.dispatcherA2, `/organizations/${centreA.organizationId}/handover`)) as [number, HandoverDraft];
  expect([draft.shift?.kind, draft.next?.kind, draft.until]).toEqual(['night', 'holiday', HOLIDAY[1]]);
  expect(draft.cases.map(({ id }) => id)).toEqual([waiting]);
  expect(draft.cases[0]!.note).toContain('明早再打来');
  expect(JSON.stringify(draft)).not.toMatch(/13812345678|王建国/u);
  const [, theirs] = (await ask(people.handlerA, `/organizations/${bodyA.organizationId}/handover`)) as [number, HandoverDraft];
  expect(theirs.cases.map(({ id, stageLabel }) => [id, stageLabel.zh])).toEqual([[sent, '待签收']]);
  // Without a roster a day is looked at.
  expect([theirs.shift, theirs.until]).toEqual([undefined, '2026-10-02T00:50:00.000Z']);

  const id = v7();
  const leaving = { id, organizationId: centreA.organizationId, words: '东门的诉求人电话 13812345678，请先回。' };
  const [status, left] = (await ask(people.dispatcherA2, '/handovers', leaving)) as [number, Handover];
  expect([status, left.cases, left.mayReceive, left.receivedAt]).toEqual([201, 1, false, undefined]);
  expect(left.words).toMatch(/^东门的诉求人电话 138\*+，请先回。$/u);
  // Sent again after a lost answer it is the same; other words under its id are not.
  expect((await ask(people.dispatcherA2, '/handovers', leaving))[1]).toMatchObject({ id, leftAt: left.leftAt });
  expect((await ask(people.dispatcherA2, '/handovers', { ...leaving, words: '另一段' }))[1]).toMatchObject({ code: 'idTaken' });

  // Nobody receives from themselves, nobody of another office sees it.
  expect((await ask(people.dispatcherA2, `/handovers/${id}/receive`, {}))[1]).toMatchObject({ status: 403, code: 'ownHandover' });
  for (const stranger of [people.handlerA, people.dispatcherB]) {
    expect((await ask(stranger, `/handovers/${id}`))[0]).toBe(404);
    expect((await ask(stranger, `/handovers/${id}/receive`, {}))[0]).toBe(404);
    expect((await ask(stranger, '/handovers'))[1]).toEqual({ handovers: [] });
    expect((await ask(stranger, `/organizations/${centreA.organizationId}/handover`))[1]).toMatchObject({ code: 'notYours' });
  }

  server.deps.clock.set('2026-10-01T01:05:00.000Z');
  expect((await ask(people.dispatcherA, '/handovers'))[1].handovers).toMatchObject([{ id, mayReceive: true, cases: 1 }]);
  const [, received] = await ask(people.dispatcherA, `/handovers/${id}/receive`, { words: '收到，九点回电。' });
  expect(received).toMatchObject({ receivedAt: '2026-10-01T01:05:00.000Z', receivedWords: '收到，九点回电。', mayReceive: false });
  expect((await ask(people.dispatcherA, `/handovers/${id}/receive`, {}))[1]).toMatchObject({ receivedWords: '收到，九点回电。' });
  expect((await ask(people.supervisorA, `/handovers/${id}/receive`, {}))[1]).toMatchObject({ status: 409, code: 'handoverReceived' });

  // The sheet stays as it was handed over; what has changed since is said beside it.
  await act(people.dispatcherA, waiting, 'accept');
  const [, kept] = (await ask(people.dispatcherA, `/handovers/${id}`)) as [number, Handover];
  expect(kept.list).toMatchObject([{ id: waiting, title: '东门路灯不亮', stageLabel: { zh: '待受理' }, nowLabel: { zh: '待派单' } }]);
});

test('words of a sheet lie sealed, and words erased from a case are gone from the sheet', async () => {
  const id = await file('北门路灯坏了很久');
  const sheet = v7();
  await ask(people.dispatcherA2, '/handovers', { id: sheet, organizationId: centreA.organizationId, words: '北门要盯住' });
  const { rows } = await server.db.pools.maintenance.query<{ text: string }>(
    'select to_jsonb(h)::text as text from handover h where handover_id = $1',
    [sheet],
  );
  expect(rows[0]!.text).not.toMatch(/北门|路灯/u);
  await server.db.pools.maintenance.query("update cases set title = '内容已删除' where case_id = $1", [id]);
  const [, kept] = (await ask(people.dispatcherA, `/handovers/${sheet}`)) as [number, Handover];
  expect(kept.list.find((one) => one.id === id)?.title).toBe('内容已删除');
});

test('what a closed office handed over is received by the one that goes on with its work, and by nobody else', async () => {
  const { bodyB } = organizations;
  const query = (text: string, values: unknown[]) => server.db.pools.maintenance.query(text, values);
  const id = v7();
  const left = { id, organizationId: bodyB.organizationId, words: '河堤的警示牌明天换。' };
  expect((await ask(people.handlerB, '/handovers', left))[0]).toBe(201);
  expect((await ask(people.handlerA, `/handovers/${id}`))[0]).toBe(404);

  // The office closes; an office closes after it and hands the same on to the planning office of the other town.
  const between = v7();
  await query(
    `insert into organization (organization_id, kind, name, area_id, valid_from) select $1, kind, '{"zh":"乙镇建设办"}', area_id, '2026-01-01'
     from organization where organization_id = $2`,
    [between, bodyB.organizationId],
  );
  const close = (one: string, heir: string) =>
    query("update organization set valid_to = '2026-01-02', heir_id = $2 where organization_id = $1", [one, heir]);
  await close(bodyB.organizationId, between);
  expect((await ask(people.handlerA, `/handovers/${id}`))[0]).toBe(404);
  await close(between, bodyA.organizationId);
  await server.deps.reload();

  expect((await ask(people.handlerA, '/handovers'))[1].handovers).toMatchObject([{ id, mayReceive: true }]);
  for (const stranger of [people.dispatcherA, people.dispatcherB]) expect((await ask(stranger, `/handovers/${id}`))[0]).toBe(404);
  const [status, sheet] = await ask(people.handlerA, `/handovers/${id}/receive`, { words: '收到。' });
  expect([status, sheet.words, sheet.receivedWords, sheet.mayReceive]).toEqual([200, '河堤的警示牌明天换。', '收到。', false]);
  expect([sheet.organizationLabel.zh, sheet.leftBy?.zh]).toEqual([bodyB.name.zh, people.handlerB.posts[0]!.title.zh]);
  expect((await ask(people.handlerA, '/handovers'))[1].handovers).toMatchObject([{ id, mayReceive: false }]);
});
