import { randomUUID } from 'node:crypto';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { SuccessionView, WorkLeft } from '@tongxin/domain/succession/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.close());

const uuid = randomUUID;
const post = (caller: Caller, url: string, body: object) => server.as(caller, { method: 'POST', url: `/api/v1${url}`, body });
const done = async <T>(caller: Caller, url: string, body: object): Promise<T> => {
  const response = await post(caller, url, body);
  if (response.statusCode >= 300) throw new Error(`${url}: ${response.statusCode} ${response.body}`);
  return response.json<T>();
};
const codeOf = async (asked: ReturnType<typeof post>) => {
  const response = await asked;
  return response.statusCode < 300 ? 200 : response.json<{ code: string }>().code;
};
const get = async <T>(caller: Caller, url: string): Promise<T> => (await server.as(caller, { url: `/api/v1${url}` })).json<T>();
const admin = () => server.world.people.administrator;
const form = (name: string, change: object = {}) => ({
  kind: 'department',
  name: { zh: name },
  areaId: server.world.areas.townA.areaId,
  respondent: true,
  ...change,
});
const made = async (name: string, change: object = {}): Promise<string> => {
  const id = uuid();
  await done(admin(), '/organizations', { commandId: uuid(), id, ...form(name, change) });
  return id;
};

describe('a body', () => {
  it('is made by who manages the area, changed from the version that was seen, and every process knows it', async () => {
    const id = await made('甲镇新办公室', { mark: '甲新' });
    const seen = await get<{ version: number }>(admin(), `/organizations/${id}`);
    expect(seen).toMatchObject({ version: 2, mark: '甲新', respondent: true });
    expect(server.deps.directory.organization(id)).toMatchObject({ label: { zh: '甲镇新办公室' }, mark: '甲新' });
    const change = (version: number, name: string) =>
      post(admin(), `/organizations/${id}`, { commandId: uuid(), version, ...form(name, { respondent: false }) });
    expect(await codeOf(change(2, '甲镇改名办'))).toBe(200);
    expect(await codeOf(change(2, '甲镇再改名'))).toBe('changedMeanwhile');
    expect(await get(admin(), `/organizations/${id}`)).toMatchObject({ name: { zh: '甲镇改名办' }, respondent: false, version: 3 });
    const { rows } = await get<{ rows: { what: string; changes: object[] }[] }>(
      admin(),
      `/administration/log?kind=organization&subjectId=${id}`,
    );
    expect(rows.map(({ what }) => what)).toEqual(['changed', 'made']);
    expect(rows[0]!.changes).toContainEqual({ field: 'name', before: { zh: '甲镇新办公室' }, after: { zh: '甲镇改名办' } });
  });

  it('is refused below itself, by a name that is there, of a kind there is not, in an area there is not, and to who manages nothing', async () => {
    const above = await made('甲镇上级办');
    const below = await made('甲镇下级办', { parentId: above });
    const make = (change: object, caller: Caller = admin()) =>
      codeOf(post(caller, '/organizations', { commandId: uuid(), id: uuid(), ...form('甲镇某办', change) }));
    expect(await make({ name: { zh: '甲镇上级办' } })).toBe('nameTaken');
    expect(await make({ kind: 'service' })).toBe('invalidInput');
    expect(await make({ areaId: uuid() })).toBe('unknownArea');
    expect(await make({ parentId: uuid() })).toBe('unknownOrganization');
    expect(await make({ mark: '甲 1' })).toBe('invalidInput');
    expect(await make({}, server.world.people.bodyHeadA)).toBe('missingCapability');
    expect(
      await codeOf(post(admin(), `/organizations/${above}`, { commandId: uuid(), version: 2, ...form('甲镇上级办', { parentId: below }) })),
    ).toBe('parentBelow');
  });

  it('gives its mark to the numbers of its papers', async () => {
    const { people, points, categories, organizations } = server.world;
    const { organizationId } = organizations.centreA;
    const { version, ...seen } = await get<{ version: number; name: object; kind: string; areaId: string }>(
      admin(),
      `/organizations/${organizationId}`,
    );
    const { name, kind, areaId } = seen;
    await done(admin(), `/organizations/${organizationId}`, {
      commandId: uuid(),
      version,
      name,
      kind,
      areaId,
      respondent: true,
      mark: '甲综',
    });
    const id = uuid();
    await done(people.residentA, '/cases', { id, text: '路灯不亮', categoryId: categories.lamp, point: points.inA11 });
    await done(people.dispatcherA, `/cases/${id}/actions`, { commandId: uuid(), action: 'accept', version: 1, input: {} });
    await done(people.dispatcherA, `/cases/${id}/documents`, {
      commandId: uuid(),
      documentId: uuid(),
      kind: 'supervision',
      draft: { title: '关于路灯的督办单', body: '请办理。', datedOn: '2026-09-30' },
    });
    const { issued } = await get<{ issued: { number: string }[] }>(people.dispatcherA, `/cases/${id}/documents`);
    expect(issued[0]!.number).toMatch(/^甲综/u);
  });
});

describe('a post', () => {
  it('is made, renamed and ended when nobody holds it; of a role that is not appointed to, never', async () => {
    const organizationId = await made('甲镇岗位办');
    const id = uuid();
    const make = (role: string, change: object = {}) =>
      codeOf(post(admin(), '/posts', { commandId: uuid(), id, organizationId, role, title: { zh: '承办员' }, ...change }));
    expect(await make('case.dispatch')).toBe('unknownRole');
    expect(await make('clockService')).toBe('roleNotYours');
    expect(await make('handler', { organizationId: uuid() })).toBe('unknownOrganization');
    expect(await make('handler', { responsibility: 3 })).toBe(200);
    expect(await codeOf(post(admin(), `/posts/${id}`, { commandId: uuid(), version: 2, title: { zh: '首席承办员' } }))).toBe(200);
    const holdingId = uuid();
    await done(admin(), `/staff/${server.world.people.handlerB.personId}/posts`, { commandId: uuid(), holdingId, postId: id });
    expect(await codeOf(post(admin(), `/posts/${id}/end`, { commandId: uuid() }))).toBe('postHeld');
    await done(admin(), `/holdings/${holdingId}/end`, { commandId: uuid() });
    expect(await codeOf(post(admin(), `/posts/${id}/end`, { commandId: uuid() }))).toBe(200);
    expect(
      await codeOf(
        post(admin(), `/staff/${server.world.people.handlerA.personId}/posts`, { commandId: uuid(), holdingId: uuid(), postId: id }),
      ),
    ).toBe('postEnded');
  });
});

describe('closing a body', () => {
  /** A lamp that the sanitation station of town A leads and the planning office supports. */
  const led = async (): Promise<string> => {
    const { people, points, categories, organizations } = server.world;
    const id = uuid();
    await done(people.residentA, '/cases', { id, text: '垃圾满溢', categoryId: categories.bin, point: points.inA11 });
    const act = (caller: Caller, action: string, version: number, input: object) =>
      done(caller, `/cases/${id}/actions`, { commandId: uuid(), action, version, input });
    await act(people.dispatcherA, 'accept', 1, {});
    await act(people.dispatcherA, 'dispatch', 2, { organizationId: organizations.sanitationA.organizationId });
    await act(people.handlerA2, 'acknowledge', 3, {});
    return id;
  };
  it('is refused with bodies below it, with open work and no heir, with an unfit heir, and for the body one acts for', async () => {
    const above = await made('甲镇有下级办');
    await made('甲镇其下级办', { parentId: above });
    const close = (id: string, change: object = {}) =>
      codeOf(post(admin(), `/organizations/${id}/close`, { commandId: uuid(), ...change }));
    expect(await close(above)).toBe('bodyHasChildren');
    await led();
    const { sanitationA, cityGovernment, bodyA } = server.world.organizations;
    expect(await close(sanitationA.organizationId)).toBe('bodyHasOpenWork');
    expect(await close(sanitationA.organizationId, { heirId: sanitationA.organizationId })).toBe('heirUnfit');
    // Nobody works there.
    expect(await close(sanitationA.organizationId, { heirId: above })).toBe('heirUnfit');
    expect(await close(cityGovernment.organizationId, { heirId: bodyA.organizationId })).toBe('notToYourself');
    expect(await close(uuid())).toBe('notFound');
    expect(await codeOf(post(server.world.people.dispatcherA, `/organizations/${above}/close`, { commandId: uuid() }))).toBe(
      'missingCapability',
    );
  });

  it('moves what it leads to the heir, ends its posts, and lists that name it mean the heir', async () => {
    const { people, organizations, categories, points } = server.world;
    const { sanitationA, bodyA } = organizations;
    const id = await led();
    const work = await get<WorkLeft>(admin(), `/organizations/${sanitationA.organizationId}/work`);
    expect(work.rows.map((row) => row.id)).toContain(id);
    expect(work.holders).toBeGreaterThan(0);
    const asked = { commandId: uuid(), heirId: bodyA.organizationId };
    const first = await done<SuccessionView>(admin(), `/organizations/${sanitationA.organizationId}/close`, asked);
    expect(first).toMatchObject({ done: true });
    expect(await done<SuccessionView>(admin(), `/organizations/${sanitationA.organizationId}/close`, asked)).toMatchObject({
      moved: 0,
      done: true,
    });
    const view = await get<CaseView>(people.handlerA, `/cases/${id}`);
    expect(view.record.at(-1)).toMatchObject({ type: 'case.handedOver' });
    expect((await server.as(people.handlerA2, { url: `/api/v1/cases/${id}` })).statusCode).toBe(404);
    expect(await get(admin(), `/organizations/${sanitationA.organizationId}`)).toMatchObject({
      closedOn: '2026-09-30',
      heirId: bodyA.organizationId,
    });
    const place = server.deps.places.resolve(points.inA11);
    expect(server.deps.directory.suggest(categories.bin, place).map(({ organizationId }) => organizationId)).toEqual([
      bodyA.organizationId,
    ]);
    const { posts } = await get<{ posts: object[] }>(admin(), `/posts?organizationId=${sanitationA.organizationId}`);
    expect(posts).toEqual([]);
  });
});
