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
});
