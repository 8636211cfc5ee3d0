import type { AreaHistory, RezoningPreview } from '@tongxin/domain/area/rezoning/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../../modules.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';
import { verifyRecord } from '../../record/index.ts';
import { verifyStatistics } from '../../statistics/index.ts';
import { placeCases } from '../index.ts';

const { areas, people, organizations, points } = WORLD;
/** In the second grid of A2. */
const IN_A22 = { lon: 113.15, lat: 22.15 };
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const post = (who: Caller, url: string, body: object) => server.as(who, { method: 'POST', url: `/api/v1${url}`, body });
const query = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await server.db.pools.maintenance.query(text, values)).rows;
const file = async (more: object): Promise<string> => {
  const id = v7();
  const answer = await post(people.residentA, '/cases', { id, text: '路灯不亮', ...more });
  expect(answer.statusCode, answer.body).toBe(201);
  return id;
};
const version = async (): Promise<number> => (await query<{ v: number }>('select net_version() as v'))[0]!.v;
const preview = (steps: object[], who: Caller = people.administrator) => post(who, '/areas/rezonings/preview', { steps });
const apply = async (steps: object[], more: object = {}, who: Caller = people.administrator) =>
  post(who, '/areas/rezonings', { id: v7(), netVersion: await version(), steps, reason: '社区划归', ...more });
const placeAll = async (): Promise<void> => {
  server.deps.clock.advance(180_000);
  while ((await placeCases(server.deps)) > 0);
  await settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
};
const standing = async (id: string) =>
  (
    await query<{ place: string[]; placed: number }>(
      `select array_remove(array[town_id, community_id, grid_id], null) as place,
         (select count(*)::int from events e where e.case_id = c.case_id and type = 'case.placed') as placed from cases c where case_id = $1`,
      [id],
    )
  )[0]!;
const asApp = async <T>(who: { token: string }, text: string, values: unknown[]): Promise<T> => {
  const client = await server.db.pools.app.connect();
  try {
    await client.query('begin');
    await client.query("select enter('person', $1)", [who.token]);
    return (await client.query(text, values)) as T;
  } finally {
    await client.query('rollback');
    client.release();
  }
};

/** A2 to town B, together with its ground. */
const hang = { do: 'hang', areaId: areas.communityA2.areaId, parentId: areas.townB.areaId };

describe('a community that comes to another town', () => {
  const cases: Record<'west' | 'east' | 'chosen' | 'withdrawn' | 'letter' | 'stays', string> = {} as never;
  const townAdministrator = people.committeeA;
  beforeAll(async () => {
    cases.west = await file({ point: points.inA21 });
    cases.east = await file({ point: IN_A22 });
    cases.chosen = await file({ areaId: areas.gridA22.areaId });
    cases.letter = await file({ point: points.inA21, procedure: 'letter' });
    cases.stays = await file({ point: points.inA11 });
    cases.withdrawn = await file({ point: points.inA21 });
    const { version: now } = (await server.as(people.residentA, { url: `/api/v1/cases/${cases.withdrawn}` })).json() as CaseView;
    const gone = { commandId: v7(), action: 'withdraw', version: now, input: {} };
    expect((await post(people.residentA, `/cases/${cases.withdrawn}/actions`, gone)).statusCode).toBe(200);
  });

  test('is refused to whoever manages only one of both towns, by the rules and by the database itself', async () => {
    const postId = v7();
    await query(
      "insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'administrator', '{\"zh\":\"甲镇管理员\"}', '2026-01-01')",
      [postId, organizations.centreA.organizationId, areas.townA.areaId],
    );
    await query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $1, $2, '2026-01-01')", [
      postId,
      townAdministrator.personId,
    ]);
    const rename = { do: 'rename', areaId: areas.communityA2.areaId, name: { zh: '甲二社区改' } };
    expect((await preview([rename], townAdministrator)).statusCode).toBe(200);
    const refused = await preview([hang], townAdministrator);
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'areaNotManaged']);
    expect((await preview([hang], people.dispatcherA)).statusCode).toBe(403);
    for (const who of [townAdministrator, people.dispatcherA, people.residentA])
      await expect(asApp(who, 'select hang_area($1, $2)', [hang.areaId, hang.parentId])).rejects.toMatchObject({ code: '42501' });
    // Nobody writes a place by hand, nor lays a new area where it does not belong.
    await expect(
      asApp(people.administrator, 'update area set parent_id = $2 where area_id = $1', [hang.areaId, hang.parentId]),
    ).rejects.toMatchObject({ code: '42501' });
    const laid = (path: string[]) =>
      asApp(
        people.administrator,
        "insert into area (area_id, kind, parent_id, path, name, valid_from) values ($1, 'grid', $2, $3, '{\"zh\":\"新\"}', '2026-01-01')",
        [path.at(-1), areas.communityA2.areaId, path],
      );
    await expect(laid([areas.city.areaId, areas.townB.areaId, v7()])).rejects.toMatchObject({ code: '42501' });
    await laid([areas.city.areaId, areas.townA.areaId, areas.communityA2.areaId, v7()]);
    await query('delete from post_holding where post_id = $1', [postId]);
    await query('delete from post where post_id = $1', [postId]);
  });

  test('is seen beforehand with both towns’ new grounds and the open cases that go along; nothing has happened', async () => {
    const answer = await preview([hang]);
    expect(answer.statusCode, answer.body).toBe(200);
    const seen = answer.json() as RezoningPreview;
    expect(seen.changes.map(({ areaId }) => areaId).sort()).toEqual(
      [areas.communityA2.areaId, areas.townA.areaId, areas.townB.areaId].sort(),
    );
    expect(seen.cases.some.map(({ id }) => id).sort()).toEqual([cases.west, cases.east, cases.chosen].sort());
    expect(seen.cases.flows).toMatchObject([{ from: { id: areas.townA.areaId }, to: { id: areas.townB.areaId } }]);
    expect([seen.facilities.moving, seen.dependants, seen.findings]).toEqual([0, [], { overlaps: [], gaps: [] }]);
    expect((await standing(cases.west)).place[0]).toBe(areas.townA.areaId);
    expect(await version()).toBe(0);
  });

  test('takes its open cases along, each by an event of its own record; closed ones stay where they were', async () => {
    const body = { id: v7(), netVersion: 0, steps: [hang], reason: '社区划归', documentNumber: '示例〔2026〕9号' };
    const answers = await Promise.all([
      post(people.administrator, '/areas/rezonings', body),
      post(people.administrator, '/areas/rezonings', body),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 201]);
    const [community, grid] = await query<{ path: string[] }>('select path from area where area_id = any ($1) order by cardinality(path)', [
      [areas.communityA2.areaId, areas.gridA21.areaId],
    ]);
    expect(community!.path).toEqual([areas.city.areaId, areas.townB.areaId, areas.communityA2.areaId]);
    expect(grid!.path).toEqual([...community!.path, areas.gridA21.areaId]);
    // Filed from now on it stands there at once.
    expect((await standing(await file({ point: points.inA21 }))).place[0]).toBe(areas.townB.areaId);
    await placeAll();
    const [a2, b] = [areas.communityA2.areaId, areas.townB.areaId];
    expect(await standing(cases.west)).toEqual({ place: [b, a2, areas.gridA21.areaId], placed: 1 });
    expect(await standing(cases.east)).toEqual({ place: [b, a2, areas.gridA22.areaId], placed: 1 });
    expect(await standing(cases.chosen)).toEqual({ place: [b, a2, areas.gridA22.areaId], placed: 1 });
    expect(await standing(cases.letter)).toMatchObject({ place: [b, a2, areas.gridA21.areaId], placed: 1 });
    expect(await standing(cases.withdrawn)).toEqual({ place: [areas.townA.areaId, a2, areas.gridA21.areaId], placed: 0 });
    expect(await standing(cases.stays)).toMatchObject({ placed: 0 });
    expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, broken: [] });
    expect(await verifyStatistics(server.deps)).toMatchObject({ ok: true, lost: 0, uncounted: 0, differences: [] });
  });

  test('is the other town’s work now, in its lists and for its eyes', async () => {
    const listed = async (who: Caller) =>
      ((await server.as(who, { url: `/api/v1/cases?open=true&areaId=${areas.communityA2.areaId}` })).json().rows as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await listed(people.dispatcherB)).toEqual(expect.arrayContaining([cases.west, cases.east, cases.chosen]));
    expect((await server.as(people.dispatcherB, { url: `/api/v1/cases/${cases.west}` })).statusCode).toBe(200);
    // The body that received it sees it until it is passed on; whoever only saw the town does not.
    expect((await server.as(people.leaderA, { url: `/api/v1/cases/${cases.west}` })).statusCode).toBe(404);
    expect((await server.as(people.leaderA, { url: `/api/v1/cases/${cases.stays}` })).statusCode).toBe(200);
  });

  test('keeps what it belonged to in its history', async () => {
    const history = (
      await server.as(people.administrator, { url: `/api/v1/areas/${areas.communityA2.areaId}/history` })
    ).json() as AreaHistory;
    expect(history.entries).toMatchObject([
      {
        rezoning: { documentNumber: '示例〔2026〕9号', settled: true, placed: 4 },
        change: { before: { parentId: areas.townA.areaId }, after: { parentId: areas.townB.areaId } },
        parents: { before: { id: areas.townA.areaId }, after: { id: areas.townB.areaId } },
      },
    ]);
    const town = (await server.as(people.administrator, { url: `/api/v1/areas/${areas.townA.areaId}/history` })).json() as AreaHistory;
    expect(town.entries).toHaveLength(1);
    expect(town.entries[0]).not.toHaveProperty('parents');
  });

  test('without any boundaries its cases follow too', async () => {
    const made = { do: 'create', areaId: v7(), kind: 'community', parentId: areas.townA.areaId, name: { zh: '新建社区' } };
    expect((await apply([made])).statusCode).toBe(201);
    const id = await file({ areaId: made.areaId });
    expect((await standing(id)).place).toEqual([areas.townA.areaId, made.areaId]);
    expect((await apply([{ do: 'hang', areaId: made.areaId, parentId: areas.townB.areaId }])).statusCode).toBe(201);
    await placeAll();
    expect(await standing(id)).toEqual({ place: [areas.townB.areaId, made.areaId], placed: 1 });
  });
});

describe('what is told of an area that goes', () => {
  test('a display follows its post, and a webhook goes where the decision says: to whoever takes the area over', async () => {
    const one = { do: 'create', areaId: v7(), kind: 'community', parentId: areas.townB.areaId, name: { zh: '并入社区' } };
    expect((await apply([one])).statusCode).toBe(201);
    const into = areas.communityB1;
    const display = { id: v7(), name: '网格驿站', areaId: one.areaId };
    expect((await post(people.administrator, '/wall/displays', display)).statusCode).toBe(201);
    const hook = {
      id: v7(),
      organizationId: organizations.centreB.organizationId,
      areaId: one.areaId,
      url: 'https://partner.example.org/hook',
      events: ['case.filed'],
    };
    expect((await post(people.administrator, '/webhooks', hook)).statusCode).toBeLessThan(300);
    const retire = { do: 'retire', areaId: one.areaId };
    const seen = (await preview([retire])).json() as RezoningPreview;
    expect(seen.dependants).toMatchObject([
      { what: 'post', label: { zh: '网格驿站' }, areaId: one.areaId },
      { what: 'webhook', id: hook.id, label: { zh: 'partner.example.org' }, areaId: one.areaId },
    ]);
    const moves = seen.dependants.map(({ what, id }) => ({ what, id, areaId: into.areaId }));
    expect((await apply([retire], { moves: moves.slice(0, 1) })).json().code).toBe('movesMissing');
    const done = await apply([retire], { moves });
    expect(done.statusCode, done.body).toBe(201);
    expect(await query('select area_id from wall_display where display_id = $1', [display.id])).toEqual([{ area_id: into.areaId }]);
    expect(await query('select area_id from webhook where webhook_id = $1', [hook.id])).toEqual([{ area_id: into.areaId }]);
    const left = await query(
      'select area_id from wall_display join area a using (area_id) where a.valid_to is not null union all select area_id from webhook join area a using (area_id) where a.valid_to is not null',
    );
    expect(left).toEqual([]);
    // Whoever manages no area neither hears of the webhooks there nor moves them.
    expect(
      await asApp<{ rows: object[] }>(people.dispatcherB, 'select * from webhooks_at(array[$1]::uuid[])', [into.areaId]),
    ).toMatchObject({ rows: [] });
    expect(
      await asApp<{ rows: object[] }>(people.dispatcherB, "select place_at_areas('webhook', array[$1], array[$2]::uuid[]) as n", [
        hook.id,
        areas.gridB21.areaId,
      ]),
    ).toMatchObject({ rows: [{ n: 0 }] });
  });
});

describe('two communities that become one', () => {
  test('hand their grids over under its code, and open cases follow to where they now lie', async () => {
    const { communityA1, communityB1, communityB2, townA, townB } = areas;
    const there = await file({ point: points.inB11 });
    const into = { areaId: v7(), name: { zh: '乙社区' }, code: '990000102077' };
    const merge = { do: 'merge', areaIds: [communityB1.areaId, communityB2.areaId], into };
    const seen = (await preview([merge])).json() as RezoningPreview;
    const moves = seen.dependants.map(({ what, id }) => ({ what, id, areaId: into.areaId }));
    const done = await apply([merge], { moves });
    expect(done.statusCode, done.body).toBe(201);
    await placeAll();
    expect((await standing(there)).place).toEqual([townB.areaId, into.areaId, areas.gridB11.areaId]);
    const grids = await query<{ code: string; path: string[] }>(
      'select c.code, a.path from area a join area_code c using (area_id) where a.parent_id = $1 and c.valid_to is null order by c.code',
      [into.areaId],
    );
    expect(grids.map(({ code }) => code)).toEqual(['001', '002', '003', '004'].map((serial) => `${into.code}${serial}`));
    for (const { path } of grids) expect(path.slice(0, -1)).toEqual([areas.city.areaId, townB.areaId, into.areaId]);
    expect(
      (await preview([{ do: 'merge', areaIds: [townA.areaId, communityA1.areaId], into: { ...into, areaId: v7() } }])).json().code,
    ).toBe('mergeAcross');
  });
});
