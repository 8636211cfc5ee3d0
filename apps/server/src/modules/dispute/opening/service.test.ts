import type { NewDispute } from '@tongxin/domain/dispute/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST_HEADER } from '../../../platform/access-plugin/caller.ts';

const { people, areas } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, path: string, body?: unknown, by?: string) =>
  server.as(caller, {
    url: `/api/v1${path}`,
    ...(body === undefined ? {} : { method: 'POST', body }),
    ...(by === undefined ? {} : { headers: { [POST_HEADER]: by } }),
  });

describe('a mediator with several posts', () => {
  const writer = people.mediatorA2;
  const postOf = (name: 'mediatorA' | 'mediatorA2' | 'mediationHeadA' | 'handlerA') => people[name].posts[0]!.postId;
  const ends = (postId: string) =>
    server.db.pools.maintenance.query('delete from post_holding where person_id = $1 and post_id = $2', [writer.personId, postId]);
  beforeAll(async () => {
    for (const name of ['mediationHeadA', 'handlerA'] as const)
      await server.db.pools.maintenance.query(
        `insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-02-01')`,
        [v7(), postOf(name), writer.personId],
      );
  });
  const asked = (postId?: string): NewDispute => ({
    id: v7(),
    kind: 'neighbour',
    origin: 'applied',
    areaId: areas.gridA11.areaId,
    facts: '楼上漏水，楼下天花板发霉',
    parties: [
      { name: '赵甲', agrees: true },
      { name: '钱乙', agrees: true },
    ],
    mediatedOn: '2026-09-30',
    outcome: 'asks',
    postId,
  });
  const recorded = async (id: string): Promise<string[]> => {
    const { rows } = await server.db.pools.maintenance.query<{ post: string }>(
      `select header::jsonb->'actor'->>'postId' as post from events where case_id = $1 order by event_no`,
      [id],
    );
    return rows.map(({ post }) => post);
  };

  test('writes by no post of another, nor by one that does not mediate, and nothing is left', async () => {
    for (const [name, code] of [
      ['mediatorA', 'postNotYours'],
      ['handlerA', 'missingCapability'],
    ] as const) {
      const body = asked(postOf(name));
      const answer = await call(writer, '/disputes', body);
      expect([answer.statusCode, answer.json().code]).toEqual([403, code]);
      expect(await recorded(body.id)).toEqual([]);
    }
  });

  test('is recorded in all of it under the post they name, and under their first that mediates where they name none', async () => {
    const { posts } = (await call(writer, '/me')).json<{ posts: { postId: string; capabilities: string[] }[] }>();
    const first = posts.find(({ capabilities }) => capabilities.includes('mediation.record'))!.postId;
    for (const [named, post] of [
      [postOf('mediatorA2'), postOf('mediatorA2')],
      [postOf('mediationHeadA'), postOf('mediationHeadA')],
      [undefined, first],
    ] as const) {
      const body = asked(named);
      const made = await call(writer, '/disputes', body);
      expect(made.statusCode, made.body).toBe(201);
      const all = await recorded(body.id);
      expect(all.length).toBeGreaterThan(3);
      expect(new Set(all)).toEqual(new Set([post]));
    }
  });

  test('is recorded in all of it, and in what follows by a door of its own, under the post they chose, or their first that mediates', async () => {
    const { posts } = (await call(writer, '/me')).json<{ posts: { postId: string; capabilities: string[] }[] }>();
    const first = posts.find(({ capabilities }) => capabilities.includes('mediation.record'))!.postId;
    const stranger = await call(writer, '/disputes', asked(), postOf('mediatorA'));
    expect([stranger.statusCode, stranger.json().code]).toEqual([403, 'postNotYours']);
    for (const [by, post] of [
      [postOf('mediatorA2'), postOf('mediatorA2')],
      [postOf('mediationHeadA'), postOf('mediationHeadA')],
      [postOf('handlerA'), first],
    ] as const) {
      const body = asked();
      const made = await call(writer, '/disputes', body, by);
      expect(made.statusCode, made.body).toBe(201);
      expect(new Set(await recorded(body.id))).toEqual(new Set([post]));
      const [{ id: partyId }] = (await call(writer, `/cases/${body.id}`)).json<{ parties: [{ id: string }] }>().parties;
      const slip = await call(writer, `/disputes/${body.id}/slips`, { commandId: v7(), partyId, why: 'lost' }, by);
      expect(slip.statusCode, slip.body).toBe(200);
      expect((await recorded(body.id)).at(-1)).toBe(post);
    }
  });

  test('sends the same again from another post, or when the post is over, and has the same receipt', async () => {
    const body = asked(postOf('mediationHeadA'));
    const made = await call(writer, '/disputes', body);
    expect(made.statusCode, made.body).toBe(201);
    await ends(postOf('mediationHeadA'));
    for (const postId of [postOf('mediationHeadA'), postOf('mediatorA2'), undefined]) {
      const again = await call(writer, '/disputes', { ...body, postId });
      expect([again.statusCode, again.json()]).toEqual([200, made.json()]);
    }
    expect((await call(writer, '/disputes', asked(postOf('mediationHeadA')))).json().code).toBe('postNotYours');
  });
});
