import type { SimilarCase } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../../modules.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';

const { people, organizations, points, categories } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-03-10T02:00:00.000Z' });
});
afterAll(() => server.close());

const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
const file = async (text: string, more: object = {}): Promise<string> => {
  const id = v7();
  const answer = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text, categoryId: categories.lamp, point: points.inA11, ...more },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return id;
};
const act = async (who: Caller, id: string, action: string, input: object = {}): Promise<void> => {
  const { version } = (await server.as(who, { url: `/api/v1/cases/${id}` })).json();
  const answer = await server.as(who, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action, version, input },
  });
  expect(answer.statusCode, answer.body).toBe(200);
};
const similar = async (who: Caller, id: string): Promise<SimilarCase[]> => {
  const answer = await server.as(who, { url: `/api/v1/cases/${id}/similar` });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().cases;
};
const { lon, lat } = points.inA11;
/** Metres east of the point of the tests. */
const east = (metres: number) => ({ lon: lon + metres / (111_320 * Math.cos((lat * Math.PI) / 180)), lat });

describe('cases like one', () => {
  test('at the same spot come with what came of them: March, by that office, and what its reporter was told', async () => {
    const before = await file('涵洞口堆满了建筑渣土', { point: east(150) });
    await act(people.dispatcherA, before, 'accept');
    await act(people.dispatcherA, before, 'answerDirectly', { reply: '已由王建国师傅带队清运，有事请打 13812345678。' });
    const far = await file('别处的路灯不亮', { point: east(260) });
    const otherKind = await file('垃圾桶满了', { categoryId: categories.bin, point: east(20) });
    const now = await file('水沟边又有人乱倒泥巴', { point: points.inA11 });
    const found = await similar(people.dispatcherA, now);
    // The same kind first, then what is nearest; two hundred metres are the spot.
    expect(found.map(({ id, why, metres, sameCategory }) => [id, why, metres, sameCategory])).toEqual([
      [before, 'near', 150, true],
      [otherKind, 'near', 20, false],
    ]);
    expect(found.map(({ id }) => id)).not.toContain(far);
    expect(found[0]).toMatchObject({ reportedAt: expect.stringMatching(/^2026-03/u) });
    expect(found[0]!.outcome).toContain('带队清运');
    expect(JSON.stringify(found)).not.toMatch(/13812345678|王建国/u);
  });

  test('are found by like words elsewhere in the town, not in another town, and never by one common word alone', async () => {
    const alike = await file('公园里的马蜂窝越来越大，请摘除', { point: points.inA21 });
    const once = await file('公园长椅坏了', { point: points.inA21 });
    await file('公园里的马蜂窝吓人', { point: points.inB11 });
    const now = await file('公园北门有一个马蜂窝', { point: points.inA12 });
    await settle();
    const found = await similar(people.dispatcherA, now);
    expect(found.map(({ id, why }) => [id, why])).toEqual([[alike, 'words']]);
    expect(found.map(({ id }) => id)).not.toContain(once);
  });

  test('without a point are those of the grid', async () => {
    const grid = WORLD.areas.gridA22.areaId;
    const before = await file('楼道灯坏了', { point: undefined, areaId: grid });
    const now = await file('井盖松动', { point: undefined, areaId: grid });
    expect((await similar(people.dispatcherA, now)).map(({ id, why }) => [id, why])).toEqual([[before, 'grid']]);
  });

  test('are only those the reader works on too', async () => {
    const spot = { point: east(3000) };
    const mine = await file('三岔口路灯不亮', spot);
    const theirs = await file('三岔口路灯又不亮', spot);
    await act(people.dispatcherA, mine, 'accept');
    await act(people.dispatcherA, mine, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    await settle();
    expect((await similar(people.dispatcherA, mine)).map(({ id }) => id)).toEqual([theirs]);
    expect(await similar(people.handlerA, mine)).toEqual([]);
  });

  test('are not compared for the side complained of, nor of a letter; and a complaint about one’s own body is not among them (R5)', async () => {
    const spot = { point: east(4000) };
    const complaint = await file('物业不修电梯，我住三栋', { ...spot, respondentOrganizationId: organizations.propertyA.organizationId });
    const handledByIt = await file('物业电梯又坏', spot);
    await act(people.dispatcherA, handledByIt, 'accept');
    await act(people.dispatcherA, handledByIt, 'dispatch', { organizationId: organizations.propertyA.organizationId });
    await settle();
    expect((await similar(people.dispatcherA, handledByIt)).map(({ id }) => id)).toEqual([complaint]);
    expect(await similar(people.propertyA, handledByIt)).toEqual([]);
    expect((await server.as(people.propertyA, { url: `/api/v1/cases/${complaint}/similar` })).statusCode).toBe(404);

    const letter = v7();
    await server.as(people.residentA, {
      method: 'POST',
      url: '/api/v1/cases',
      body: { id: letter, procedure: 'letter', text: '物业不修电梯，请处理', ...spot },
    });
    await settle();
    expect(await similar(people.letterOfficerA, letter)).toEqual([]);
    expect((await similar(people.dispatcherA, handledByIt)).map(({ id }) => id)).not.toContain(letter);
  });

  test('are found while somebody is still telling: by the spot, by the words in the area, and by nobody outside it', async () => {
    const there = await file('河边步道栏杆松动', { point: east(6000) });
    await settle();
    const told = async (who: Caller, body: object): Promise<string[]> => {
      const answer = await server.as(who, { method: 'POST', url: '/api/v1/cases/similar', body });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json<{ cases: SimilarCase[] }>().cases.map(({ id }) => id);
    };
    const { townA, townB } = WORLD.areas;
    expect(await told(people.dispatcherA, { point: east(6020) })).toEqual([there]);
    expect(await told(people.dispatcherA, { text: '步道的栏杆松动很危险', areaId: townA.areaId })).toEqual([there]);
    expect(await told(people.dispatcherA, { text: '步道的栏杆松动很危险', areaId: townB.areaId })).toEqual([]);
    expect(await told(people.dispatcherB, { text: '步道的栏杆松动很危险', areaId: townA.areaId })).toEqual([]);
    expect(await told(people.dispatcherA, {})).toEqual([]);
  });
});
