import type { AreaHistory, RezoningPreview, RezoningView } from '@tongxin/domain/area/rezoning/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Deps, PlaceIndex } from '../../../platform/deps.ts';
import { makePlaces } from '../../../platform/places/places.ts';
import { findBoundaries } from '../../../platform/places/repo.ts';
import { fileNewCase } from '../../intake/index.ts';
import { verifyRecord } from '../../record/index.ts';
import { verifyStatistics } from '../../statistics/index.ts';
import { placeCases } from '../index.ts';

const { areas, people, organizations } = WORLD;
let server: TestServer;
/** The net as a process knows it that has not looked since. */
let old: PlaceIndex;
beforeAll(async () => {
  server = await testServer();
  old = makePlaces(await findBoundaries(server.db.pools.app));
});
afterAll(() => server.close());

const post = (who: Caller, url: string, body: object) => server.as(who, { method: 'POST', url: `/api/v1${url}`, body });
const query = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await server.db.pools.maintenance.query(text, values)).rows;
const file = async (point: { lon: number; lat: number } | undefined, more: object = {}): Promise<string> => {
  const id = v7();
  const answer = await post(people.residentA, '/cases', { id, text: '路灯不亮', ...(point ? { point } : {}), ...more });
  expect(answer.statusCode, answer.body).toBe(201);
  return id;
};
const act = async (who: Caller, id: string, action: string, input: object = {}): Promise<void> => {
  const { version } = (await server.as(who, { url: `/api/v1/cases/${id}` })).json() as CaseView;
  const answer = await post(who, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  expect(answer.statusCode, answer.body).toBe(200);
};
const version = async (): Promise<number> => (await query<{ v: number }>('select net_version() as v'))[0]!.v;
const preview = async (steps: object[], who: Caller = people.administrator) => post(who, '/areas/rezonings/preview', { steps });
const apply = async (steps: object[], more: object = {}, who: Caller = people.administrator) =>
  post(who, '/areas/rezonings', { id: v7(), netVersion: await version(), steps, reason: '人口增加', ...more });
const applied = async (steps: object[], more: object = {}): Promise<RezoningView> => {
  const answer = await apply(steps, more);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const placeAll = async (deps: Deps = server.deps): Promise<void> => {
  while ((await placeCases(deps)) > 0);
};
const gridOf = async (id: string): Promise<string | null> =>
  (await query<{ grid_id: string | null }>('select grid_id from cases where case_id = $1', [id]))[0]!.grid_id;
const placings = async (id: string): Promise<number> =>
  (await query<{ n: number }>("select count(*)::int as n from events where case_id = $1 and type = 'case.placed'", [id]))[0]!.n;
const code = (n: number): string => `${areas.communityA1.code}${String(n).padStart(3, '0')}`;
const part = (n: number, name = `网格${n}`) => ({ areaId: v7(), name: { zh: name }, code: code(n) });
/** From south to north through the middle of A1-1. */
const MIDDLE = [
  [113.05, 21.9],
  [113.05, 22.2],
];
const WEST = { lon: 113.02, lat: 22.02 };
const EAST = { lon: 113.08, lat: 22.02 };

/** Every open case stands in one grid in force that its point lies in, or in none; the record and the figures agree. */
const assertNothingOrphaned = async (): Promise<void> => {
  const orphans =
    await query(`select c.case_id from cases c, unnest(array_remove(array[c.city_id, c.town_id, c.community_id, c.grid_id] || c.overlay_ids, null)) as at
    join area a on a.area_id = at where c.ended_at is null and a.valid_to is not null`);
  expect(orphans).toEqual([]);
  const strayed = await query(
    "select case_id from cases where state->'areaIds' <> to_jsonb(array_remove(array[city_id, district_id, town_id, community_id, grid_id] || overlay_ids, null))",
  );
  expect(strayed).toEqual([]);
  const twice = await query('select area_id from area_boundary where valid_to is null group by 1 having count(*) > 1');
  expect(twice).toEqual([]);
  expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, broken: [] });
  expect(await verifyStatistics(server.deps)).toMatchObject({ ok: true, lost: 0, uncounted: 0, differences: [] });
};

describe('an administrator who divides a grid with open cases', () => {
  const [left, right] = [part(11, '西片网格'), part(12, '东片网格')];
  const split = { do: 'split', areaId: areas.gridA11.areaId, line: MIDDLE, parts: [left, right] };
  const cases: Record<'west' | 'east' | 'withdrawn' | 'letter' | 'chosen' | 'school' | 'facility', string> = {} as never;
  const workerPost = v7();

  beforeAll(async () => {
    cases.west = await file(WEST);
    cases.east = await file(EAST);
    cases.withdrawn = await file(WEST);
    await act(people.residentA, cases.withdrawn, 'withdraw');
    cases.letter = await file(EAST, { procedure: 'letter' });
    cases.chosen = await file(undefined, { areaId: areas.gridA11.areaId });
    cases.school = await file(server.world.points.inSchool);
    cases.facility = await file(undefined, { facilityId: 'fa000000-0000-8000-8000-000000000001' });
    await query(
      "insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'gridWorker', '{\"zh\":\"甲一一网格员\"}', '2026-01-01')",
      [workerPost, organizations.gridTeamA1.organizationId, areas.gridA11.areaId],
    );
    await query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2026-01-01')", [
      v7(),
      workerPost,
      people.residentB.personId,
    ]);
  });

  test('sees beforehand what would move, and nothing has happened', async () => {
    const answer = await preview([split]);
    expect(answer.statusCode, answer.body).toBe(200);
    const seen = answer.json() as RezoningPreview;
    expect(seen.changes.map(({ areaId, after }) => [areaId, after?.name.zh])).toEqual([
      [areas.gridA11.areaId, undefined],
      [left.areaId, '西片网格'],
      [right.areaId, '东片网格'],
    ]);
    // The confidential letter moves as well; an administrator is not told of it.
    expect(seen.cases.moving).toBe(5);
    expect(seen.cases.some.map(({ id }) => id).sort()).toEqual([cases.west, cases.east, cases.chosen, cases.school, cases.facility].sort());
    expect(seen.cases.flows.find(({ to }) => to?.id === left.areaId)).toMatchObject({ from: { id: areas.gridA11.areaId } });
    expect(seen.cases.flows.find(({ to }) => to?.id === areas.communityA1.areaId)?.n).toBe(1);
    expect(seen.facilities).toMatchObject({ moving: 1, some: [{ from: areas.gridA11.areaId, to: left.areaId }] });
    expect(seen.dependants).toMatchObject([{ what: 'post', id: workerPost, areaId: areas.gridA11.areaId }]);
    expect(seen.findings).toEqual({ overlaps: [], gaps: [] });
    expect(await version()).toBe(0);
    expect(await gridOf(cases.west)).toBe(areas.gridA11.areaId);
  });

  test.each([
    ['a post without a new place', {}, [422, 'movesMissing']],
    ['a place that goes itself', { moves: [{ what: 'post', id: workerPost, areaId: areas.gridA11.areaId }] }, [422, 'moveUnfit']],
    ['a net that somebody changed meanwhile', { netVersion: 7 }, [409, 'areasChanged']],
    ['no reason', { reason: '  ' }, [422, 'fieldMissing']],
  ])('is refused for %s, and nothing has happened', async (_what, more, expected) => {
    const answer = await apply([split], more);
    expect([answer.statusCode, answer.json().code]).toEqual(expected);
    expect(await version()).toBe(0);
    expect(await query('select 1 from area where area_id = $1', [left.areaId])).toEqual([]);
  });

  test('has it done once, however often it is sent', async () => {
    const body = {
      id: v7(),
      netVersion: 0,
      steps: [split],
      moves: [{ what: 'post', id: workerPost, areaId: left.areaId }],
      reason: '人口增加',
      documentNumber: '示例〔2026〕8号',
    };
    const [one, two] = await Promise.all([
      post(people.administrator, '/areas/rezonings', body),
      post(people.administrator, '/areas/rezonings', body),
    ]);
    expect([one.statusCode, two.statusCode].sort()).toEqual([200, 201]);
    expect((await post(people.administrator, '/areas/rezonings', { ...body, reason: '别的' })).json().code).toBe('commandReused');
    expect(await version()).toBe(1);
    // What is filed now already stands in a new grid.
    expect(await gridOf(await file(EAST))).toBe(right.areaId);
  });

  test('finds open cases in the new grids, closed ones where they were, and each told in its record', async () => {
    await placeAll();
    expect(await gridOf(cases.west)).toBe(left.areaId);
    expect(await gridOf(cases.facility)).toBe(left.areaId);
    expect(await gridOf(cases.east)).toBe(right.areaId);
    expect(await gridOf(cases.letter)).toBe(right.areaId);
    expect(await gridOf(cases.withdrawn)).toBe(areas.gridA11.areaId);
    expect(await gridOf(cases.chosen)).toBe(null);
    for (const id of [cases.west, cases.east, cases.letter, cases.chosen, cases.facility]) expect(await placings(id)).toBe(1);
    expect(await placings(cases.withdrawn)).toBe(0);
    const seen = (await server.as(people.dispatcherA, { url: `/api/v1/cases/${cases.west}` })).json() as CaseView;
    expect(seen.record.at(-1)?.label.zh).toBe('属地调整：甲一社区 · 西片网格');
    const told = (await server.as(people.residentA, { url: `/api/v1/cases/${cases.west}` })).json() as CaseView;
    expect(told.record.map(({ type }) => type)).not.toContain('case.placed');
    await assertNothingOrphaned();
  });

  test('has whoever walks the new grid see what lies there, and no more', async () => {
    const seen = async (id: string) => (await server.as(people.residentB, { url: `/api/v1/cases/${id}` })).statusCode;
    expect(await seen(cases.west)).toBe(200);
    expect(await seen(cases.east)).toBe(404);
    expect(await query('select area_id from post where post_id = $1', [workerPost])).toEqual([{ area_id: left.areaId }]);
    expect(await query('select area_id from facility')).toEqual([{ area_id: left.areaId }]);
  });

  test('a second look finds nothing left, though a process had filed by the old net', async () => {
    const late = v7();
    const body = { id: late, text: '路灯不亮', point: WEST } as never;
    await fileNewCase({ ...server.deps, places: old }, people.residentA.who, body);
    expect(await gridOf(late)).toBe(areas.gridA11.areaId);
    await placeAll();
    expect(await gridOf(late)).toBe(areas.gridA11.areaId);
    server.deps.clock.advance(180_000);
    await placeAll();
    expect(await gridOf(late)).toBe(left.areaId);
    expect(await query('select settled_at is not null as settled, placed from area_rezoning')).toEqual([{ settled: true, placed: 7 }]);
  });

  test('renumbers and renames the parts: codes are dated, the history tells when it was what and by which decision', async () => {
    await applied(
      [
        { do: 'renumber', areaId: left.areaId, code: code(21) },
        { do: 'rename', areaId: left.areaId, name: { zh: '滨河网格', en: 'Riverside Grid' } },
      ],
      { documentNumber: '示例〔2026〕9号' },
    );
    await placeAll();
    const history = (await server.as(people.administrator, { url: `/api/v1/areas/${left.areaId}/history` })).json() as AreaHistory;
    expect(
      history.entries.map(({ rezoning, change }) => [
        rezoning.documentNumber,
        change.before?.name.zh,
        change.after?.name.zh,
        change.after?.code,
      ]),
    ).toEqual([
      ['示例〔2026〕9号', '西片网格', '滨河网格', code(21)],
      ['示例〔2026〕8号', undefined, '西片网格', code(11)],
    ]);
    expect(history.entries[1]).toMatchObject({ related: [{ id: areas.gridA11.areaId, name: areas.gridA11.name }] });
    expect(history.codes.map((one) => [one.code, one.to !== undefined])).toEqual([
      [code(21), false],
      [code(11), true],
    ]);
    const gone = (await server.as(people.administrator, { url: `/api/v1/areas/${areas.gridA11.areaId}/history` })).json() as AreaHistory;
    expect(gone).toMatchObject({ retired: true, area: { name: areas.gridA11.name, code: areas.gridA11.code } });
    expect((await preview([{ do: 'renumber', areaId: right.areaId, code: code(11) }])).json().code).toBe('codeUsedBefore');
    expect(await placings(cases.west)).toBe(1);
    await assertNothingOrphaned();
  });

  test('merges them again: what had only been said to lie in a part goes with it', async () => {
    const chosen = await file(undefined, { areaId: right.areaId });
    const into = part(31, '合并网格');
    await applied([{ do: 'merge', areaIds: [left.areaId, right.areaId], into }], {
      moves: [{ what: 'post', id: workerPost, areaId: into.areaId }],
    });
    await placeAll();
    for (const id of [cases.west, cases.east, cases.letter, chosen, cases.school]) expect(await gridOf(id)).toBe(into.areaId);
    expect(await gridOf(cases.withdrawn)).toBe(areas.gridA11.areaId);
    await assertNothingOrphaned();
  });
});

describe('a dedicated grid laid over base grids', () => {
  test('gives its open cases a second place, and takes it away when it goes', async () => {
    const inside = await file({ lon: 113.12, lat: 22.05 });
    const base = await gridOf(inside);
    const market = { do: 'create', kind: 'dedicatedGrid', parentId: areas.communityA1.areaId, ...part(902, '市场专属网格') };
    const ring = [
      [113.08, 22.04],
      [113.13, 22.04],
      [113.13, 22.06],
      [113.08, 22.06],
      [113.08, 22.04],
    ];
    await applied([{ ...market, boundary: { type: 'Polygon', coordinates: [ring] } }]);
    await placeAll();
    const overlays = async () =>
      (await query<{ overlay_ids: string[] }>('select overlay_ids from cases where case_id = $1', [inside]))[0]!.overlay_ids;
    expect([await gridOf(inside), await overlays()]).toEqual([base, [market.areaId]]);
    await applied([{ do: 'retire', areaId: market.areaId }]);
    await placeAll();
    expect([await gridOf(inside), await overlays()]).toEqual([base, []]);
    await assertNothingOrphaned();
  });
});

test('a case that is reopened after its grid has gone stands where its point lies now', async () => {
  const id = await file({ lon: 113.15, lat: 22.05 });
  await act(people.dispatcherA, id, 'accept');
  await act(people.dispatcherA, id, 'dispatch', { organizationId: organizations.bodyA.organizationId });
  await query('update cases set ended_at = now() where case_id = $1', [id]);
  const into = [part(41), part(42)];
  await applied([
    {
      do: 'split',
      areaId: areas.gridA12.areaId,
      line: [
        [113.15, 21.9],
        [113.151, 22.2],
      ],
      parts: into,
    },
  ]);
  await placeAll();
  expect(await gridOf(id)).toBe(areas.gridA12.areaId);
  await act(people.handlerA, id, 'acknowledge');
  expect(into.map(({ areaId }) => areaId)).toContain(await gridOf(id));
  expect(await placings(id)).toBe(1);
  await query('update cases set ended_at = null where case_id = $1', [id]);
  await assertNothingOrphaned();
});

test('hundreds of open cases, and a process that dies in the middle: each is placed once, by whoever takes over', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 430; i++) ids.push(await file({ lon: 113.01 + (i % 20) * 0.009, lat: 22.11 + (i % 7) * 0.01 }));
  const view = await applied([
    {
      do: 'split',
      areaId: areas.gridA21.areaId,
      line: [
        [112.9, 22.15],
        [113.3, 22.15],
      ],
      parts: [1, 2].map((n) => ({ ...part(n), code: `${areas.communityA2.code}05${n}` })),
    },
    {
      do: 'split',
      areaId: areas.gridA22.areaId,
      line: [
        [112.9, 22.15],
        [113.3, 22.15],
      ],
      parts: [3, 4].map((n) => ({ ...part(n), code: `${areas.communityA2.code}05${n}` })),
    },
  ]);
  let resolved = 0;
  const dying: Deps = {
    ...server.deps,
    places: {
      ofArea: (areaId) => server.deps.places.ofArea(areaId),
      middleOf: (areaId) => server.deps.places.middleOf(areaId),
      resolve: (point) => {
        resolved += 1;
        if (resolved > 430 + 300) throw new Error('killed');
        return server.deps.places.resolve(point);
      },
    },
  };
  await expect(placeAll(dying)).rejects.toThrow('killed');
  const after = async () =>
    (
      await query<{ n: number }>(
        'select count(*)::int as n from cases where case_id = any ($1) and grid_id in (select area_id from area where valid_to is null)',
        [ids],
      )
    )[0]!.n;
  expect(await after()).toBe(200);
  expect((await server.as(people.administrator, { url: `/api/v1/areas/rezonings/${view.id}` })).json()).toMatchObject({
    placed: 200,
    settled: false,
  });
  await Promise.all([placeAll(), placeAll({ ...server.deps })]);
  expect(await after()).toBe(430);
  for (const id of ids.slice(195, 210)) expect(await placings(id)).toBe(1);
  expect(
    (await query<{ n: number }>("select count(*)::int as n from events where type = 'case.placed' and case_id = any ($1)", [ids]))[0]!.n,
  ).toBe(430);
  expect((await server.as(people.administrator, { url: `/api/v1/areas/rezonings/${view.id}` })).json()).toMatchObject({
    placed: 430,
    settled: true,
  });
  await assertNothingOrphaned();
}, 120_000);

describe('whoever may not', () => {
  const steps = [{ do: 'rename', areaId: areas.gridB11.areaId, name: { zh: '乙新网格' } }];
  test('an administrator of town A changes nothing of town B, and no post of it follows', async () => {
    await query('update post set area_id = $1 where post_id = $2', [areas.townA.areaId, people.administrator.posts[0]!.postId]);
    try {
      for (const answer of [await preview(steps), await apply(steps)])
        expect([answer.statusCode, answer.json().code]).toEqual([403, 'areaNotManaged']);
      expect((await preview([{ do: 'rename', areaId: areas.communityA1.areaId, name: { zh: '甲新社区' } }])).statusCode).toBe(200);
    } finally {
      await query('update post set area_id = $1 where post_id = $2', [areas.city.areaId, people.administrator.posts[0]!.postId]);
    }
  });
  test('the database itself refuses whoever gets past the rules', async () => {
    const client = await server.db.pools.app.connect();
    const asked = async (who: { token: string }, text: string, values: unknown[] = []) => {
      await client.query('begin');
      await client.query("select enter('person', $1)", [who.token]);
      return client
        .query(text, values)
        .then(
          ({ rowCount }) => rowCount,
          (error: { code: string }) => error.code,
        )
        .finally(() => client.query('rollback'));
    };
    const insert = `insert into area (area_id, kind, parent_id, path, name, valid_from) select $1, 'grid', area_id, path || $1::uuid, '{"zh":"x"}', '2026-01-01' from area where area_id = $2`;
    expect(await asked(people.dispatcherA, insert, [v7(), areas.communityA1.areaId])).toBe('42501');
    expect(await asked(people.administrator, insert, [v7(), areas.communityA1.areaId])).toBe(1);
    expect(await asked(people.dispatcherA, 'update area set valid_to = now()')).toBe(0);
    expect(
      await asked(people.dispatcherA, "select place_at_areas('post', array[$1]::text[], array[$2]::uuid[]) as n", [
        people.handlerA.posts[0]!.postId,
        areas.townB.areaId,
      ]),
    ).toBe(1);
    expect(await query('select area_id from post where post_id = $1', [people.handlerA.posts[0]!.postId])).toEqual([
      { area_id: areas.townA.areaId },
    ]);
    client.release();
  });
});

test('the net is read with what it belongs to, checked, and exported as it stands', async () => {
  const net = (await server.as(people.administrator, { url: `/api/v1/areas/${areas.townB.areaId}/net` })).json();
  expect(net.path.map((one: { id: string }) => one.id)).toEqual(areas.townB.path);
  expect(net.areas.map((one: { code: string }) => one.code)).toEqual([
    '990000102001',
    '990000102002',
    '990000102001001',
    '990000102001002',
    '990000102002001',
    '990000102002002',
  ]);
  expect(net.areas[2].boundary.type).toBe('Polygon');
  const findings = (await server.as(people.administrator, { url: `/api/v1/areas/${areas.communityB1.areaId}/findings` })).json();
  expect(findings).toEqual({ overlaps: [], gaps: [] });
  await applied([
    {
      do: 'redraw',
      areaId: areas.gridB12.areaId,
      boundary: {
        type: 'Polygon',
        coordinates: [
          [
            [113.3, 22],
            [113.39, 22],
            [113.39, 22.1],
            [113.3, 22.1],
            [113.3, 22],
          ],
        ],
      },
    },
  ]);
  const gaps = (await server.as(people.administrator, { url: `/api/v1/areas/${areas.communityB1.areaId}/findings` })).json();
  expect(gaps.gaps).toHaveLength(1);
  const answer = await server.as(people.administrator, { url: `/api/v1/areas/${areas.townB.areaId}/boundaries` });
  expect(answer.headers['content-type']).toBe('application/geo+json');
  const file = JSON.parse(answer.body);
  expect(file.features).toHaveLength(7);
  expect(file.features.find((one: { properties: { code: string } }) => one.properties.code === '990000102001001').properties).toMatchObject(
    { kind: 'grid', parentCode: '990000102001' },
  );
});

describe('versions of a procedure that hold in grids that become one', () => {
  const [one, other] = [areas.gridB21, areas.gridB22];
  const into = { areaId: v7(), name: { zh: '乙二合并网格' }, code: `${areas.communityB2.code}031` };
  const merge = { do: 'merge', areaIds: [one.areaId, other.areaId], into };
  const later = '2027-03-01';
  const uses = { now: v7(), past: v7(), later: v7(), other: v7() };
  const use = async (id: string, areaId: string, version: number, from: string) =>
    query(
      "insert into procedure_use (use_id, procedure_id, version, area_id, valid_from, note, set_at) values ($1, 'order', $2, $3, $4, '试行', $5)",
      [id, version, areaId, from, server.deps.clock.now()],
    );
  const held = () =>
    query<{ version: number; begun: boolean }>(
      "select version, valid_from < $2::date as begun from procedure_use where area_id = $1 and procedure_id = 'order' order by valid_from",
      [into.areaId, later],
    );
  const moves = () => [uses.now, uses.later, uses.other].map((id) => ({ what: 'procedure', id, areaId: into.areaId }));
  beforeAll(async () => {
    await query(
      `insert into procedure_version (procedure_id, version, definition, digest, published_at)
        select procedure_id, n, definition || jsonb_build_object('version', n), digest, published_at
        from (select * from procedure_version where procedure_id = 'order' order by version desc limit 1) v, generate_series(1011, 1012) n`,
    );
    await use(uses.past, one.areaId, 1012, '2020-01-01');
    await use(uses.now, one.areaId, 1011, '2020-06-01');
    await use(uses.later, one.areaId, 1012, later);
    await use(uses.other, other.areaId, 1012, '2020-01-01');
    await server.deps.procedures.reload();
  });
  test('are shown beforehand: what holds and what will, not what is over', async () => {
    const seen = (await preview([merge])).json() as RezoningPreview;
    expect(
      seen.dependants
        .filter(({ what }) => what === 'procedure')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([uses.now, uses.later, uses.other].sort());
    expect(seen.dependants.find(({ id }) => id === uses.later)?.label.zh).toContain(later);
  });
  test('must each go somewhere, and two different ones not to one place', async () => {
    expect((await apply([merge], { moves: moves().slice(1) })).json().code).toBe('movesMissing');
    expect((await apply([merge], { moves: moves() })).json().code).toBe('versionsClash');
    expect(await query('select 1 from procedure_use where area_id = $1', [areas.communityB2.areaId])).toEqual([]);
  });
  test('hold in the new grid from its first day; what held in the old one stays written there', async () => {
    await query('update procedure_use set version = 1011 where use_id = $1', [uses.other]);
    await use(v7(), other.areaId, 1012, later);
    const seen = (await preview([merge])).json() as RezoningPreview;
    await applied([merge], {
      moves: seen.dependants.filter(({ what }) => what === 'procedure').map(({ what, id }) => ({ what, id, areaId: into.areaId })),
    });
    const now = await held();
    expect(new Set(now.map(({ version, begun }) => `${version} ${begun}`))).toEqual(new Set(['1011 true', '1012 false']));
    expect(await query('select version from procedure_use where use_id = any ($1) order by valid_from', [[uses.past, uses.now]])).toEqual([
      { version: 1012 },
      { version: 1011 },
    ]);
    expect(
      await query('select 1 from procedure_use where area_id = any ($1) and valid_from = $2', [[one.areaId, other.areaId], later]),
    ).toEqual([]);
    const at = { areaIds: [into.areaId], day: '2026-12-01' };
    expect(server.deps.procedures.latest('order', at)?.version).toBe(1011);
    expect(server.deps.procedures.latest('order', { ...at, day: later })?.version).toBe(1012);
  });
  test('the database itself moves nothing for whoever manages no area', async () => {
    const client = await server.db.pools.app.connect();
    try {
      await client.query('begin');
      await client.query("select enter('person', $1)", [people.dispatcherA.token]);
      const { rows } = await client.query('select carry_uses(array[$1]::uuid[], array[$2]::uuid[], now()) as n', [
        uses.now,
        areas.townA.areaId,
      ]);
      expect(rows).toEqual([{ n: 0 }]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
