import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { tellDue } from '../clock/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-09-28T01:00:00.000Z' });
});
afterAll(() => server.close());

const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
const noticesOf = async (caller: Caller): Promise<{ kind: string; caseId: string }[]> =>
  (await server.as(caller, { url: '/api/v1/notices' })).json().notices;

describe('notices', () => {
  test('a case that arrives tells the body whose queue it stands in, once, and nobody else', async () => {
    const { people, points, categories, organizations } = server.world;
    const id = v7();
    await server.as('anonymous', {
      method: 'POST',
      url: '/api/v1/cases',
      body: { id, text: '路灯不亮', point: points.inA11, categoryId: categories.lamp },
    });
    await settle();
    expect((await noticesOf(people.dispatcherA)).map((one) => [one.kind, one.caseId])).toEqual([['arrived', id]]);
    expect(await noticesOf(people.dispatcherB)).toEqual([]);
    expect(await noticesOf(people.handlerA)).toEqual([]);
    for (const [action, input] of [
      ['accept', {}],
      ['dispatch', { organizationId: organizations.bodyA.organizationId }],
    ] as const) {
      const { version } = (await server.as(people.dispatcherA, { url: `/api/v1/cases/${id}` })).json();
      await server.as(people.dispatcherA, {
        method: 'POST',
        url: `/api/v1/cases/${id}/actions`,
        body: { commandId: v7(), action, version, input },
      });
    }
    await settle();
    await settle();
    expect((await noticesOf(people.handlerA)).map((one) => one.kind)).toEqual(['arrived']);
    server.deps.clock.set('2026-10-20T01:00:00.000Z');
    await tellDue(server.deps);
    await settle();
    expect((await noticesOf(people.handlerA)).map((one) => one.kind)).toContain('overdue');
    const section = await noticesOf(people.bodySectionA);
    expect(section.map((one) => one.kind)).toContain('overdue');
    expect((await noticesOf(people.bodyHeadA)).map((one) => one.kind)).toContain('escalate');
    expect(JSON.stringify(section)).not.toContain('路灯');
  });

  test('what is demanded, asked, answered and taken away beside the queues reaches whom it concerns, each once', async () => {
    const { people, points, categories, organizations } = server.world;
    const id = v7();
    const said = async (caller: Caller): Promise<string[]> => {
      await settle();
      return (await noticesOf(caller)).filter(({ caseId }) => caseId === id).map(({ kind }) => kind);
    };
    const act = async (caller: Caller, action: string, input: object = {}): Promise<void> => {
      const { version } = (await server.as(caller, { url: `/api/v1/cases/${id}` })).json();
      const body = { commandId: v7(), action, version, input };
      const answer = await server.as(caller, { method: 'POST', url: `/api/v1/cases/${id}/actions`, body });
      expect(answer.statusCode, answer.body).toBe(200);
    };
    const post = async (caller: Caller, path: string, body: object): Promise<void> => {
      const answer = await server.as(caller, { method: 'POST', url: `/api/v1/cases/${id}/${path}`, body });
      expect(answer.statusCode, answer.body).toBeLessThan(300);
    };
    await server.as('anonymous', {
      method: 'POST',
      url: '/api/v1/cases',
      body: { id, text: '井盖破损', point: points.inA11, categoryId: categories.lamp },
    });
    await act(people.dispatcherA, 'accept');
    await act(people.dispatcherA, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    await act(people.handlerA, 'acknowledge');
    await act(people.leaderA, 'instruct', { instruction: '请尽快修复' });
    await act(people.supervisorA, 'supervise', { orderNumber: '督〔2026〕1号', demand: '三日内回复' });
    await act(people.dispatcherA, 'urge');
    expect((await said(people.handlerA)).sort()).toEqual(['arrived', 'instructed', 'supervised', 'urged']);
    expect(await said(people.bodySectionA)).toContain('supervised');
    expect(await said(people.bodyHeadA)).not.toContain('urged');

    await act(people.handlerA, 'requestExtension', { asked: { amount: 2, unit: 'workingDay' }, reason: '等配件' });
    expect(await said(people.dispatcherA)).toContain('extension');
    expect(await said(people.dispatcherB)).toEqual([]);

    const taskId = v7();
    await post(people.dispatcherA, 'tasks', {
      commandId: v7(),
      taskId,
      organizationId: organizations.sanitationA.organizationId,
      words: '请清理',
    });
    expect(await said(people.handlerA2)).toEqual(['arrived']);
    await post(people.handlerA2, `tasks/${taskId}`, { commandId: v7(), status: 'done', words: '已清理' });
    expect(await said(people.handlerA)).toContain('news');

    await server.as(people.dispatcherA, { method: 'PUT', url: `/api/v1/cases/${id}/lease` });
    await post(people.dispatcherA2, 'lease/takeover', { commandId: v7() });
    expect(await said(people.dispatcherA)).toContain('taken');

    await act(people.dispatcherA2, 'recall', { reason: '改派' });
    expect(await said(people.handlerA)).toContain('taken');
    expect(await said(people.bodyHeadA)).not.toContain('taken');
  });

  test('all of a large body hear of a case in their queue, not the first few alone', async () => {
    const { people, points, categories, organizations } = server.world;
    const sql = (text: string, values: unknown[]) => server.db.pools.maintenance.query(text, values);
    const colleagues = Array.from({ length: 45 }, () => v7());
    await sql(`insert into person (person_id, kind) select p, 'staff' from unnest($1::uuid[]) p`, [colleagues]);
    await sql(
      `insert into post_holding (holding_id, post_id, person_id, valid_from) select p, $2, p, '2020-01-01' from unnest($1::uuid[]) p`,
      [colleagues, people.handlerA.posts[0]!.postId],
    );
    const id = v7();
    const body = { id, text: '路面破损', point: points.inA11, categoryId: categories.lamp };
    await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body });
    for (const [action, input] of [
      ['accept', {}],
      ['dispatch', { organizationId: organizations.bodyA.organizationId }],
    ] as const) {
      const { version } = (await server.as(people.dispatcherA, { url: `/api/v1/cases/${id}` })).json();
      const act = { commandId: v7(), action, version, input };
      await server.as(people.dispatcherA, { method: 'POST', url: `/api/v1/cases/${id}/actions`, body: act });
    }
    await settle();
    const { rows } = await sql(
      `select count(*)::int as told from notice where case_id = $1 and kind = 'arrived' and person_id = any ($2)`,
      [id, [...colleagues, people.handlerA.personId]],
    );
    expect(rows).toEqual([{ told: 46 }]);
  });
});
