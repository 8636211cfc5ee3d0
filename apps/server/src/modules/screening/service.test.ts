import type { ChangePage } from '@tongxin/domain/administration/view.ts';
import type { DisputeReceipt } from '@tongxin/domain/dispute/schema.ts';
import type { FoundItem, NewReport, Overview, OwnUnit } from '@tongxin/domain/screening/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import ExcelJS from 'exceljs';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellScreening } from './index.ts';

const { people, areas, organizations } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-09-24T02:00:00.000Z' });
  for (const body of [organizations.committeeA1, organizations.bodyA, organizations.gridTeamA1, organizations.mediationA])
    expect((await unit(people.leaderA, body.organizationId)).statusCode).toBe(200);
});
afterAll(() => server.close());

const call = (caller: Caller, path: string, body?: unknown, method: 'POST' | 'PUT' = 'POST') =>
  server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method, body }) });
const unit = (caller: Caller, organizationId: string, more: object = {}) =>
  call(caller, `/screening/units/${organizationId}`, { commandId: v7(), since: '2026-09', dueDay: 25, ...more });
const item = (more: Partial<FoundItem> = {}): FoundItem => ({
  kind: 'neighbour',
  areaId: areas.communityA1.areaId,
  place: '东门停车场',
  matter: '车位之争',
  degree: 'low',
  step: 'talking',
  ...more,
});
const report = (caller: Caller, more: Partial<NewReport> = {}, id = v7()) =>
  call(
    caller,
    `/screening/reports/${id}`,
    { organizationId: organizations.committeeA1.organizationId, month: '2026-09', version: 0, items: [], ...more },
    'PUT',
  );
const refused = async (answer: ReturnType<typeof call>) => {
  const { statusCode, body } = await answer;
  return [statusCode, JSON.parse(body).code];
};
const overviewOf = async (caller: Caller, month = '2026-09'): Promise<Overview> =>
  (await call(caller, `/screening/overview?month=${month}`)).json();
const statesOf = async (caller: Caller) =>
  Object.fromEntries((await overviewOf(caller)).units.map(({ label, state, late }) => [label.zh, [state, late]]));

describe('a report of a month', () => {
  test('is the body’s own, of a month that has begun, and only where one is owed', async () => {
    expect(await refused(report(people.handlerA))).toEqual([403, 'notYours']);
    expect(await refused(report(people.committeeA, { month: '2026-10' }))).toEqual([422, 'monthInFuture']);
    expect(await refused(report(people.committeeA, { month: '2026-08' }))).toEqual([409, 'noReportOwed']);
    expect(await refused(unit(people.dispatcherB, organizations.bodyA.organizationId))).toEqual([403, 'beyondYourArea']);
  });

  test('never speaks of people', async () => {
    for (const words of ['张某与邻居争吵', '联系人：张小明', '电话13812345678', '身份证11010519491231002X', '附人员名单']) {
      expect(await refused(report(people.committeeA, { items: [item({ matter: words })] }))).toEqual([422, 'personInReport']);
      expect(await refused(report(people.committeeA, { items: [item({ place: words })] }))).toEqual([422, 'personInReport']);
    }
    expect(await refused(report(people.committeeA, { items: [{ ...item(), people: ['张三'] } as FoundItem] }))).toEqual([
      400,
      'invalidInput',
    ]);
    const { rows } = await server.db.pools.maintenance.query('select 1 from screening_report');
    expect(rows).toEqual([]);
  });

  test('is none, or what was found; sent again it is the same, and another takes its place', async () => {
    const id = v7();
    const [first, again] = [await report(people.committeeA, {}, id), await report(people.committeeA, {}, id)];
    expect([first.statusCode, again.statusCode, again.json()]).toEqual([200, 200, first.json()]);
    expect(first.json<{ units: OwnUnit[] }>().units[0]?.months[0]).toMatchObject({
      month: '2026-09',
      state: 'none',
      late: false,
      version: 1,
    });
    expect(await refused(report(people.committeeA, { items: [item()] }, id))).toEqual([409, 'idTaken']);
    expect(await refused(report(people.committeeA, { items: [item()] }))).toEqual([409, 'changedMeanwhile']);
    const corrected = await report(people.committeeA, { version: 1, items: [item()] });
    expect(corrected.json<{ units: OwnUnit[] }>().units[0]?.months[0]).toMatchObject({ state: 'found', version: 2, items: [item()] });
    const { rows } = await server.db.pools.maintenance.query<{ all: string }>(
      "select string_agg(t::text, ' ') as all from screening_item t",
    );
    for (const words of ['停车场', '车位']) expect(rows[0]!.all).not.toContain(words);
  });

  test('names a dispute only to who sees it', async () => {
    const { id } = (
      await call(people.mediatorA, '/disputes', {
        id: v7(),
        kind: 'neighbour',
        origin: 'applied',
        areaId: areas.gridA11.areaId,
        facts: '楼上漏水',
        parties: [{ name: '赵甲' }, { name: '钱乙' }],
        mediatedOn: '2026-09-20',
        outcome: 'goesOn',
      })
    ).json<DisputeReceipt>();
    const { organizationId } = organizations.mediationA;
    // The mediator also reports for the committee; a colleague who does sees no dispute of hers.
    const { maintenance } = server.db.pools;
    for (const { personId } of [people.mediatorA, people.mediatorA2]) {
      const postId = v7();
      await maintenance.query(
        "insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'bodyHead', $4, '2020-01-01')",
        [postId, organizationId, areas.townA.areaId, { zh: '排查联络员' }],
      );
      await maintenance.query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $1, $2, '2020-01-01')", [
        postId,
        personId,
      ]);
    }
    const items = [item({ caseId: id, step: 'mediating' }), item({ step: 'mediating' })];
    expect(await refused(report(people.mediatorA2, { organizationId, items }))).toEqual([422, 'unknownCase']);
    const made = await report(people.mediatorA, { organizationId, items });
    expect(made.json<{ units: OwnUnit[] }>().units[0]?.months[0]?.items[0]?.caseId).toBe(id);
    for (const who of [people.leaderA, people.dispatcherA]) {
      const seen = await overviewOf(who);
      expect(JSON.stringify(seen)).not.toContain(id);
      // Nor that it is mediated, also where whoever reported could not say which dispute it is: beside place, kind and matter that would be enough.
      expect(seen.items.filter((one) => one.organizationId === organizationId).map(({ step }) => step)).toEqual(['talking', 'talking']);
    }
    const own = async (who: Caller) => (await call(who, '/screening/own')).json<{ units: OwnUnit[] }>().units[0]?.months[0]?.items;
    expect((await own(people.mediatorA))?.map(({ step, caseId }) => [step, caseId])).toEqual([
      ['mediating', id],
      ['talking', undefined],
    ]);
    expect((await own(people.mediatorA2))?.map(({ step, caseId }) => [step, caseId])).toEqual([
      ['talking', undefined],
      ['talking', undefined],
    ]);
    // A correction by whoever does not see the dispute keeps it, and what was said to be done; whoever sees it may let it go.
    const corrected = [item({ matter: '楼道堆物，已清理', step: 'talking', goesOn: 1 }), item({ step: 'settled', goesOn: 2 })];
    expect(await refused(report(people.mediatorA2, { organizationId, items: [item({ goesOn: 3 })], version: 1 }))).toEqual([
      422,
      'fieldUnfit',
    ]);
    const again = await report(people.mediatorA2, { organizationId, items: corrected, version: 1 });
    expect([again.statusCode, again.body.includes(id)]).toEqual([200, false]);
    expect((await own(people.mediatorA))?.map(({ step, caseId, matter }) => [step, caseId, matter])).toEqual([
      ['mediating', id, '楼道堆物，已清理'],
      ['settled', undefined, expect.any(String)],
    ]);
    await report(people.mediatorA, { organizationId, items: [item({ goesOn: 1 }), item({ goesOn: 2 })], version: 2 });
    expect((await own(people.mediatorA))?.map(({ caseId }) => caseId)).toEqual([undefined, undefined]);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await call(people.leaderA, '/screening/overview/xlsx?month=2026-09')).rawPayload as unknown as ArrayBuffer);
    expect(JSON.stringify(workbook.worksheets[0]!.getSheetValues())).not.toContain('已进入调解');
  });
});

describe('who is missing', () => {
  // The 25th is a holiday (中秋): Monday the 28th is the day.
  test('is reminded before the day and told after it, with who supervises; each once', async () => {
    const noticesOf = async (who: { personId: string }) =>
      (
        await server.db.pools.maintenance.query<{ kind: string }>(
          "select kind from notice where person_id = $1 and kind like 'screening%' order by kind",
          [who.personId],
        )
      ).rows.map(({ kind }) => kind);
    expect(await tellScreening(server.deps)).toBe(0);
    server.deps.clock.set('2026-09-25T02:00:00.000Z');
    await tellScreening(server.deps);
    expect([await noticesOf(people.handlerA), await noticesOf(people.committeeA), await noticesOf(people.leaderA)]).toEqual([
      ['screeningSoon'],
      [],
      [],
    ]);
    await report(people.gridLeadA, { organizationId: organizations.gridTeamA1.organizationId });
    server.deps.clock.set('2026-09-29T02:00:00.000Z');
    await tellScreening(server.deps);
    expect(await tellScreening(server.deps)).toBe(0);
    expect(await noticesOf(people.handlerA)).toEqual(['screeningOverdue', 'screeningSoon']);
    expect([await noticesOf(people.leaderA), await noticesOf(people.dispatcherB), await noticesOf(people.gridLeadA)]).toEqual([
      ['screeningOverdue'],
      [],
      ['screeningSoon'],
    ]);
  });

  test('shows to who looks after the area, beside zero reports; late is late, and nothing more', async () => {
    const seen = await statesOf(people.leaderA);
    expect(seen).toEqual({
      甲一社区居民委员会: ['found', false],
      甲一社区网格组: ['none', false],
      甲镇人民调解委员会: ['found', false],
      甲镇规划建设办: ['missing', true],
    });
    expect(await statesOf(people.dispatcherB)).toEqual({});
    expect((await overviewOf(people.hotlineDispatcher)).units).toHaveLength(4);
    await report(people.handlerA, { organizationId: organizations.bodyA.organizationId });
    expect((await statesOf(people.leaderA)).甲镇规划建设办).toEqual(['none', true]);
    // An earlier or a later day for the months to come changes nothing of what was reported.
    await unit(people.leaderA, organizations.committeeA1.organizationId, { dueDay: 1 });
    await unit(people.leaderA, organizations.bodyA.organizationId, { dueDay: 28 });
    const { 甲一社区居民委员会: earlier, 甲镇规划建设办: later } = await statesOf(people.leaderA);
    expect([earlier, later]).toEqual([
      ['found', false],
      ['none', true],
    ]);
  });

  test('is owed by a body that the log of the administration names', async () => {
    const { organizationId } = organizations.bodyA;
    const log = await call(people.administrator, `/administration/log?kind=screening&subjectId=${organizationId}`);
    expect(log.json<ChangePage>().rows.map(({ what, subject }) => [what, subject])).toEqual([
      ['changed', { zh: '甲镇规划建设办', en: 'Planning Office A' }],
      ['made', { zh: '甲镇规划建设办', en: 'Planning Office A' }],
    ]);
  });

  test('stands in the workbook of the month', async () => {
    await unit(people.leaderA, organizations.sanitationA.organizationId);
    const made = await call(people.leaderA, '/screening/overview/xlsx?month=2026-09');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(made.rawPayload as unknown as ArrayBuffer);
    const lines = workbook.worksheets[0]!.getSheetValues().slice(2) as (string | undefined)[][];
    expect(lines.map((line) => [line[1], line[3], line[9]])).toContainEqual(['甲一社区居民委员会', '已报', '车位之争']);
    expect(lines.map((line) => [line[1], line[3]])).toContainEqual(['甲镇环卫所', '未报']);
  });
});
