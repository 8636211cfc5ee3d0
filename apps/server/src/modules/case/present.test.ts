import type { CasePage, CaseView } from '@tongxin/domain/case/view.ts';
import type { Role } from '@tongxin/domain/post/policy.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';

/** R5: the side complained of may reply and rectify; it decides, verifies and closes nothing, and never sees a protected reporter. */
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, url: string, body?: object) =>
  server.as(caller, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) });
const view = async (caller: Caller, id: string): Promise<CaseView> => (await call(caller, `/cases/${id}`)).json();
const act = async (caller: Caller, id: string, action: string, input: object = {}, fileIds: readonly string[] = []) => {
  const { version } = await view(caller, id);
  return call(caller, `/cases/${id}/actions`, { commandId: v7(), action, version, input, fileIds });
};
const done = async (...asked: Parameters<typeof act>): Promise<CaseView> => {
  const answer = await act(...asked);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
const upload = async (caller: Caller, id: string): Promise<string> => {
  const fileId = v7();
  const body = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer();
  const headers = { 'content-type': 'image/jpeg', 'x-kind': 'photo' };
  const answer = await server.as(caller, { method: 'PUT', url: `/api/v1/cases/${id}/files/${fileId}`, body, headers });
  expect(answer.statusCode, answer.body).toBe(201);
  return fileId;
};

const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );

const SECRETS = ['陈阿姨', '13812345678', '3栋502', '示例花园东门'];
const complain = async (more: object = {}) => {
  const { people, points, organizations } = server.world;
  const id = v7();
  const fileId = await upload(people.residentA, id);
  const filed = await call(people.residentA, '/cases', {
    id,
    text: '物业电梯停了一周没人修，打我电话13812345678',
    demandKind: 'complaint',
    point: points.inA11,
    address: '示例花园东门3栋502',
    reporter: { name: '陈阿姨', phone: '13812345678', protected: true },
    respondentOrganizationId: organizations.propertyA.organizationId,
    fileIds: [fileId],
    ...more,
  });
  expect(filed.statusCode, filed.body).toBe(201);
  const { rows } = await server.db.pools.maintenance.query<{ party_id: string }>('select party_id from case_party where case_id = $1', [
    id,
  ]);
  return { id, fileId, partyId: rows[0]!.party_id };
};
const alsoHolds = async ({ personId }: WorldPerson, role: Role, body: { organizationId: string; areaId: string }): Promise<void> => {
  const postId = v7();
  await server.db.pools.maintenance.query("insert into post values ($1, $2, $3, $4, $5, null, '2020-01-01')", [
    postId,
    body.organizationId,
    body.areaId,
    role,
    { zh: '兼任岗位' },
  ]);
  await server.db.pools.maintenance.query("insert into post_holding values ($1, $1, $2, '2020-01-01')", [postId, personId]);
};

describe('the firm complained of', () => {
  test('reads the complaint from the first moment, without who complained, where from, with what, or in which words', async () => {
    const { people } = server.world;
    const { id, fileId, partyId } = await complain();
    const seen = await call(people.propertyA, `/cases/${id}`);
    const read: CaseView = seen.json();
    expect(read).toMatchObject({ reader: 'respondent', parties: [], files: [], tasks: [], suggested: [] });
    expect([read.address, read.point, read.text]).toEqual([undefined, undefined, expect.stringContaining('电梯停了一周')]);
    expect(read.areaLabels.map(({ zh }) => zh)).toEqual(['示例市', '甲镇']);
    const listed = await call(people.propertyA, '/cases?view=respondent');
    const row = (listed.json() as CasePage).rows.find((one) => one.id === id)!;
    expect(row.areaLabel?.zh).toBe('甲镇');
    for (const secret of SECRETS)
      expect([secret, seen.body.includes(secret), listed.body.includes(secret)]).toEqual([secret, false, false]);
    expect((await call(people.propertyA, `/cases/${id}/files/${fileId}`)).statusCode).toBe(404);
    const contact = await call(people.propertyA, `/cases/${id}/parties/${partyId}/read`, { purpose: '上门说明', fields: ['phone'] });
    expect([contact.statusCode, contact.json().code]).toEqual([403, 'respondentMayNot']);
    const { rows } = await server.db.pools.maintenance.query('select 1 from person_access where case_id = $1', [id]);
    expect(rows).toEqual([]);
  });

  test('finds nothing of it by words, while the town does', async () => {
    const { people, organizations } = server.world;
    const { id } = await complain({ text: '物业的充电棚漏雨' });
    await settle();
    const found = async (caller: Caller, view: string) =>
      ((await call(caller, `/cases?view=${view}&q=${encodeURIComponent('充电棚')}`)).json() as CasePage).rows.map((row) => row.id);
    expect(await found(people.propertyA, 'respondent')).toEqual([]);
    expect(await found(people.dispatcherA, 'area')).toEqual([id]);
    await done(people.dispatcherA, id, 'accept');
    await done(people.dispatcherA, id, 'dispatch', { organizationId: organizations.propertyA.organizationId });
    await settle();
    expect(await found(people.propertyA, 'organization')).toEqual([]);
    expect(await found(people.dispatcherA, 'area')).toEqual([id]);
  });

  test('is not told what passes between the office and the reporter', async () => {
    const { people } = server.world;
    const { id } = await complain();
    await done(people.residentA, id, 'addInformation', { words: '昨晚又困人了' });
    await done(people.dispatcherA, id, 'accept');
    const { record } = await view(people.propertyA, id);
    expect(record.map(({ action }) => action)).toEqual([undefined, 'accept']);
    expect(JSON.stringify(record)).not.toContain('困人');
  });

  test('replies; and decides, verifies and closes nothing, asks no other body and notes nothing, though it holds every post for that in the town', async () => {
    const { people, organizations } = server.world;
    const { id } = await complain();
    await done(people.dispatcherA, id, 'accept');
    await done(people.propertyA, id, 'respond', { statement: '配件已订，三日内修好' });
    for (const role of ['dispatcher', 'verifier', 'administrator'] as const) await alsoHolds(people.propertyA, role, organizations.centreA);
    const { reader, allowed } = await view(people.propertyA, id);
    expect([reader, allowed.map((action) => action.id)]).toEqual(['respondent', ['respond']]);
    for (const action of ['dispatch', 'answerDirectly', 'merge', 'verifyPass', 'close', 'urge']) {
      const refused = await act(people.propertyA, id, action);
      expect([action, refused.statusCode, refused.json().code]).toEqual([action, 403, 'respondentMayNot']);
    }
    const other = organizations.sanitationA.organizationId;
    for (const [what, body] of [
      ['notes', { commandId: v7(), words: '情况不实' }],
      ['tasks', { commandId: v7(), taskId: v7(), organizationId: other, words: '请协助' }],
      ['erase', { commandId: v7(), eventNos: [1], ground: 'byRequest' }],
    ] as const) {
      const refused = await call(people.propertyA, `/cases/${id}/${what}`, body);
      expect([what, refused.statusCode, refused.json().code]).toEqual([what, 403, 'respondentMayNot']);
    }
    await server.db.pools.maintenance.query('delete from post_holding where person_id = $1 and holding_id <> $2', [
      people.propertyA.personId,
      people.propertyA.posts[0]!.postId,
    ]);
  });

  test('puts it right when it leads the work itself, and somebody else verifies', async () => {
    const { people, organizations } = server.world;
    const { id } = await complain();
    await done(people.dispatcherA, id, 'accept');
    await done(people.dispatcherA, id, 'dispatch', { organizationId: organizations.propertyA.organizationId });
    expect((await view(people.propertyA, id)).reader).toBe('respondent');
    await done(people.propertyA, id, 'acknowledge');
    const offered = (await view(people.propertyA, id)).allowed;
    for (const { duty } of offered) expect(['party', 'handle']).toContain(duty);
    await done(people.propertyA, id, 'resolve', { reply: '电梯已修好' }, [await upload(people.propertyA, id)]);
    const refused = await act(people.propertyA, id, 'verifyPass', { method: 'onSite' });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'respondentMayNot']);
    expect((await done(people.verifierA, id, 'verifyPass', { method: 'onSite' })).stage).toBe('verified');
  });

  test('named only when the case is accepted, it reads as respondent from then on', async () => {
    const { people, organizations } = server.world;
    const { id } = await complain({ respondentOrganizationId: undefined });
    expect((await call(people.propertyA, `/cases/${id}`)).statusCode).toBe(404);
    await done(people.dispatcherA, id, 'accept', { respondentOrganizationId: organizations.propertyA.organizationId });
    expect((await view(people.propertyA, id)).reader).toBe('respondent');
  });

  test('sees the place, and still no exact words, where the reporter asked for no protection', async () => {
    const { people, points } = server.world;
    const { id } = await complain({ reporter: { name: '陈阿姨', phone: '13812345678' } });
    const seen = await view(people.propertyA, id);
    expect([seen.point, seen.address]).toEqual([points.inA11, '示例花园东门3栋502']);
    expect(JSON.stringify([seen.text, seen.title, seen.record, seen.parties])).not.toMatch(/13812345678|陈阿姨/u);
  });

  test.each([
    ['report of wrongdoing', { demandKind: 'report' }],
    ['letter', { procedure: 'letter' }],
  ])('does not know of a %s that accuses it', async (_what, more) => {
    const { people } = server.world;
    const { id } = await complain(more);
    expect((await call(people.propertyA, `/cases/${id}`)).statusCode).toBe(404);
    const { rows } = (await call(people.propertyA, '/cases?view=respondent')).json() as CasePage;
    expect(rows.map((row) => row.id)).not.toContain(id);
  });
});

test('a centre that is complained of does not take up the case it received, and the city does', async () => {
  const { people, organizations } = server.world;
  const { id } = await complain({ respondentOrganizationId: organizations.centreA.organizationId });
  const seen = await view(people.dispatcherA, id);
  expect([seen.reader, seen.allowed.map((action) => action.id)]).toEqual(['respondent', []]);
  const refused = await act(people.dispatcherA, id, 'accept');
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'respondentMayNot']);
  expect((await done(people.hotlineDispatcher, id, 'accept')).stage).toBe('accepted');
});
