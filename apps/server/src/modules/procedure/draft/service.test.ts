import { orderProcedure } from '@tongxin/domain/order/procedure.ts';
import type { VariantChange } from '@tongxin/domain/variant/schema.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD, type WorldPerson } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { watchReference } from '../../../platform/directory/watch.ts';
import { openProcedures } from '../../../platform/procedures/procedures.ts';

const { administrator, dispatcherA, residentA } = WORLD.people;
const { city, townA, townB } = WORLD.areas;
const BASE = orderProcedure.version;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(() => server.deps.clock.set('2026-09-30T13:40:00.000Z'));

const api = (who: WorldPerson, method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, body?: unknown) =>
  server.as(who, { method, url: `/api/v1${url}`, ...(body === undefined ? {} : { body }) });
const put = (id: string, version: number, change: object, more: object = {}, who = administrator) =>
  api(who, 'PUT', `/procedure-drafts/${id}`, { version, procedureId: 'order', baseVersion: BASE, areaId: townA.areaId, change, ...more });
const publish = (id: string, version: number, from = '2026-09-30', who = administrator) =>
  api(who, 'POST', `/procedure-drafts/${id}/publish`, { version, note: '缩短首次联系时限', from });
const told = (response: { statusCode: number; json: () => { code?: string } }) => [response.statusCode, response.json().code];

const SHORTER: VariantChange = { clocks: { contact: { limit: { fixed: { amount: 2, unit: 'hour' } } } } };
/** Files a lamp and answers the version of the procedure it follows. */
const filed = async (point: { lon: number; lat: number } | undefined, who = residentA): Promise<{ id: string; version: number }> => {
  const id = v7();
  const response = await api(who, 'POST', '/cases', { id, text: '路灯不亮', ...(point ? { point } : {}) });
  if (response.statusCode >= 300) throw new Error(response.body);
  const { rows } = await server.db.pools.maintenance.query('select procedure_version as version from cases where case_id = $1', [id]);
  return { id, version: rows[0].version };
};
/** Another administrator, of the same body; or one of a town, of another. */
const another = async (of: WorldPerson, areaId: string, organizationId: string): Promise<void> => {
  const post = v7();
  const { maintenance } = server.db.pools;
  await maintenance.query(
    `insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'administrator', '{"zh":"管理员"}', '2020-01-01')`,
    [post, organizationId, areaId],
  );
  await maintenance.query(`insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-01-01')`, [
    v7(),
    post,
    of.personId,
  ]);
};

describe('a draft', () => {
  it('is refused whatever its shape, and nothing of it is kept', async () => {
    const id = v7();
    const form = orderProcedure.actions.resolve!.form!;
    const field = { id: 'cost', label: { zh: '费用' }, type: 'text', required: false };
    const refused: [string, object, object, [number, string]][] = [
      ['a stage of its own', { stages: { attic: { label: { zh: '阁楼' } } } }, {}, [422, 'unknownPart']],
      ['an inherited name', { actions: { toString: { label: { zh: '字' } } } }, {}, [422, 'unknownPart']],
      ['a guard over a fact nobody declared', { actions: { accept: { guard: { fact: 'ghost', is: true } } } }, {}, [400, 'invalidInput']],
      ['a field whose id is no name', { actions: { resolve: { form: [...form, { ...field, id: 'x y' }] } } }, {}, [400, 'invalidInput']],
      ['words in the open', { actions: { resolve: { form: [...form, { ...field, content: false }] } } }, {}, [422, 'wordsUnsealed']],
      ['forty-one fields', { actions: { resolve: { form: Array(41).fill({ ...field, content: true }) } } }, {}, [400, 'invalidInput']],
      ['a base nobody published', {}, { baseVersion: 77 }, [422, 'procedureNotPublished']],
      ['a base that is its own', {}, { procedureId: 'order', baseVersion: 1001 }, [422, 'procedureNotPublished']],
      ['an area nobody knows', {}, { areaId: v7() }, [422, 'unknownArea']],
    ];
    for (const [what, change, more, expected] of refused)
      expect([what, ...told(await put(id, 0, change, more))]).toEqual([what, ...expected]);
    const long = (most: number) => {
      const filler = { ...field, content: true, label: { zh: 'x'.repeat(400), en: 'x'.repeat(800) } };
      const actions = Object.keys(orderProcedure.actions).slice(0, most);
      return { actions: Object.fromEntries(actions.map((one) => [one, { form: Array(40).fill(filler) }])) };
    };
    expect(told(await put(id, 0, long(3)))).toEqual([422, 'procedureTooLarge']);
    expect(told(await put(id, 0, long(30)))).toEqual([413, 'bodyTooLarge']);
    expect(told(await api(administrator, 'GET', `/procedure-drafts/${id}`))).toEqual([404, 'notFound']);
  });

  it('keeps what it is about and nothing else', async () => {
    const id = v7();
    const change = { title: { zh: '甲镇工单', smuggled: 'x' }, ...SHORTER };
    const saved = await put(id, 0, change);
    expect(saved.json()).toMatchObject({ id, version: 1, area: townA.name, change: { title: { zh: '甲镇工单' }, ...SHORTER } });
    expect(saved.body).not.toContain('smuggled');
    expect((await put(id, 0, change)).json()).toMatchObject({ version: 1 });
    expect((await api(administrator, 'GET', '/procedure-drafts')).json().drafts).toContainEqual(expect.objectContaining({ id }));
    expect(told(await put(id, 1, change, { baseVersion: 1 }))).toEqual([422, 'procedureNotPublished']);
    expect((await api(administrator, 'DELETE', `/procedure-drafts/${id}?version=1`)).statusCode).toBe(200);
    expect(told(await api(administrator, 'DELETE', `/procedure-drafts/${id}?version=1`))).toEqual([404, 'notFound']);
  });

  it('tells the slower of two editors, and loses nothing of the faster', async () => {
    await another(WORLD.people.verifierB, city.areaId, administrator.posts[0]!.organizationId);
    const id = v7();
    await put(id, 0, SHORTER);
    const faster = { ...SHORTER, title: { zh: '先存的' } };
    const [one, two] = await Promise.all([put(id, 1, faster), put(id, 1, { title: { zh: '后存的' } }, {}, WORLD.people.verifierB)]);
    expect([one.statusCode, two.statusCode].sort()).toEqual([200, 409]);
    const lost = one.statusCode === 409 ? one : two;
    expect(lost.json()).toMatchObject({ code: 'draftChanged', params: { version: 2 } });
    expect(told(await publish(id, 1))).toEqual([409, 'draftChanged']);
    expect(told(await api(administrator, 'DELETE', `/procedure-drafts/${id}?version=1`))).toEqual([409, 'draftChanged']);
  });

  it('is its body’s alone, and for areas below its writers', async () => {
    const id = v7();
    await put(id, 0, SHORTER);
    const town = WORLD.people.bodyHeadA;
    await another(town, townA.areaId, WORLD.organizations.centreA.organizationId);
    expect(told(await api(town, 'GET', `/procedure-drafts/${id}`))).toEqual([404, 'notFound']);
    expect(told(await put(id, 1, {}, {}, town))).toEqual([404, 'notFound']);
    expect(told(await put(id, 0, {}, {}, town))).toEqual([409, 'idTaken']);
    expect(told(await publish(id, 1, '2026-09-30', town))).toEqual([404, 'notFound']);
    expect((await api(town, 'GET', '/procedure-drafts')).json()).toEqual({ drafts: [] });
    for (const areaId of [city.areaId, townB.areaId]) expect(told(await put(v7(), 0, {}, { areaId }, town))).toEqual([403, 'notYourArea']);
    expect(told(await put(v7(), 0, SHORTER, {}, dispatcherA))).toEqual([403, 'missingCapability']);
  });
});

describe('publishing', () => {
  it('refuses what is unsound, unchanged, unexplained or backdated, and takes no number', async () => {
    const id = v7();
    await put(id, 0, {});
    expect(told(await publish(id, 1))).toEqual([422, 'nothingChanged']);
    await put(id, 1, { actions: { verifyPass: { notBy: null } } });
    expect(told(await publish(id, 2))).toEqual([422, 'procedureUnsound']);
    await put(id, 2, SHORTER);
    for (const from of ['2026-09-29', '2026-02-30']) expect((await publish(id, 3, from)).statusCode).toBe(422);
    const body = { version: 3, note: ' ', from: '2026-09-30' };
    expect(told(await api(administrator, 'POST', `/procedure-drafts/${id}/publish`, body))).toEqual([422, 'fieldMissing']);
    expect(server.deps.procedures.all().filter((one) => one.id === 'order')).toHaveLength(1);
  });

  it('gives new cases of the area the new version from its day on; running ones keep theirs, and nobody changes a version', async () => {
    const { points } = server.world;
    const before = await filed(points.inA11);
    const id = v7();
    await put(id, 0, SHORTER);
    const answered = await publish(id, 1, '2026-10-02');
    const { version } = answered.json();
    expect(version).toBeGreaterThan(1000);
    // The same once more is the same; another after it is refused.
    expect((await publish(id, 1, '2026-10-02')).json()).toEqual({ id: 'order', version });
    expect(told(await put(id, 1, {}))).toEqual([409, 'draftPublished']);
    expect((await api(residentA, 'GET', `/procedures/order/${version}`)).json()).toMatchObject({
      extends: { id: 'order', version: BASE },
      clocks: { contact: { limit: { fixed: { amount: 2, unit: 'hour' } } } },
    });
    expect((await api(residentA, 'GET', '/procedures')).json().procedures).toContainEqual(
      expect.objectContaining({ id: 'order', version, note: '缩短首次联系时限', area: townA.name, post: expect.anything() }),
    );
    expect((await filed(points.inA11)).version).toBe(BASE);
    server.deps.clock.set('2026-10-01T16:00:00.000Z');
    const after = await filed(points.inA11);
    expect([after.version, (await filed(points.inB11)).version]).toEqual([version, BASE]);
    // What was filed before goes on by what it was filed under.
    const acted = await api(dispatcherA, 'POST', `/cases/${before.id}/actions`, {
      commandId: v7(),
      action: 'accept',
      version: 1,
      input: {},
    });
    expect(acted.json()).toMatchObject({ stage: 'accepted' });
    const { rows } = await server.db.pools.maintenance.query('select procedure_version from cases where case_id = $1', [before.id]);
    expect(rows).toEqual([{ procedure_version: BASE }]);
    for (const statement of ['update procedure_version set note = null', 'delete from procedure_version'])
      await expect(server.db.pools.app.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('reaches other processes by itself', async () => {
    const { app } = server.db.pools;
    const other = await openProcedures(app);
    const stop = watchReference(app, other.reload, server.deps.log);
    try {
      const id = v7();
      await put(id, 0, { title: { zh: '另一处' } });
      const { version } = (await publish(id, 1, '2027-01-01')).json();
      await expect.poll(() => other.get('order', version)?.title.zh, { timeout: 30_000 }).toBe('另一处');
    } finally {
      stop();
    }
  });

  it('numbers what two bodies publish at once one after the other', async () => {
    const ids = [v7(), v7(), v7()];
    for (const [n, id] of ids.entries()) await put(id, 0, { title: { zh: `甲镇工单${n}` } });
    const numbers = (await Promise.all(ids.map((id) => publish(id, 1, '2027-01-01')))).map((response) => response.json().version);
    expect(new Set(numbers).size).toBe(3);
  });
});

describe('which version an area follows', () => {
  const use = (body: object, who = administrator) =>
    api(who, 'POST', '/procedure-uses', {
      id: v7(),
      procedureId: 'order',
      version: BASE,
      areaId: townA.areaId,
      from: '2026-10-05',
      note: '恢复标准流程',
      ...body,
    });

  it('is set by day, nearest first, back to the product’s own too, and taken back before it begins only', async () => {
    const { points } = server.world;
    const id = v7();
    await put(id, 0, { title: { zh: '全市工单' } }, { areaId: city.areaId });
    const { version } = (await publish(id, 1)).json();
    expect((await filed(points.inB11)).version).toBe(version);
    // What has no place follows the area of the body that receives it.
    expect((await filed(undefined)).version).toBe(version);
    const back = (await use({ areaId: townB.areaId })).json();
    expect(back).toMatchObject({ version: BASE, area: townB.name, from: '2026-10-05' });
    expect((await use({ id: back.id, areaId: townB.areaId })).json()).toEqual(back);
    expect(told(await use({ id: back.id, areaId: townB.areaId, version }))).toEqual([409, 'idTaken']);
    // A dedicated grid lies nearer than the town it is in.
    await use({ areaId: WORLD.areas.schoolA.areaId, from: '2026-09-30' });
    expect((await filed(points.inSchool)).version).toBe(BASE);
    const taken = (await use({ areaId: townB.areaId, from: '2026-10-09', version })).json();
    expect((await api(administrator, 'DELETE', `/procedure-uses/${taken.id}`)).statusCode).toBe(200);
    server.deps.clock.set('2026-10-10T01:00:00.000Z');
    expect((await filed(points.inB11)).version).toBe(BASE);
    expect(told(await api(administrator, 'DELETE', `/procedure-uses/${back.id}`))).toEqual([409, 'alreadyInUse']);
    expect((await api(residentA, 'GET', '/procedure-uses?procedureId=order')).json().uses).toContainEqual(back);
  });

  it('is not set by others, for other areas, for what nobody published, or for yesterday', async () => {
    expect(told(await use({}, dispatcherA))).toEqual([403, 'missingCapability']);
    expect(told(await use({ areaId: townB.areaId }, WORLD.people.bodyHeadA))).toEqual([403, 'notYourArea']);
    expect(told(await use({ version: 77 }))).toEqual([422, 'procedureNotPublished']);
    expect(told(await use({ from: '2026-09-01' }))).toEqual([422, 'dateInPast']);
  });
});
