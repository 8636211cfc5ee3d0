import type { SavedView } from '@tongxin/domain/inbox/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const { people, points, categories, areas } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const save = (caller: Caller, id: string, body: object) => server.as(caller, { method: 'PUT', url: `/api/v1/inbox/views/${id}`, body });
const views = async (caller: Caller): Promise<SavedView[]> => (await server.as(caller, { url: '/api/v1/inbox/views' })).json().views;
const counts = async (caller: Caller): Promise<Record<string, { n: number; more: boolean } | undefined>> => {
  const answer = await server.as(caller, { url: '/api/v1/inbox/counts' });
  expect(answer.statusCode, answer.body).toBe(200);
  return Object.fromEntries(answer.json().counts.map((one: { view: string; count?: object }) => [one.view, one.count]));
};
const NIGHT = {
  name: '夜班路灯',
  filter: { view: 'todo', categoryId: categories.lamp, area: [areas.city.areaId, areas.townA.areaId] },
  columns: ['number', 'title'],
};

describe('a person’s own views', () => {
  test('are kept, changed and removed, and are nobody else’s', async () => {
    const id = v7();
    const bare = await save(people.dispatcherA, id, { ...NIGHT, name: '   ' });
    expect([bare.statusCode, bare.json().code]).toEqual([422, 'viewNameMissing']);
    expect((await save(people.dispatcherA, id, { ...NIGHT, name: ' 夜班路灯 ' })).statusCode).toBe(200);
    expect(await views(people.dispatcherA)).toEqual([{ ...NIGHT, id }]);
    await save(people.dispatcherA, id, { ...NIGHT, columns: [] });
    expect(await views(people.dispatcherA)).toEqual([{ ...NIGHT, columns: [], id }]);
    for (const other of [people.dispatcherA2, people.leaderA]) {
      expect(await views(other)).toEqual([]);
      expect((await server.as(other, { method: 'DELETE', url: `/api/v1/inbox/views/${id}` })).statusCode).toBe(404);
    }
    // The same id is another's own view, and changes nothing of this one.
    await save(people.dispatcherA2, id, { ...NIGHT, name: '别人的' });
    expect((await views(people.dispatcherA))[0]!.name).toBe('夜班路灯');
    expect((await server.as(people.dispatcherA, { method: 'DELETE', url: `/api/v1/inbox/views/${id}` })).statusCode).toBe(200);
    expect(await views(people.dispatcherA)).toEqual([]);
    expect(await views(people.dispatcherA2)).toHaveLength(1);
  });

  test('hold what a list can be, and no more than fifty are kept', async () => {
    for (const filter of [{ view: 'everything' }, { light: 'blue' }, { sql: '1' }, { dueFrom: 'tomorrow' }]) {
      const answer = await save(people.leaderA, v7(), { ...NIGHT, filter });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalidInput']);
    }
    const ids = Array.from({ length: 52 }, () => v7());
    const answers = await Promise.all(ids.map((id) => save(people.leaderA, id, NIGHT)));
    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(50);
    expect(answers.find((answer) => answer.statusCode !== 200)!.json().code).toBe('tooManyViews');
    expect(await views(people.leaderA)).toHaveLength(50);
  });
});

describe('how many a view holds', () => {
  test('is what its list shows, of what the caller sees', async () => {
    const file = async (point: object, categoryId: string = categories.lamp) =>
      server.as('anonymous', {
        method: 'POST',
        url: '/api/v1/cases',
        body: { id: v7(), text: '路灯不亮', demandKind: 'help', categoryId, point },
      });
    for (const point of [points.inA11, points.inA11, points.inB11]) expect((await file(point)).statusCode).toBe(201);
    await file(points.inA11, categories.bin);
    const id = v7();
    await save(people.supervisorA, id, NIGHT);
    const seen = await counts(people.supervisorA);
    expect(seen.todo).toEqual({ n: 3, more: false });
    expect(seen[id]).toEqual({ n: 2, more: false });
    expect(seen.overdue).toEqual({ n: 0, more: false });
    expect((await counts(people.dispatcherB)).todo).toEqual({ n: 1, more: false });
    expect((await counts(people.dispatcherB))[id]).toBeUndefined();
    expect((await counts(people.residentB)).todo).toEqual({ n: 0, more: false });
  });

  test('stands for the others when one’s area is gone', async () => {
    const id = v7();
    await save(people.supervisorA, id, { ...NIGHT, filter: { area: [v7()] } });
    const seen = await counts(people.supervisorA);
    expect([seen[id], seen.todo?.n]).toEqual([undefined, 3]);
  });
});
