import type { CaseView } from '@tongxin/domain/case/view.ts';
import { letterProcedure } from '@tongxin/domain/letter/procedure.ts';
import { orderProcedure } from '@tongxin/domain/order/procedure.ts';
import { sameStages } from '@tongxin/domain/procedure/migrate/rules.ts';
import type { MigrationPreview } from '@tongxin/domain/procedure/migrate/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../../modules.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';
import { publishProcedures } from '../../../platform/procedures/procedures.ts';
import { tellDue } from '../../clock/index.ts';
import { verifyRecord } from '../../record/index.ts';
import { verifyStatistics } from '../../statistics/index.ts';

let server: TestServer;
/** Filed and waiting; accepted; on another town's ground. */
let [received, accepted, elsewhere, letter] = ['', '', '', ''];

/** The order as a locality would have it: a stage goes by another name, one action too, and the first reminder comes sooner. */
const locality = (): Procedure => {
  const { accepted: stage, ...stages } = orderProcedure.stages;
  const actions = Object.fromEntries(
    Object.entries(orderProcedure.actions).map(([id, action]) => [
      id,
      {
        ...action,
        from: action.from.map((one) => (one === 'accepted' ? 'taken' : one)),
        to: action.to === 'accepted' ? 'taken' : action.to,
        ...(id === 'dispatch' ? { label: { zh: '交办', en: 'Assign' } } : {}),
      },
    ]),
  );
  return {
    ...orderProcedure,
    version: 1001,
    stages: { ...stages, taken: { ...stage!, label: { zh: '已接待派', en: 'Taken' } } },
    actions,
  };
};

const file = async (body: object): Promise<string> => {
  const id = v7();
  const answer = await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body: { id, ...body } });
  expect(answer.statusCode, answer.body).toBe(201);
  return id;
};
const view = async (who: WorldPerson, id: string): Promise<CaseView> => (await server.as(who, { url: `/api/v1/cases/${id}` })).json();
const post = (who: WorldPerson, path: string, body: object) =>
  server.as(who, { method: 'POST', url: `/api/v1/procedure-migrations${path}`, body: body as Record<string, unknown> });
const asked = (more: object = {}) => ({
  procedureId: 'order',
  from: orderProcedure.version,
  to: 1001,
  areaId: server.world.areas.townA.areaId,
  mapping: sameStages(orderProcedure, locality()),
  ...more,
});

/** An administrator of the other town. */
const appointInB = async ({ personId }: WorldPerson): Promise<void> => {
  const { organizations, areas } = server.world;
  const [postId, { maintenance }] = [v7(), server.db.pools];
  await maintenance.query(
    `insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'administrator', '{"zh":"管理员"}', '2020-01-01')`,
    [postId, organizations.bodyB.organizationId, areas.townB.areaId],
  );
  await maintenance.query(`insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-01-01')`, [
    v7(),
    postId,
    personId,
  ]);
};

beforeAll(async () => {
  server = await testServer();
  await appointInB(server.world.people.bodyHeadA);
  const { points, categories, people } = server.world;
  received = await file({ text: '路灯不亮', point: points.inA11, categoryId: categories.lamp });
  accepted = await file({ text: '路灯闪', point: points.inA11, categoryId: categories.lamp });
  elsewhere = await file({ text: '乙镇路灯', point: points.inB11, categoryId: categories.lamp });
  letter = await file({ text: '来信', point: points.inA11, procedure: 'letter', reporter: { name: '某人', phone: '13800000000' } });
  const done = await server.as(people.dispatcherA, {
    method: 'POST',
    url: `/api/v1/cases/${accepted}/actions`,
    body: { commandId: v7(), action: 'accept', version: (await view(people.dispatcherA, accepted)).version },
  });
  expect(done.statusCode, done.body).toBe(200);
  await publishProcedures(server.deps.pools.maintenance, [locality(), { ...letterProcedure, version: 1001 }], {
    now: server.deps.clock.now(),
  });
  await server.deps.reload();
});
afterAll(() => server.close());

describe('who may not', () => {
  test('somebody who may not publish, or not there; in the database too', async () => {
    const { people, areas } = server.world;
    for (const path of ['', '/preview']) {
      const body = asked(path ? {} : { id: v7() });
      expect((await post(people.dispatcherA, path, body)).statusCode).toBe(403);
      expect((await post(people.bodyHeadA, path, body)).json()).toMatchObject({ code: 'notYourArea' });
    }
    const { rows } = await server.db.pools.app.query('select open_case_to_migrate($1, 2, $2, $3) as opened', [
      'order',
      areas.townA.areaId,
      received,
    ]);
    expect(rows).toEqual([{ opened: false }]);
    await expect(
      server.db.pools.app.query("select * from cases_to_migrate('order', 2, $1, null, 9)", [areas.townA.areaId]),
    ).rejects.toThrow('not yours');
  });
  test('a mapping that fits no version', async () => {
    const { administrator } = server.world.people;
    for (const [body, code] of [
      [asked({ to: 77 }), 'procedureNotPublished'],
      [asked({ mapping: { stages: { accepted: 'closed' } } }), 'mappingUnfit'],
      [asked({ areaId: v7() }), 'unknownArea'],
    ] as const)
      expect((await post(administrator, '/preview', body)).json()).toMatchObject({ status: 422, code });
  });
});

describe('running cases of an area', () => {
  test('are shown stage by stage before anything is moved', async () => {
    const { administrator } = server.world.people;
    const preview = (await post(administrator, '/preview', asked())).json<MigrationPreview>();
    expect(preview).toMatchObject({ cases: 2, moving: 1 });
    expect(preview.stages).toContainEqual({ stage: 'received', label: expect.anything(), to: expect.anything(), cases: 1, refused: [] });
    expect(preview.stages).toContainEqual({
      stage: 'accepted',
      label: { zh: '待派单', en: 'Accepted' },
      cases: 1,
      refused: [{ code: 'stageUnmapped', why: '所在环节没有对应到新版的环节，保留原版。', cases: 1 }],
    });
    expect((await view(server.world.people.dispatcherA, received)).procedureVersion).toBe(orderProcedure.version);
  });

  test('go on by an event each, once; those without a mapping keep their version, and other areas theirs', async () => {
    const { administrator, dispatcherA, dispatcherB } = server.world.people;
    const body = asked({ id: v7() });
    expect((await post(administrator, '', body)).json()).toEqual({ moved: 1, refused: 1 });
    expect((await post(administrator, '', body)).json()).toEqual({ moved: 0, refused: 1 });
    const before = await view(dispatcherA, accepted);
    expect(before).toMatchObject({ procedureVersion: 2, stage: 'accepted' });
    expect((await view(dispatcherB, elsewhere)).procedureVersion).toBe(2);

    const mapping = { stages: { ...sameStages(orderProcedure, locality()).stages, accepted: 'taken' } };
    expect((await post(administrator, '', asked({ id: v7(), mapping, caseId: elsewhere }))).json()).toEqual({ moved: 0, refused: 0 });
    expect((await post(administrator, '', asked({ id: v7(), mapping, caseId: accepted }))).json()).toEqual({ moved: 1, refused: 0 });
    const after = await view(dispatcherA, accepted);
    expect(after).toMatchObject({ procedureVersion: 1001, stage: 'taken', stageLabel: { zh: '已接待派' } });
    expect(after.record.at(-1)).toMatchObject({
      type: 'case.migrated',
      label: { zh: '办理流程换版：本地第 1 版' },
      stageLabel: { zh: '已接待派' },
    });
    // What was done before is told by the words it was done under; what may be done now by the new ones.
    expect(after.record.find(({ action }) => action === 'accept')?.stageLabel).toEqual({ zh: '待派单', en: 'Accepted' });
    expect(after.way?.came.map(({ stage }) => stage)).toEqual(['received', 'accepted', 'taken']);
    expect(after.allowed.find(({ id }) => id === 'dispatch')?.label).toEqual({ zh: '交办', en: 'Assign' });
    expect(after.clocks.map(({ clock, dueAt }) => [clock, dueAt])).toEqual(before.clocks.map(({ clock, dueAt }) => [clock, dueAt]));
    const picture = await server.as(dispatcherA, { url: `/api/v1/cases/${accepted}/diagram.svg` });
    expect(picture.body).toContain('交办');
  });

  test('are handled on as the new version has it, and what was hidden stays hidden', async () => {
    const { administrator, dispatcherA, letterOfficerA } = server.world.people;
    const done = await server.as(dispatcherA, {
      method: 'POST',
      url: `/api/v1/cases/${accepted}/actions`,
      body: {
        commandId: v7(),
        action: 'dispatch',
        version: (await view(dispatcherA, accepted)).version,
        input: { organizationId: server.world.organizations.bodyA.organizationId },
      },
    });
    expect(done.statusCode, done.body).toBe(200);
    // A letter moves unread: who varies the procedure sees no word of it.
    const letters = { ...asked({ id: v7() }), procedureId: 'letter', from: letterProcedure.version };
    const mapping = sameStages(letterProcedure, { ...letterProcedure, version: 1001 });
    expect((await post(administrator, '', { ...letters, mapping })).json()).toEqual({ moved: 1, refused: 0 });
    expect((await server.as(administrator, { url: `/api/v1/cases/${letter}` })).statusCode).toBe(404);
    expect((await view(letterOfficerA, letter)).procedureVersion).toBe(1001);
  });

  test('leave a record that verifies and figures that follow from it; their clocks tell by the new ladders', async () => {
    await settleFeed(
      server.deps,
      manifests.flatMap(({ consumers = [] }) => consumers),
    );
    expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, broken: [] });
    expect(await verifyStatistics(server.deps)).toMatchObject({ ok: true, lost: 0, uncounted: 0, differences: [] });
    server.deps.clock.set('2026-12-01T01:00:00.000Z');
    for (let told = 1; told > 0; ) told = await tellDue(server.deps);
    expect((await view(server.world.people.dispatcherA, received)).record.some(({ type }) => type === 'clock.told')).toBe(true);
  });
});

describe('a case that came without a place', () => {
  test('is placed by whoever dispatches it, keeps the version it began with, says which one holds there, and is moved only on purpose', async () => {
    const { people, areas, points } = server.world;
    const { hotlineDispatcher, administrator } = people;
    for (const [version, { areaId }] of [
      [orderProcedure.version, areas.city],
      [1001, areas.townA],
    ] as const)
      await server.db.pools.maintenance.query(
        `insert into procedure_use (use_id, procedure_id, version, area_id, valid_from, note, set_by, post_id, set_at)
          values ($1, 'order', $2, $3, '2020-01-01', '试', $4, $5, now())`,
        [v7(), version, areaId, administrator.personId, administrator.posts[0]!.postId],
      );
    await server.deps.reload();
    const id = await file({ text: '路灯不亮，不知道在哪条路', channel: 'portal' });
    expect(await view(hotlineDispatcher, id)).toMatchObject({ procedureVersion: orderProcedure.version, mayPlace: true, areaLabels: [] });
    const place = async (who: WorldPerson, body: object) => {
      const answer = await server.as(who, { method: 'POST', url: `/api/v1/cases/${id}/place`, body: { commandId: v7(), ...body } });
      return answer.statusCode < 300 ? answer.json<{ version: number }>() : answer.json<{ code: string }>().code;
    };
    expect(await place(hotlineDispatcher, { version: 1 })).toBe('placeMissing');
    expect(await place(hotlineDispatcher, { version: 1, point: points.outside })).toBe('placeOutside');
    expect(await place(hotlineDispatcher, { version: 1, areaId: v7() })).toBe('unknownArea');
    expect(await place(hotlineDispatcher, { version: 1, areaId: areas.townB.areaId, point: points.inA11 })).toBe('placeElsewhere');
    // Out of sight of the town until it is placed there.
    expect((await server.as(people.dispatcherA, { url: `/api/v1/cases/${id}` })).statusCode).toBe(404);
    const commandId = v7();
    expect(await place(hotlineDispatcher, { commandId, version: 1, point: points.inA11 })).toMatchObject({ version: 2 });
    expect(await place(hotlineDispatcher, { commandId, version: 1, point: points.inA11 })).toMatchObject({ version: 2 });
    expect(await place(hotlineDispatcher, { version: 1, point: points.inA11 })).toBe('caseChanged');
    const seen = await view(people.dispatcherA, id);
    expect(seen).toMatchObject({ procedureVersion: orderProcedure.version, versionHere: 1001, point: points.inA11 });
    expect(seen.record.at(-1)).toMatchObject({ type: 'case.placed', by: { zh: expect.stringContaining('热线') } });
    // Its own area again: nothing to tell.
    expect(await place(hotlineDispatcher, { version: 2, areaId: areas.gridA11.areaId })).toMatchObject({ version: 2 });
    expect(await place(people.handlerB, { version: 2, areaId: areas.gridA11.areaId })).toBe('notFound');
    const moved = await post(administrator, '', asked({ id: v7(), caseId: id }));
    expect(moved.json()).toMatchObject({ moved: 1 });
    const after = await view(people.dispatcherA, id);
    expect([after.procedureVersion, after.versionHere]).toEqual([1001, undefined]);
    const record = await verifyRecord(server.deps);
    expect(record.broken).toEqual([]);
  });
});
