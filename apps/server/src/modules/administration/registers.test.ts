import { randomUUID } from 'node:crypto';
import type { CalendarPreview } from '@tongxin/domain/calendar/view.ts';
import type { CategoryVersion, CategoryView } from '@tongxin/domain/category/schema.ts';
import type { DutyEffect, DutyListView } from '@tongxin/domain/duty/schema.ts';
import type { ArticlePage, ArticleView } from '@tongxin/domain/knowledge/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Rosters, duty lists, categories, articles and the calendar as administrators change them. */
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.close());

const uuid = randomUUID;
const post = (caller: Caller, url: string, body: object) =>
  server.as(caller, { method: 'POST', url: `/api/v1${url}`, body: { commandId: uuid(), ...body } });
const codeOf = async (asked: ReturnType<typeof post>) => {
  const response = await asked;
  return response.statusCode < 300 ? 200 : response.json<{ code: string }>().code;
};
const get = async <T>(caller: Caller, url: string): Promise<T> => {
  const response = await server.as(caller, { url: `/api/v1${url}` });
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode} ${response.body}`);
  return response.json<T>();
};
const admin = () => server.world.people.administrator;

describe('a roster', () => {
  interface Roster {
    readonly shifts: { id: string; postId: string; startsAt: string }[];
    readonly gaps: { from: string }[];
  }
  const body = () => server.world.organizations.bodyA.organizationId;
  const night = (day: string, postId = server.world.people.bodyHeadA.posts[0]!.postId) => ({
    id: uuid(),
    postId,
    startsAt: `${day}T09:30:00Z`,
    endsAt: `${new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)}T01:00:00Z`,
    kind: 'night',
  });
  const plan = (caller: Caller, shifts: object[], organizationId = body()) =>
    codeOf(post(caller, `/organizations/${organizationId}/shifts`, { shifts }));
  const roster = (from: string) => get<Roster>(admin(), `/organizations/${body()}/shifts?from=${from}`);

  it('is planned by the head of the body and the administrator, and by no other head, no handler', async () => {
    const { bodyHeadA, letterApproverA, handlerA } = server.world.people;
    expect(await plan(letterApproverA, [night('2026-10-01')])).toBe('beyondYourArea');
    expect(await plan(handlerA, [night('2026-10-01')])).toBe('missingCapability');
    expect(await plan(bodyHeadA, [night('2026-10-01')], server.world.organizations.sanitationA.organizationId)).toBe('beyondYourArea');
    expect(await plan(bodyHeadA, [night('2026-10-01')])).toBe(200);
    expect(await plan(admin(), [night('2026-10-02')])).toBe(200);
  });

  it('takes no shift that is over, ends before it begins, lasts too long, overlaps, or is of another body’s post', async () => {
    const late = night('2026-10-05');
    expect(await plan(admin(), [night('2026-09-01')])).toBe('shiftOver');
    expect(await plan(admin(), [{ ...late, endsAt: late.startsAt }])).toBe('endsBeforeItBegins');
    expect(await plan(admin(), [{ ...late, endsAt: '2026-10-08T09:30:00Z' }])).toBe('shiftTooLong');
    expect(await plan(admin(), [{ ...late, startsAt: '2026-10-05 09:30 later' }])).toBe('fieldUnfit');
    expect(await plan(admin(), [late, { ...night('2026-10-05') }])).toBe('shiftOverlaps');
    expect(await plan(admin(), [night('2026-10-05', server.world.people.handlerB.posts[0]!.postId)])).toBe('unknownPost');
    expect((await roster('2026-10-05')).shifts).toEqual([]);
  });

  it('is copied to a later week by whole days, once, and what begins later can be taken out again', async () => {
    const copy = (from: string, to: string, commandId = uuid()) =>
      codeOf(post(admin(), `/organizations/${body()}/shifts/copy`, { commandId, from, to }));
    expect(await copy('2026-10-05', '2026-09-28')).toBe('weekUnfit');
    const commandId = uuid();
    expect([await copy('2026-09-28', '2026-10-12', commandId), await copy('2026-09-28', '2026-10-12', commandId)]).toEqual([200, 200]);
    expect(await copy('2026-09-28', '2026-10-12')).toBe('nothingToCopy');
    const { shifts, gaps } = await roster('2026-10-12');
    expect(shifts.map(({ startsAt }) => startsAt)).toEqual(['2026-10-15T09:30:00.000Z', '2026-10-16T09:30:00.000Z']);
    expect(gaps.length).toBeGreaterThan(0);
    const remove = (ids: string[]) => codeOf(post(admin(), `/organizations/${body()}/shifts/remove`, { ids }));
    expect(await remove([shifts[0]!.id, uuid()])).toBe('shiftBegun');
    expect((await roster('2026-10-12')).shifts).toHaveLength(2);
    expect(await remove(shifts.map(({ id }) => id))).toBe(200);
    expect((await roster('2026-10-12')).shifts).toEqual([]);
  });
});

describe('a duty list', () => {
  const listId = uuid();
  const townA = () => server.world.areas.townA.areaId;
  const list = (change: object = {}) => ({
    id: listId,
    kind: 'admission',
    title: { zh: '甲镇准入事项' },
    areaId: townA(),
    source: '甲镇〔2026〕1号',
    ...change,
  });
  const clause = (change: object = {}) => ({
    id: uuid(),
    clause: '第1项',
    title: { zh: '路灯报修' },
    categoryId: 'municipal.lampOut',
    ...change,
  });
  const effect = () => get<DutyEffect>(admin(), `/duty-effect?areaId=${townA()}&categoryId=municipal.lampOut`);
  const add = (change: object = {}) => codeOf(post(admin(), `/duty-lists/${listId}/items`, clause(change)));

  it('is made by who manages the area, of a kind and a place there are', async () => {
    expect(await codeOf(post(server.world.people.bodyHeadA, '/duty-lists', list()))).toBe('missingCapability');
    expect(await codeOf(post(admin(), '/duty-lists', list({ areaId: uuid() })))).toBe('unknownArea');
    expect(await codeOf(post(admin(), '/duty-lists', list()))).toBe(200);
    expect(await codeOf(post(admin(), '/duty-lists', list()))).toBe('alreadyExists');
  });

  it('admits from the day a clause holds: what was refused with the list is then sent, with the clause', async () => {
    expect(await effect()).toMatchObject({ admitted: false, list: 'admission' });
    expect(await add({ categoryId: 'nowhere' })).toBe('unknownCategory');
    expect(await add({ organizationId: uuid() })).toBe('unknownOrganization');
    expect(await add({ from: '2026-09-01' })).toBe('dateInPast');
    expect(await add({ clause: '　' })).toBe('fieldMissing');
    expect(await add()).toBe(200);
    expect(await add()).toBe('clauseTaken');
    expect(await effect()).toMatchObject({ admitted: true, clause: '第1项' });
  });

  it('keeps the clause that was changed, and forbids with the clause that forbids', async () => {
    const { items } = await get<DutyListView>(admin(), `/duty-lists/${listId}`);
    const change = (itemId: string, to: object) => codeOf(post(admin(), `/duty-lists/${listId}/items/${itemId}`, clause(to)));
    expect(await change(items[0]!.id, { clause: '第2项' })).toBe(200);
    expect(await change(items[0]!.id, { clause: '第3项' })).toBe('clauseEnded');
    const after = await get<DutyListView>(admin(), `/duty-lists/${listId}`);
    expect(after.items.map(({ clause: number, to }) => [number, to])).toEqual([
      ['第1项', '2026-09-30'],
      ['第2项', undefined],
    ]);
    expect(await effect()).toMatchObject({ admitted: true, clause: '第2项' });
    const gas = await get<DutyEffect>(admin(), `/duty-effect?areaId=${townA()}&categoryId=utility.gasSmell`);
    expect(gas).toMatchObject({ admitted: false, list: 'negative', clause: '不承担第1项' });
    expect(await codeOf(post(admin(), `/duty-lists/${listId}/items/${after.items[1]!.id}/end`, {}))).toBe(200);
    expect(await effect()).toMatchObject({ admitted: false });
  });
});

describe('a category', () => {
  const form = (change: object = {}) => ({
    name: { zh: '路灯不亮（新）' },
    parentId: 'municipal',
    limit: { amount: 2, unit: 'workingDay' },
    danger: [],
    ...change,
  });
  const file = (categoryId: string, id: string) =>
    codeOf(
      post(server.world.people.residentA, '/cases', {
        commandId: undefined,
        id,
        text: '路灯不亮',
        categoryId,
        point: server.world.points.inA11,
      }),
    );
  const versionOf = async (id: string) => {
    const { rows } = await server.db.pools.maintenance.query<{ category_id: string; category_version: number }>(
      'select category_id, category_version from cases where case_id = $1',
      [id],
    );
    return rows[0];
  };

  it('becomes a new version; a running case keeps its own', async () => {
    const [before, after] = [uuid(), uuid()];
    expect(await file('municipal.lampOut', before)).toBe(200);
    const { version } = await get<{ version: number }>(admin(), '/categories/municipal.lampOut/versions');
    expect(await codeOf(post(admin(), '/categories/municipal.lampOut', { version, ...form({ parentId: 'sanitation.binFull' }) }))).toBe(
      'categoryParentUnfit',
    );
    expect(await codeOf(post(admin(), '/categories/municipal.lampOut', { version, ...form() }))).toBe(200);
    expect(await codeOf(post(admin(), '/categories/municipal.lampOut', { version, ...form() }))).toBe('changedMeanwhile');
    expect(await file('municipal.lampOut', after)).toBe(200);
    expect([await versionOf(before), await versionOf(after)]).toMatchObject([{ category_version: 1 }, { category_version: 2 }]);
    const { versions } = await get<{ versions: CategoryVersion[] }>(admin(), '/categories/municipal.lampOut/versions');
    expect(versions.map(({ version: n, to }) => [n, to])).toEqual([
      [2, undefined],
      [1, '2026-09-30'],
    ]);
  });

  it('asks what its newest version asks; a change that names no questions leaves them, and those that cannot be answered are refused', async () => {
    const asked = {
      code: 'size',
      kind: 'choice',
      required: true,
      label: { zh: '大小' },
      options: [{ value: 'small', label: { zh: '小' } }],
    };
    const change = async (more: object) => {
      const { version } = await get<{ version: number }>(admin(), '/categories/sanitation.binFull/versions');
      const bin = form({ name: { zh: '垃圾满溢' }, parentId: 'sanitation' });
      return codeOf(post(admin(), '/categories/sanitation.binFull', { version, ...bin, ...more }));
    };
    const { options, ...open } = asked;
    for (const questions of [
      [asked, asked],
      [open],
      [{ ...asked, kind: 'text' }],
      [{ ...asked, options: [options[0], options[0]] }],
      [{ ...open, kind: 'note' }],
    ])
      expect(await change({ questions })).toBe('questionsUnfit');
    const questions = () => server.deps.directory.category('sanitation.binFull')?.questions.map(({ code }) => code);
    expect(await change({})).toBe(200);
    expect(questions()).toEqual(['advice', 'size', 'waste', 'since', 'bins']);
    expect(await change({ questions: [asked] })).toBe(200);
    expect(questions()).toEqual(['size']);
    expect(server.deps.directory.category('sanitation.binFull', 1)?.questions).toHaveLength(5);
    expect(await change({ questions: [] })).toBe(200);
    expect(questions()).toEqual([]);
  });

  it('is made in a group, suggests its own body where no list does, and retires with a successor that takes what is still filed', async () => {
    const { organizationId } = server.world.organizations.bodyA;
    const make = (id: string, change: object = {}) =>
      codeOf(post(admin(), '/categories', { id, ...form({ name: { zh: '路灯倾斜' }, ...change }) }));
    expect(await make('municipal.lampLeaning', { parentId: 'nowhere' })).toBe('categoryParentUnfit');
    expect(await make('municipal.lampLeaning', { organizationId })).toBe(200);
    expect(await make('municipal.lampLeaning')).toBe('idTaken');
    const place = server.deps.places.resolve(server.world.points.inA11);
    expect(server.deps.directory.suggest('municipal.lampLeaning', place)).toEqual([{ organizationId }]);
    const retire = (id: string, change: object = {}) => codeOf(post(admin(), `/categories/${id}/retire`, change));
    expect(await retire('municipal')).toBe('categoriesBelow');
    expect(await retire('municipal.lampLeaning', { successorId: 'municipal.lampLeaning' })).toBe('successorUnfit');
    expect(await retire('municipal.lampLeaning', { successorId: 'municipal.lampOut' })).toBe(200);
    expect(await retire('municipal.lampLeaning')).toBe('categoryRetired');
    const { categories } = await get<{ categories: CategoryView[] }>(admin(), '/categories');
    expect(categories.some(({ id }) => id === 'municipal.lampLeaning')).toBe(false);
    const id = uuid();
    expect(await file('municipal.lampLeaning', id)).toBe(200);
    expect(await versionOf(id)).toMatchObject({ category_id: 'municipal.lampOut' });
    expect(await retire('livelihood.schooling')).toBe(200);
    expect(await file('livelihood.schooling', uuid())).toBe('categoryRetired');
  });
});

describe('an article', () => {
  const id = uuid();
  const form = (change: object = {}) => ({
    organizationId: server.world.organizations.bodyA.organizationId,
    title: '居住证怎么办理',
    body: '请带身份证和租赁合同，五个工作日办好。',
    categoryIds: ['livelihood'],
    ...change,
  });
  const find = async (q: string, caller: Caller = server.world.people.operator) =>
    (await get<ArticlePage>(caller, `/articles?q=${encodeURIComponent(q)}`)).rows;

  it('is written by the head for the own body, found in Chinese by every word, and by nobody outside staff', async () => {
    const { bodyHeadA, letterApproverA, residentA } = server.world.people;
    expect(await codeOf(post(letterApproverA, '/articles', { id, ...form() }))).toBe('beyondYourArea');
    expect(await codeOf(post(bodyHeadA, '/articles', { id, ...form({ categoryIds: ['nowhere'] }) }))).toBe('unknownCategory');
    expect(await codeOf(post(bodyHeadA, '/articles', { id, ...form({ from: '2026-10-02', to: '2026-10-01' }) }))).toBe(
      'endsBeforeItBegins',
    );
    expect(await codeOf(post(bodyHeadA, '/articles', { id, ...form() }))).toBe(200);
    expect((await find('租赁合同')).map((one) => one.id)).toEqual([id]);
    expect(await find('租赁 护照')).toEqual([]);
    expect(await find("'; drop table article --")).toEqual([]);
    expect(await find('，。！')).toEqual([]);
    expect((await server.as(residentA, { url: '/api/v1/articles' })).statusCode).toBe(403);
  });

  it('keeps every version, refuses the second of two editors, and is not offered when withdrawn or out of its days', async () => {
    const { bodyHeadA } = server.world.people;
    const change = (version: number, to: object) => codeOf(post(bodyHeadA, `/articles/${id}`, { version, ...form(to) }));
    expect(await change(1, { body: '三个工作日办好。' })).toBe(200);
    expect(await change(1, { body: '两个工作日办好。' })).toBe('changedMeanwhile');
    expect(await find('租赁合同')).toEqual([]);
    expect((await find('居住证'))[0]).toMatchObject({ version: 2, body: '三个工作日办好。', mayChange: false });
    expect(await change(2, { from: '2026-10-01', to: '2026-11-01' })).toBe(200);
    expect(await find('居住证')).toEqual([]);
    expect(await change(3, { withdraw: true })).toBe(200);
    const { versions } = await get<{ versions: ArticleView[] }>(bodyHeadA, `/articles/${id}/versions`);
    expect(versions.map(({ version, withdrawn }) => [version, withdrawn])).toEqual([
      [4, true],
      [3, false],
      [2, false],
      [1, false],
    ]);
  });
});

describe('the calendar', () => {
  const fixed = (year: number) =>
    ['01-01', '05-01', '10-01', '10-02', '10-03'].map((day) => ({ day: `${year}-${day}`, kind: 'off', reason: '法定节假日' }));
  const notice = (year: number, more: object[] = []) => ({ year, source: `${year}年放假安排`, exceptions: [...fixed(year), ...more] });

  it('is changed by who manages the whole, and previewed before: which days, which limits, from when to when', async () => {
    const { bodyHeadA, residentA } = server.world.people;
    expect(await codeOf(post(bodyHeadA, '/calendar', notice(2031)))).toBe('missingCapability');
    expect(await codeOf(post(admin(), '/calendar', { ...notice(2031), exceptions: [] }))).toBe('calendarHolidayMissing');
    // A limit of three working days over a day that the amended notice takes away.
    const id = uuid();
    await post(residentA, '/cases', {
      commandId: undefined,
      id,
      text: '路灯不亮',
      categoryId: 'municipal.lampOut',
      point: server.world.points.inA11,
    });
    await post(server.world.people.dispatcherA, `/cases/${id}/actions`, { action: 'accept', version: 1, input: {} });
    const known = (await get<{ years: { year: number; exceptions: object[] }[] }>(admin(), '/calendar')).years.find(
      ({ year }) => year === 2026,
    )!;
    const amended = {
      year: 2026,
      source: '更正',
      exceptions: [
        ...known.exceptions.filter((one) => (one as { day: string }).day !== '2026-10-09'),
        { day: '2026-10-09', kind: 'off', reason: '更正' },
      ],
    };
    const asked = await server.as(admin(), { method: 'POST', url: '/api/v1/calendar/preview', body: amended });
    const preview = asked.json<CalendarPreview>();
    expect(preview).toMatchObject({ change: 'replaced', amended: ['2026-10-09'] });
    const row = preview.rows.find((one) => one.id === id);
    expect(preview.clocks).toBeGreaterThan(0);
    expect(row && row.after! > row.before!).toBe(true);
    expect(await codeOf(post(admin(), '/calendar', amended))).toBe('calendarYearKnown');
    expect(await codeOf(post(admin(), '/calendar', { ...amended, replace: true }))).toBe(200);
    expect(server.deps.calendar().exceptions.get('2026-10-09')).toBe('off');
    const { rows } = await server.db.pools.maintenance.query<{ n: number }>(
      "select count(*)::int as n from clock where calendar_version = 'amended'",
    );
    expect(rows[0]!.n).toBe(preview.clocks);
  });
});

describe('another process', () => {
  it('reads again what was changed here', async () => {
    let reads = 0;
    const { watchReference } = await import('../../platform/directory/watch.ts');
    const read = async (): Promise<void> => {
      reads += 1;
    };
    const stop = watchReference(server.db.pools.app, read, { warn: () => {} });
    await expect.poll(() => reads, { timeout: 10_000 }).toBe(1);
    expect(
      await codeOf(
        post(admin(), '/posts', {
          id: uuid(),
          organizationId: server.world.organizations.bodyB.organizationId,
          role: 'handler',
          title: { zh: '新岗' },
        }),
      ),
    ).toBe(200);
    await expect.poll(() => reads, { timeout: 10_000 }).toBe(2);
    stop();
  });
});
