import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const { people, organizations } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const post = async (who: Caller, url: string, body: object) => {
  const answer = await server.as(who, { method: 'POST', url: `/api/v1${url}`, body });
  return [answer.statusCode, answer.json()] as const;
};
const template = (part: object = {}) => ({
  id: v7(),
  organizationId: organizations.bodyA.organizationId,
  title: '已派人',
  text: '您反映的{category}（{caseNumber}）已派人查看，{dueDate}前办结。',
  ...part,
});
const listed = async (who: Caller, query = ''): Promise<{ id: string; title: string; retired: boolean }[]> =>
  (await server.as(who, { url: `/api/v1/reply-templates${query}` })).json().templates;

describe('reply templates', () => {
  test('are refused with a placeholder nobody knows, with somebody’s name or number, and for a category there is not; nothing is kept', async () => {
    for (const [part, code] of [
      [{ text: '您好，{reporterName}' }, 'unknownPlaceholder'],
      [{ text: '请联系 13812345678' }, 'personInTemplate'],
      [{ title: '王建国师傅' }, 'personInTemplate'],
      [{ title: '   ' }, 'fieldMissing'],
      [{ categoryIds: ['no.such'] }, 'unknownCategory'],
    ] as const) {
      const [status, problem] = await post(people.bodyHeadA, '/reply-templates', template(part));
      expect([status, problem.code]).toEqual([422, code]);
      // The words that were refused are not said back.
      expect(JSON.stringify(problem)).not.toContain('13812345678');
    }
    expect(await listed(people.bodyHeadA)).toEqual([]);
  });

  test('are an office’s own: others neither read nor write them, and who only handles does not write', async () => {
    const one = template();
    expect((await post(people.handlerA, '/reply-templates', one))[0]).toBe(403);
    expect((await post(people.dispatcherA, '/reply-templates', one))[1]).toMatchObject({ code: 'beyondYourArea' });
    expect((await post(people.bodyHeadA, '/reply-templates', one))[0]).toBe(201);
    expect((await listed(people.handlerA)).map(({ id }) => id)).toEqual([one.id]);
    for (const other of [people.dispatcherA, people.handlerB, people.administrator]) {
      expect(await listed(other)).toEqual([]);
      expect(await listed(other, `?organizationId=${organizations.bodyA.organizationId}`)).toEqual([]);
    }
    const change = { version: 1, title: '改', text: '改了。' };
    expect((await post(people.dispatcherA, `/reply-templates/${one.id}`, change))[0]).toBe(404);
    // An id that is in use elsewhere is no way to learn of it.
    const [status, taken] = await post(people.dispatcherA, '/reply-templates', {
      ...one,
      organizationId: organizations.centreA.organizationId,
    });
    expect([status, taken.code]).toEqual([409, 'idTaken']);
  });

  test('are made once for each id, changed by whoever read the last version, and retired', async () => {
    const one = template({ title: '已修好', categoryIds: ['municipal', 'municipal'] });
    const [, made] = await post(people.bodyHeadA, '/reply-templates', one);
    expect(await post(people.bodyHeadA, '/reply-templates', one)).toEqual([201, made]);
    expect(made).toMatchObject({ version: 1, categoryIds: ['municipal'], retired: false });
    expect((await post(people.bodyHeadA, '/reply-templates', { ...one, text: '另一段' }))[1]).toMatchObject({ code: 'idTaken' });

    const change = { version: 1, title: '已修好', text: '已修好，请您查看。' };
    const [, changed] = await post(people.bodyDeputyA, `/reply-templates/${one.id}`, change);
    expect(changed).toMatchObject({ version: 2, text: '已修好，请您查看。', categoryIds: [] });
    expect(await post(people.bodyDeputyA, `/reply-templates/${one.id}`, change)).toEqual([200, changed]);
    const [status, late] = await post(people.bodyHeadA, `/reply-templates/${one.id}`, { ...change, text: '又一段' });
    expect([status, late.code, late.params]).toEqual([409, 'templateChanged', { version: 2 }]);

    const gone = await post(people.bodyHeadA, `/reply-templates/${one.id}`, { ...change, version: 2, retired: true });
    expect(gone[1]).toMatchObject({ version: 3, retired: true });
    expect((await listed(people.handlerA)).map(({ id }) => id)).not.toContain(one.id);
    expect((await listed(people.handlerA, '?retired=true')).map(({ id }) => id)).toContain(one.id);
  });
});
