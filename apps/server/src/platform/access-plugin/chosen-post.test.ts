import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST_HEADER } from './caller.ts';

const { people, areas, organizations, points } = WORLD;
type Name = keyof typeof people;
const postOf = (name: Name) => people[name].posts[0]!;
let server: TestServer;
let caseId: string;

/** Who holds a dispatcher's post of the whole city takes on the same of two towns, a leader's and a verifier's, in other bodies. */
const caller = people.hotlineDispatcher;
const OTHERS = ['dispatcherA', 'dispatcherB', 'verifierA', 'leaderA'] as const;
beforeAll(async () => {
  server = await testServer();
  for (const name of OTHERS)
    await server.db.pools.maintenance.query(
      `insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-02-01')`,
      [v7(), postOf(name).postId, caller.personId],
    );
  caseId = v7();
  const reporter = { name: '陈某', phone: '13800138000' };
  const body = { id: caseId, text: '路灯不亮', point: points.inA11, channel: 'hotline', reporter };
  const filed = await server.as(people.operator, { method: 'POST', url: '/api/v1/cases', body });
  expect(filed.statusCode, filed.body).toBe(201);
  for (const [by, action, input] of [
    ['dispatcherA', 'accept', undefined],
    ['dispatcherA', 'dispatch', { organizationId: organizations.bodyA.organizationId }],
    ['handlerA', 'acknowledge', undefined],
  ] as const) {
    const { version } = (await ask(people[by], undefined, `/cases/${caseId}`)).json<{ version: number }>();
    const acted = await ask(people[by], undefined, `/cases/${caseId}/actions`, { commandId: v7(), action, version, input });
    expect(acted.statusCode, acted.body).toBe(200);
  }
});
afterAll(() => server.close());

/** A request by the post of somebody of the world, or as the header says. */
const ask = (who: Caller, by: string | undefined, path: string, body?: unknown) =>
  server.as(who, {
    url: `/api/v1${path}`,
    ...(body === undefined ? {} : { method: 'POST', body }),
    ...(by === undefined ? {} : { headers: { [POST_HEADER]: Object.hasOwn(people, by) ? postOf(by as Name).postId : by } }),
  });
const note = (who: Caller, by: string | undefined, words = '已电话联系') =>
  ask(who, by, `/cases/${caseId}/notes`, { commandId: v7(), words });
const openTask = (by: string | undefined) => {
  const { organizationId } = organizations.sanitationA;
  return ask(caller, by, `/cases/${caseId}/tasks`, { commandId: v7(), taskId: v7(), organizationId, words: '一并清扫' });
};
const written = async (): Promise<number> =>
  (await server.db.pools.maintenance.query('select 1 from events where case_id = $1', [caseId])).rowCount!;
/** Under which post and body the last of a kind is recorded. */
const recorded = async (type: string): Promise<unknown> => {
  const { rows } = await server.db.pools.maintenance.query(
    `select header::jsonb->'actor' as actor from events where case_id = $1 and type = $2 order by event_no desc limit 1`,
    [caseId, type],
  );
  return [rows[0].actor.postId, rows[0].actor.organizationId];
};
const under = (name: Name): unknown => [postOf(name).postId, postOf(name).organizationId];
const code = (answer: { statusCode: number; json: () => { code: string } }): unknown => [answer.statusCode, answer.json().code];

describe('a post that is not the caller’s', () => {
  test.each(['supervisorA', 'not a post', '', v7(), `${postOf('dispatcherA').postId}, ${postOf('dispatcherB').postId}`])(
    'is refused before anything is read or written, and opens nothing: %j',
    async (by) => {
      const before = await written();
      expect(code(await note(caller, by))).toEqual([403, 'postNotYours']);
      expect(code(await ask(caller, by, '/statistics/cases?measure=standing&by=stage'))).toEqual([403, 'postNotYours']);
      expect(code(await ask(people.residentA, by, '/me'))).toEqual([403, 'postNotYours']);
      expect(await written()).toBe(before);
    },
  );
  test('is refused also on its last day’s morrow, with a session that still runs', async () => {
    const held = (day: string | null) =>
      server.db.pools.maintenance.query('update post_holding set valid_to = $3 where person_id = $1 and post_id = $2', [
        caller.personId,
        postOf('dispatcherA').postId,
        day,
      ]);
    await held('2020-03-01');
    expect(code(await note(caller, 'dispatcherA'))).toEqual([403, 'postNotYours']);
    await held(null);
  });
  test('changes nothing for who is not signed in: neither the reason nor what they get', async () => {
    expect(code(await note('anonymous', 'dispatcherA'))).toEqual([401, 'signInNeeded']);
    expect(code(await ask({ ...people.dispatcherA, token: 'a-token-of-nobody-at-all' }, 'dispatcherB', '/me'))).toEqual([
      401,
      'signInNeeded',
    ]);
    const filed = await ask('anonymous', 'dispatcherA', '/cases', { id: v7(), text: '井盖缺失', point: points.inA11 });
    expect(filed.statusCode, filed.body).toBe(201);
  });
});

describe('a post of the caller’s', () => {
  test('opens nothing that none of their posts opens, and closes nothing that another does', async () => {
    expect(code(await ask(people.verifierA, 'verifierA', '/statistics/cases?measure=standing&by=stage'))).toEqual([
      403,
      'missingCapability',
    ]);
    for (const by of [undefined, 'dispatcherB', 'leaderA', 'hotlineDispatcher'] as const) {
      expect((await ask(caller, by, `/cases/${caseId}`)).statusCode).toBe(200);
      expect((await ask(caller, by, '/statistics/cases?measure=standing&by=stage')).statusCode).toBe(200);
    }
    const allowed = async (by?: Name) => (await ask(caller, by, `/cases/${caseId}`)).json<{ allowed: unknown }>().allowed;
    expect(await allowed('dispatcherB')).toEqual(await allowed());
  });

  test.each([
    ['dispatcherA', 'dispatcherA'],
    ['verifierA', 'verifierA'],
    ['hotlineDispatcher', 'hotlineDispatcher'],
    // Of another town: it may not, and the first that may does.
    ['dispatcherB', 'hotlineDispatcher'],
    [undefined, 'hotlineDispatcher'],
  ] as const)('chosen as %s has a note of theirs recorded under %s', async (by, name) => {
    const answer = await note(caller, by);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(await recorded('note.added')).toEqual(under(name));
  });

  test.each([
    ['dispatcherA', 'dispatcherA'],
    ['verifierA', 'hotlineDispatcher'],
    [undefined, 'hotlineDispatcher'],
  ] as const)('chosen as %s opens a task under %s, says where the case is and reads a party', async (by, name) => {
    const opened = await openTask(by);
    expect(opened.statusCode, opened.body).toBe(200);
    expect(await recorded('task.opened')).toEqual(under(name));
    const view = (await ask(caller, by, `/cases/${caseId}`)).json<{ version: number; parties: { id: string }[] }>();
    const point = { ...points.inA11, lon: points.inA11.lon + (by ? 0.0001 * by.length : 0) };
    const placed = await ask(caller, by, `/cases/${caseId}/place`, { commandId: v7(), version: view.version, point });
    expect(placed.statusCode, placed.body).toBe(200);
    expect(await recorded('case.placed')).toEqual(under(name));
    const reading = { purpose: '电话核实地点', fields: ['name'] };
    expect((await ask(caller, by, `/cases/${caseId}/parties/${view.parties[0]!.id}/read`, reading)).statusCode).toBe(200);
    const { rows } = await server.db.pools.maintenance.query(
      'select reader_post_id as post, reader_organization_id as body from person_access where case_id = $1 order by read_at desc, access_id desc limit 1',
      [caseId],
    );
    expect([rows[0].post, rows[0].body]).toEqual(under(name));
  });

  test('takes an action it may, whatever line opens it, and one named in the body goes before it', async () => {
    for (const [by, named, name] of [
      ['hotlineDispatcher', undefined, 'hotlineDispatcher'],
      ['hotlineDispatcher', 'dispatcherA', 'dispatcherA'],
      ['verifierA', undefined, 'dispatcherA'],
      [undefined, undefined, 'dispatcherA'],
    ] as const) {
      const id = v7();
      await ask('anonymous', undefined, '/cases', { id, text: '垃圾桶满溢', point: points.inA11 });
      const { version } = (await ask(caller, by, `/cases/${id}`)).json<{ version: number }>();
      const command = { commandId: v7(), action: 'accept', version, ...(named ? { postId: postOf(named).postId } : {}) };
      const acted = await ask(caller, by, `/cases/${id}/actions`, command);
      expect(acted.statusCode, acted.body).toBe(200);
      const { rows } = await server.db.pools.maintenance.query(
        `select header::jsonb->'actor'->>'postId' as post from events where case_id = $1 and type = 'case.acted'`,
        [id],
      );
      expect(rows).toEqual([{ post: postOf(name).postId }]);
      const again = await ask(caller, 'dispatcherB', `/cases/${id}/actions`, command);
      expect(again.statusCode, again.body).toBe(200);
    }
  });

  test('has figures, walls and lists of its own area where none is named; what is named stays', async () => {
    const of = async (by: Name | undefined, path: string) => (await ask(caller, by, path)).json();
    const figures = '/statistics/cases?measure=standing&by=stage';
    expect((await of('dispatcherB', figures)).areaId).toBe(areas.townB.areaId);
    expect((await of('dispatcherA', figures)).areaId).toBe(areas.townA.areaId);
    expect((await of(undefined, figures)).areaId).toBe(areas.city.areaId);
    expect((await of('dispatcherB', `${figures}&areaId=${areas.townA.areaId}`)).areaId).toBe(areas.townA.areaId);
    expect((await of('leaderA', '/wall')).area.id).toBe(areas.townA.areaId);
    expect((await of('dispatcherB', '/map/counts')).area.id).toBe(areas.townB.areaId);
    expect((await of('dispatcherB', `/map/counts?postId=${postOf('dispatcherA').postId}`)).area.id).toBe(areas.townA.areaId);
    const { posts } = await of('dispatcherB', '/me');
    expect([posts[0].postId, posts.length]).toEqual([postOf('dispatcherB').postId, 1 + OTHERS.length]);
  });
});
