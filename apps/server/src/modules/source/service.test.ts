import type { Causes, MeasureView, NewMeasure } from '@tongxin/domain/source/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

const { people, areas, organizations } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  const quarrels: [day: string, areaId: string, kind: string, n: number][] = [
    // Thirty days before and after the first of September, here and elsewhere; and one other trade.
    ['2026-08-10', areas.gridA11.areaId, 'property', 9],
    ['2026-09-10', areas.communityA1.areaId, 'property', 1],
    ['2026-08-10', areas.communityB1.areaId, 'property', 4],
    ['2026-09-10', areas.communityB1.areaId, 'property', 4],
    ['2026-09-12', areas.communityA1.areaId, 'family', 2],
    // Recorded since the middle of July.
    ['2026-07-15', areas.communityA1.areaId, 'family', 1],
    ['2026-07-15', areas.communityB1.areaId, 'family', 1],
    // On the day it began, it counts as after; on the day before as before; today is not over.
    ['2026-09-01', areas.communityA1.areaId, 'property', 1],
    ['2026-08-31', areas.communityA1.areaId, 'property', 1],
    ['2026-09-30', areas.communityA1.areaId, 'property', 5],
  ];
  for (const [mediatedOn, areaId, kind, n] of quarrels)
    for (let i = 0; i < n; i++) {
      const body = {
        id: v7(),
        kind,
        origin: 'applied',
        areaId,
        facts: '物业费',
        parties: [{ name: '赵甲' }, { name: '钱乙' }],
        mediatedOn,
        outcome: 'atOnce',
        agreement: '当场付清',
      };
      const made = await call(people.mediatorA, '/disputes', body, 'POST');
      expect(made.statusCode, made.body).toBe(201);
    }
});
afterAll(() => server.close());

const call = (caller: Caller, path: string, body?: unknown, method: 'POST' | 'PUT' = 'PUT') =>
  server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method, body }) });
const measure = (more: Partial<NewMeasure> = {}, id = v7(), who: Caller = people.justiceOfficer) =>
  call(who, `/sources/measures/${id}`, {
    areaId: areas.communityA1.areaId,
    kind: 'property',
    what: '物业费公示上墙',
    organizationId: organizations.bodyA.organizationId,
    from: '2026-09-01',
    ...more,
  });

test('causes are exact by place, trade and month', async () => {
  const found = (await call(people.justiceOfficer, '/sources/causes?from=2026-08&to=2026-09')).json<Causes>();
  expect(found.total).toBe(27);
  expect(found.places).toEqual([
    { areaId: areas.communityA1.areaId, label: expect.anything(), cases: 19, kinds: { property: 17, family: 2 } },
    { areaId: areas.communityB1.areaId, label: expect.anything(), cases: 8, kinds: { property: 8 } },
  ]);
  expect(found.months).toEqual([
    { month: '2026-08', cases: 14 },
    { month: '2026-09', cases: 13 },
  ]);
  expect((await call(people.justiceOfficer, '/sources/causes?from=2026-09&to=2026-08')).json().code).toBe('monthsUnfit');
});

test('who counts by two posts sees each measure within the area of the post it lies in', async () => {
  const { maintenance } = server.db.pools;
  const both = people.handlerA;
  for (const { areaId } of [areas.townB, areas.townA]) {
    const postId = v7();
    await maintenance.query(
      "insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'justiceOfficer', $4, '2020-01-01')",
      [postId, organizations.justice.organizationId, areaId, { zh: '统计员' }],
    );
    await maintenance.query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $1, $2, '2020-01-01')", [
      postId,
      both.personId,
    ]);
  }
  for (const { areaId } of [areas.communityA1, areas.communityB1]) {
    const made = await measure({ areaId, what: `在${areaId}` }, v7(), both);
    expect(made.statusCode, made.body).toBe(200);
  }
  const { measures } = (await call(both, '/sources/measures')).json<{ measures: MeasureView[] }>();
  expect(measures.map(({ here, elsewhere }) => [here?.before, here?.after, elsewhere?.before]).sort()).toEqual([
    [10, 2, 0],
    [4, 4, 0],
  ]);
  expect((await call(both, '/sources/causes?from=2026-08&to=2026-09')).json<Causes>().total).toBe(27);
  await maintenance.query('delete from source_measure');
});

test('what was tried is compared with as long before, elsewhere and the year before; a target of none is refused', async () => {
  for (const what of ['全年零诉讼', '建成无讼社区']) expect((await measure({ what })).json().code).toBe('targetOfNone');
  expect((await measure({ target: 0 } as Partial<NewMeasure>)).json().code).toBe('invalidInput');
  const id = v7();
  const [first, again] = [await measure({}, id), await measure({}, id)];
  expect([first.statusCode, again.json()], first.body).toEqual([200, first.json()]);
  expect((await measure({ what: '别的' }, id)).json().code).toBe('idTaken');
  const [tried] = first.json<{ measures: MeasureView[] }>().measures;
  // 29 whole days since; ten before, two after: fewer, and elsewhere nothing changed.
  expect(tried).toMatchObject({
    days: 29,
    verdict: 'fewer',
    here: { before: 10, after: 2, ratio: 0.2 },
    elsewhere: { before: 4, after: 4, ratio: 1 },
  });
  // A year ago nothing was recorded: that is not a year without disputes.
  expect(tried).not.toHaveProperty('yearBefore');
  const early = (await measure({ from: '2026-08-01' }))
    .json<{ measures: MeasureView[] }>()
    .measures.find(({ from }) => from === '2026-08-01');
  expect([early?.verdict, early?.here]).toEqual(['noBefore', undefined]);
  const fresh = (await measure({ from: '2026-09-20' }))
    .json<{ measures: MeasureView[] }>()
    .measures.find(({ from }) => from === '2026-09-20');
  expect([fresh?.verdict, fresh?.here]).toEqual(['tooEarly', undefined]);
});
