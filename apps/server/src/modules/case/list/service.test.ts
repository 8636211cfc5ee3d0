import type { CasePage, CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMigrations } from '../../../platform/db/migrate.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';
import { searchModule } from '../../search/index.ts';

const REAL = 40;
const COPIES = 560;
/** Times of change the copies share: far more of them at one instant than a page holds. */
const INSTANTS = 5;

const { people, points, areas, categories, organizations } = WORLD;
let server: TestServer;
let admin: pg.Client;

const file = async (text = '路灯不亮'): Promise<Receipt> => {
  const body = { id: v7(), text, demandKind: 'help', categoryId: categories.lamp, point: points.inA11 };
  const answer = await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const see = (caller: Caller, path: string, tag?: string) =>
  server.as(caller, { url: `/api/v1${path}`, headers: tag ? { 'if-none-match': tag } : {} });
const act = async (caller: Caller, id: string, action: string, input: object = {}) => {
  const { version } = (await see(caller, `/cases/${id}`)).json() as CaseView;
  const body = { commandId: v7(), action, version, input };
  const answer = await server.as(caller, { method: 'POST', url: `/api/v1/cases/${id}/actions`, body });
  expect(answer.statusCode, answer.body).toBe(200);
};

beforeAll(async () => {
  server = await testServer();
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  const { id } = await file();
  const { rows } = await admin.query<{ column_name: string }>(
    "select column_name from information_schema.columns where table_name = 'cases' and is_generated = 'NEVER' order by ordinal_position",
  );
  const varied: Readonly<Record<string, string>> = {
    case_id: 'gen_random_uuid()',
    number: "'X' || n",
    updated_at: `c.updated_at - (n % ${INSTANTS}) * interval '1 hour'`,
    stage: "case when n % 2 = 0 then 'accepted' else c.stage end",
    category_id: `case when n % 3 = 0 then '${categories.bin}' else c.category_id end`,
    lead_organization_id: `case when n % 4 = 0 then '${organizations.bodyA.organizationId}'::uuid end`,
    ended_at: 'case when n % 7 = 0 then c.updated_at end',
    channel: "case when n % 5 = 0 then 'patrol' else c.channel end",
    overall_due_at: `case when n % 11 > 0 then timestamptz '2026-10-01T00:00:00Z' + (n % 9) * interval '1 day' end`,
    dispatcher_id: `case when n % 4 = 0 then '${people.dispatcherA.personId}'::uuid end`,
    marks: "case when n % 13 = 0 then '{instructed}'::text[] else '{}' end",
  };
  const names = rows.map((row) => row.column_name);
  await admin.query(
    `insert into cases (${names.join(', ')}) select ${names.map((name) => varied[name] ?? `c.${name}`).join(', ')}
     from cases c, generate_series(1, ${COPIES}) n where c.case_id = $1`,
    [id],
  );
  for (let i = 1; i < REAL; i++) {
    server.deps.clock.advance(i % 3 === 0 ? 0 : -1000);
    await file();
  }
  server.deps.clock.set('2026-10-01T00:00:00.000Z');
});
afterAll(async () => {
  await admin.end();
  await server.close();
});

/** Follows `next` to the end; `meanwhile` happens after every page. */
const walk = async (query: string, limit: number, meanwhile: () => Promise<void> = async () => {}): Promise<string[]> => {
  const ids: string[] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const page = (await see(people.dispatcherA, `/cases?limit=${limit}${query}${next && `&cursor=${next}`}`)).json() as CasePage;
    ids.push(...page.rows.map((row) => row.id));
    next = page.next;
    await meanwhile();
  }
  return ids;
};

const idsWhere = async (condition: string): Promise<string[]> =>
  (await admin.query<{ case_id: string }>(`select case_id from cases where ${condition} order by updated_at desc, case_id`)).rows.map(
    (row) => row.case_id,
  );

describe('page after page', () => {
  const town = `level=town&areaId=${areas.townA.areaId}`;
  const lead = organizations.bodyA.organizationId;
  test.each([
    ['the whole town', '', 'true', [7, 50, 200]],
    ['the town by its id', `&${town}`, 'true', [50]],
    ['one stage', '&stage=accepted', "stage = 'accepted'", [7, 50]],
    [
      'one category of what is open',
      `&categoryId=${categories.bin}&open=true`,
      `category_id = '${categories.bin}' and ended_at is null`,
      [30],
    ],
    ['what has ended', `&${town}&open=false`, 'ended_at is not null', [9]],
    ['one channel in one stage', `&${town}&channel=patrol&stage=accepted`, "channel = 'patrol' and stage = 'accepted'", [5]],
    ['the work of a body', `&organizationId=${lead}`, `lead_organization_id = '${lead}'`, [11, 51]],
  ])('%s is told once each, in order, however many changed at one instant', async (_what, query, condition, limits) => {
    const all = await idsWhere(condition);
    expect(all.length).toBeGreaterThan(20);
    for (const limit of limits) expect(await walk(query, limit)).toEqual(all);
  });

  test.each([
    ['the whole town', '', 'true'],
    ['one category', `&categoryId=${categories.lamp}`, `category_id = '${categories.lamp}'`],
  ])('%s, while some are worked on: every other one exactly once, none twice', async (_what, query, condition) => {
    const before = await idsWhere(condition);
    const { rows } = await admin.query<{ case_id: string }>(
      "select case_id from cases where number like 'GD%' and stage = 'received' order by case_id",
    );
    const work = rows.map((row) => row.case_id).slice(0, 15);
    const worked = new Set(work);
    const told = await walk(query, 23, async () => {
      const id = work.pop();
      server.deps.clock.advance(1000);
      if (id) await act(people.dispatcherA, id, 'accept');
    });
    expect(work).toEqual([]);
    expect(told.filter((id) => !worked.has(id))).toEqual(before.filter((id) => !worked.has(id)));
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('by what is due next', () => {
  const dueWhere = async (condition: string): Promise<string[]> =>
    (
      await admin.query<{ case_id: string }>(
        `select case_id from cases where ended_at is null and ${condition} order by next_due_at, case_id`,
      )
    ).rows.map((row) => row.case_id);
  const lead = organizations.bodyA.organizationId;
  test.each([
    ['the whole town', '', 'true', [7, 50, 200]],
    ['one stage', '&stage=accepted', "stage = 'accepted'", [13]],
    ['what I gave out', '&view=dispatched', `dispatcher_id = '${people.dispatcherA.personId}'`, [11]],
    ['what a body leads', `&organizationId=${lead}`, `lead_organization_id = '${lead}'`, [9]],
    [
      'some days, both counted in',
      '&dueFrom=2026-10-02&dueTo=2026-10-03',
      "next_due_at >= '2026-10-01T16:00:00Z' and next_due_at < '2026-10-03T16:00:00Z'",
      [10],
    ],
  ])('%s is told once each, what has no limit last, however many are due at one instant', async (_what, query, condition, limits) => {
    const all = await dueWhere(condition);
    expect(all.length).toBeGreaterThan(20);
    for (const limit of limits) expect(await walk(`&order=due${query}`, limit)).toEqual(all);
  });
  test('today is the day in China', async () => {
    // 2026-10-01T00:00Z is eight in the morning of the first.
    const today = await dueWhere("next_due_at >= '2026-09-30T16:00:00Z' and next_due_at < '2026-10-01T16:00:00Z'");
    expect(today.length).toBeGreaterThan(20);
    expect(await walk('&open=true&due=today&order=due', 30)).toEqual(today);
  });
  test('a page of one order does not lead on in the other, and a day that is none is refused', async () => {
    const { next } = (await see(people.dispatcherA, '/cases?limit=5&order=due')).json() as CasePage;
    for (const [query, code] of [
      [`limit=5&cursor=${next}`, 'badCursor'],
      ['dueFrom=2026-02-30', 'fieldUnfit'],
    ]) {
      const answer = await see(people.dispatcherA, `/cases?${query}`);
      expect([answer.statusCode, answer.json().code]).toEqual([422, code]);
    }
  });
});

describe('what a list is narrowed to', () => {
  test('within what I gave out, an area; and of some rows, which it holds', async () => {
    const mine = await idsWhere(`dispatcher_id = '${people.dispatcherA.personId}'`);
    const within = `&view=dispatched&areaId=${areas.communityA1.areaId}`;
    expect(await walk(within, 50)).toEqual(mine);
    expect(await walk(`&view=dispatched&areaId=${areas.communityA2.areaId}`, 50)).toEqual([]);
    const others = (await idsWhere('dispatcher_id is null')).slice(0, 3);
    const page = (
      await see(people.dispatcherA, `/cases?view=dispatched&ids=${[...others, ...mine.slice(0, 2)].join(',')}`)
    ).json() as CasePage;
    expect(page.rows.map((row) => row.id).sort()).toEqual(mine.slice(0, 2).sort());
  });
  test('what leaders instructed bears its mark and is a list of its own', async () => {
    const all = await idsWhere("'instructed' = any (marks)");
    expect(all.length).toBeGreaterThan(20);
    expect(await walk('&mark=instructed', 30)).toEqual(all);
    const page = (await see(people.dispatcherA, '/cases?mark=instructed&limit=1')).json() as CasePage;
    expect(page.rows[0]!.marks).toEqual(['instructed']);
  });
});

describe('what is kept of the record for lists', () => {
  const keptOf = async (id: string) =>
    (
      await admin.query<{ dispatcher_id: string | null; marks: string[] }>('select dispatcher_id, marks from cases where case_id = $1', [
        id,
      ])
    ).rows[0]!;
  test('who gave a case out, until it is taken back; and for good that a leader wrote on it', async () => {
    const { id } = await file();
    await act(people.dispatcherA, id, 'accept');
    expect(await keptOf(id)).toEqual({ dispatcher_id: null, marks: [] });
    await act(people.dispatcherA, id, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    await act(people.leaderA, id, 'instruct', { instruction: '请尽快修复。' });
    expect(await keptOf(id)).toEqual({ dispatcher_id: people.dispatcherA.personId, marks: ['instructed'] });
    await act(people.handlerA, id, 'acknowledge');
    expect((await keptOf(id)).dispatcher_id).toBe(people.dispatcherA.personId);
    await act(people.dispatcherA, id, 'recall', { reason: '派错了' });
    expect(await keptOf(id)).toEqual({ dispatcher_id: null, marks: ['instructed'] });
  });
});

describe('what is kept of the record, where a case is older than the columns', () => {
  test('is found in the record by the migration: the same as where it was kept from the beginning', async () => {
    const [given, back, settled, written] = [await file(), await file(), await file(), await file()];
    for (const { id } of [given, back, settled, written]) await act(people.dispatcherA, id, 'accept');
    const bodyA = { organizationId: organizations.bodyA.organizationId };
    for (const { id } of [given, back]) await act(people.dispatcherA, id, 'dispatch', bodyA);
    await act(people.dispatcherA, back.id, 'recall', { reason: '派错了' });
    await act(people.leaderA, written.id, 'instruct', { instruction: '请尽快修复。' });
    const ids = [given.id, back.id, settled.id, written.id];
    const kept = async () =>
      (await admin.query('select case_id, dispatcher_id, marks from cases where case_id = any ($1) order by case_id', [ids])).rows;
    const before = await kept();
    expect(before.filter((row) => row.dispatcher_id !== null || row.marks.length > 0)).toHaveLength(2);
    await admin.query("update cases set dispatcher_id = null, marks = '{}'");
    const migration = (await readMigrations()).find(({ name }) => name.endsWith('case-order-by-due.sql'))!;
    const [, filling] = /^(alter table cases no force[\s\S]*?alter table events force row level security;)$/mu.exec(migration.sql)!;
    const owner = new pg.Client({ connectionString: server.db.urls.owner });
    await owner.connect();
    await owner.query(`begin; ${filling} commit`);
    await owner.end();
    expect(await kept()).toEqual(before);
  });
});

describe('what a screen has already', () => {
  test('is not sent again until it changes', async () => {
    const { id } = await file();
    const first = await see(people.dispatcherA, `/cases/${id}`);
    const tag = first.headers.etag as string;
    expect(tag).toMatch(/^"[\w-]+"$/u);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const again = await see(people.dispatcherA, `/cases/${id}`, known);
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', tag]);
    }
    expect((await see(people.dispatcherA, `/cases/${id}`, '"other"')).statusCode).toBe(200);
    await act(people.dispatcherA, id, 'accept');
    const changed = await see(people.dispatcherA, `/cases/${id}`, tag);
    expect([changed.statusCode, changed.json().stage]).toEqual([200, 'accepted']);
  });
  test('is no answer for whoever sits down at it next and may not see the case, or sees it otherwise', async () => {
    const { id } = await file();
    const tag = (await see(people.dispatcherA, `/cases/${id}`)).headers.etag as string;
    expect((await see(people.dispatcherB, `/cases/${id}`, tag)).statusCode).toBe(404);
    expect((await see('anonymous', `/cases/${id}`, tag)).statusCode).toBe(401);
    const other = await see(people.leaderA, `/cases/${id}`, tag);
    expect(other.statusCode).toBe(200);
    expect((other.json() as CaseView).allowed).not.toEqual((await see(people.dispatcherA, `/cases/${id}`)).json().allowed);
  });
  test('is sent again to a reporter whose case was merged, when the other one is answered', async () => {
    const [main, merged] = [await file(), await file()];
    await act(people.dispatcherA, main.id, 'accept');
    await act(people.dispatcherA, merged.id, 'merge', { mainCaseId: main.id });
    const path = `/receipts/${merged.queryCode}`;
    const tag = (await see('anonymous', path)).headers.etag as string;
    expect((await see('anonymous', path, tag)).statusCode).toBe(304);
    await act(people.dispatcherA, main.id, 'answerDirectly', { reply: '两盏灯都修好了' });
    const answered = await see('anonymous', path, tag);
    expect(answered.statusCode).toBe(200);
    expect(answered.body).toContain('两盏灯都修好了');
  });
  test('is sent again when time has turned its light', async () => {
    const { id } = await file();
    await act(people.dispatcherA, id, 'accept');
    const tag = (await see(people.dispatcherA, `/cases/${id}`)).headers.etag as string;
    server.deps.clock.advance(60 * 86_400_000);
    expect((await see(people.dispatcherA, `/cases/${id}`, tag)).statusCode).toBe(200);
  });
});

describe('a list within a box on the map', () => {
  const WHOLE = '112.9,21.9,113.5,22.3';
  const seenIn = async (caller: Caller, query: string) => {
    const answer = await see(caller, `/cases?limit=200&count=true&${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    const page = answer.json() as CasePage;
    return { ids: page.rows.map((row) => row.id), n: page.count!.n };
  };
  const around = async (id: string): Promise<string> => {
    const { rows } = await admin.query<{ lon: number; lat: number }>('select lon, lat from cases where case_id = $1', [id]);
    const [{ lon, lat }] = rows as [{ lon: number; lat: number }];
    return [lon - 0.0001, lat - 0.0001, lon + 0.0001, lat + 0.0001].join(',');
  };
  const place = (id: string, lon: number, lat: number) =>
    admin.query('update cases set lon = $2, lat = $3 where case_id = $1', [id, lon, lat]);

  test('is refused where it is no box, and open to nobody who is not signed in', async () => {
    for (const box of ['a,b,c,d', '1,2,3', '114,22,113,23', '113,23,114,22']) {
      const answer = await see(people.dispatcherA, `/cases?bbox=${box}`);
      expect([box, answer.statusCode, answer.json().code]).toEqual([box, 422, 'badBox']);
    }
    expect((await see('anonymous', `/cases?bbox=${WHOLE}`)).statusCode).toBe(401);
  });

  test('holds what lies in it, edges and all, and nothing beside it; what else narrows a list narrows it too', async () => {
    const [inside, edge, beside, nowhere] = [await file(), await file(), await file(), await file()];
    await place(inside.id, 113.05, 22.05);
    await place(edge.id, 113.06, 22.06);
    await place(beside.id, 113.0600002, 22.055);
    await admin.query('update cases set lon = null, lat = null where case_id = $1', [nowhere.id]);
    const box = 'bbox=113.045,22.045,113.06,22.06';
    const found = await seenIn(people.dispatcherA, box);
    expect(new Set(found.ids)).toEqual(new Set([inside.id, edge.id]));
    expect(found.n).toBe(2);
    await act(people.dispatcherA, edge.id, 'accept');
    expect((await seenIn(people.dispatcherA, `${box}&stage=accepted`)).ids).toEqual([edge.id]);
    expect((await seenIn(people.dispatcherA, `${box}&open=true&order=due`)).n).toBe(2);
    expect((await seenIn(people.dispatcherA, `${box}&open=false`)).n).toBe(0);
    const today = new Date(server.deps.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect((await seenIn(people.dispatcherA, `${box}&filedFrom=${today}&filedTo=${today}`)).n).toBe(2);
    expect((await seenIn(people.dispatcherA, `${box}&filedFrom=2020-01-01&filedTo=2020-01-02`)).n).toBe(0);
    expect((await seenIn(people.dispatcherA, `${box}&areaId=${areas.townA.areaId}`)).n).toBe(2);
    expect((await seenIn(people.dispatcherA, `${box}&q=${inside.number}`)).ids).toEqual([inside.id]);
    // Another town’s dispatcher draws the same box around nothing.
    expect(await seenIn(people.dispatcherB, box)).toEqual({ ids: [], n: 0 });
    expect(await seenIn(people.dispatcherB, `${box}&areaId=${areas.townA.areaId}`)).toEqual({ ids: [], n: 0 });
  });

  test('never holds what no map shows: a confidential case, or a protected reporter’s about a body, to whoever else reads them', async () => {
    const [secret, shielded, plain] = [await file(), await file(), await file()];
    for (const [i, one] of [secret, shielded, plain].entries()) await place(one.id, 113.081, 22.081 + i / 1000);
    const lead = organizations.bodyA.organizationId;
    await admin.query('update cases set confidential = true, lead_organization_id = $2 where case_id = $1', [secret.id, lead]);
    await admin.query(
      'update cases set reporter_protected = true, respondent_organization_id = $2, lead_organization_id = $3 where case_id = $1',
      [shielded.id, organizations.bodyB.organizationId, lead],
    );
    await admin.query('update cases set lead_organization_id = $2 where case_id = $1', [plain.id, lead]);
    const mine = (await seenIn(people.handlerA, `organizationId=${lead}&order=changed`)).ids;
    const all = (await admin.query<{ case_id: string }>('select case_id from cases where lead_organization_id = $1', [lead])).rows.length;
    expect(all).toBeGreaterThan(3);
    for (const caller of [people.handlerA, people.dispatcherA, people.leaderA])
      for (const one of [secret, shielded, plain]) {
        const box = await around(one.id);
        for (const view of [`organizationId=${lead}`, `areaId=${areas.townA.areaId}`, 'view=respondent', `q=${one.number}`]) {
          const found = await seenIn(caller, `bbox=${box}&${view}`);
          const may = one === plain && view !== 'view=respondent';
          expect([view, found.ids, found.n]).toEqual([view, may ? [one.id] : [], may ? 1 : 0]);
        }
      }
    // The list itself, without a box, tells both to the body that handles them.
    const handled = await Promise.all(
      [secret, shielded].map(({ number }) => seenIn(people.handlerA, `organizationId=${lead}&q=${number}`)),
    );
    expect(handled.map(({ ids }) => ids)).toEqual([[secret.id], [shielded.id]]);
    expect(mine.length).toBeGreaterThan(0);
  });

  test('is saved with a view and counted there', async () => {
    const id = v7();
    const filter = { view: 'todo', bbox: '113.0809,22.0809,113.0811,22.0835' };
    const kept = await server.as(people.leaderA, {
      method: 'PUT',
      url: `/api/v1/inbox/views/${id}`,
      body: { name: '桥头', filter, columns: [] },
    });
    expect([kept.statusCode, kept.json().filter]).toEqual([200, filter]);
    const { counts } = (await see(people.leaderA, '/inbox/counts')).json() as { counts: { view: string; count?: { n: number } }[] };
    expect(counts.find(({ view }) => view === id)?.count).toEqual({ n: 1, more: false });
  });
});

describe('a post at a dedicated grid', () => {
  const school = areas.schoolA.areaId;
  let inside: string;
  beforeAll(async () => {
    const { postId } = people.gridWorkerB.posts[0]!;
    await admin.query('update post set area_id = $2 where post_id = $1', [postId, school]);
    const body = { id: v7(), text: '校门口积水', demandKind: 'help', categoryId: categories.lamp, point: points.inSchool };
    const answer = await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body });
    expect(answer.statusCode, answer.body).toBe(201);
    inside = body.id;
    await settleFeed(server.deps, searchModule.consumers);
  });
  const listed = async (caller: Caller, query: string): Promise<string[]> => {
    const answer = await see(caller, `/cases?limit=200&${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    return (answer.json() as CasePage).rows.map(({ id }) => id);
  };

  test.each([
    '',
    'view=area',
    'view=area&open=true&order=due',
    `areaId=${school}`,
    `areaId=${school}&level=dedicatedGrid`,
    'view=area&q=校门口积水',
  ])('lists what lies in it and nothing else: %s', async (query) => {
    expect(await listed(people.gridWorkerB, query)).toEqual([inside]);
  });

  test('opens it, and what lies beside the grid is not there', async () => {
    expect((await see(people.gridWorkerB, `/cases/${inside}`)).statusCode).toBe(200);
    const [beside] = await listed(people.dispatcherA, '');
    expect(beside).not.toBe(undefined);
    const others = (await listed(people.dispatcherA, '')).filter((id) => id !== inside);
    expect((await see(people.gridWorkerB, `/cases/${others[0]}`)).statusCode).toBe(404);
  });

  test('has its counts, and the figures of the grid itself on the map', async () => {
    const { counts } = (await see(people.gridWorkerB, '/inbox/counts')).json() as { counts: { view: string; count?: { n: number } }[] };
    expect(counts.find(({ view }) => view === 'area')?.count).toEqual({ n: 1, more: false });
    const { area, rows, total } = (await see(people.gridWorkerB, '/map/counts')).json();
    expect([area.id, rows, total.n]).toEqual([school, [], 1]);
  });

  test('narrows the list of whoever sees more to such a grid', async () => {
    expect(await listed(people.dispatcherA, `areaId=${school}`)).toEqual([inside]);
    expect(await listed(people.dispatcherA, `view=dispatched&areaId=${school}`)).toEqual([]);
    expect(await listed(people.dispatcherB, `areaId=${school}`)).toEqual([]);
  });
});

describe('somebody with posts in two bodies', () => {
  const { handlerA, handlerB } = people;
  const [first, second] = [handlerA.posts[0]!.postId, handlerB.posts[0]!.postId];
  const ofB = organizations.bodyB.organizationId;
  let theirs: string;
  let question: string;
  beforeAll(async () => {
    await admin.query(`insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-01-01')`, [
      v7(),
      second,
      handlerA.personId,
    ]);
    const { id } = await file('河边水闸漏油');
    theirs = id;
    await admin.query(
      `update cases set lead_organization_id = $2::uuid, state = jsonb_set(state, '{leadOrganizationId}', to_jsonb($2::uuid::text)) where case_id = $1`,
      [id, ofB],
    );
    await settleFeed(server.deps, searchModule.consumers);
    question = `/cases?limit=200&view=organization&count=true`;
  });
  const listed = async (path: string) => {
    const answer = await see(handlerA, path);
    expect(answer.statusCode, answer.body).toBe(200);
    const page = answer.json() as CasePage;
    return { ids: page.rows.map(({ id }) => id), n: page.count!.n };
  };

  test('looks from the first unless one is named, and from each has the lists of its body', async () => {
    const unnamed = await listed(question);
    expect(unnamed.ids).not.toContain(theirs);
    expect(unnamed.n).toBeGreaterThan(1);
    expect(await listed(`${question}&postId=${first}`)).toEqual(unnamed);
    expect(await listed(`${question}&postId=${second}`)).toEqual({ ids: [theirs], n: 1 });
    // Whatever the post sees, also without a view, by words and by ids.
    for (const narrower of ['', '&q=河边水闸漏油', `&ids=${theirs}`, '&bbox=113,22,113.1,22.1'])
      expect([narrower, await listed(`/cases?count=true&postId=${second}${narrower}`)]).toEqual([narrower, { ids: [theirs], n: 1 }]);
    expect((await listed(`/cases?count=true&q=河边水闸漏油&postId=${first}`)).n).toBe(0);
  });

  test('has the counts of either, and the map where either stands', async () => {
    const countsFrom = async (postId: string) => {
      const { counts } = (await see(handlerA, `/inbox/counts?postId=${postId}`)).json() as {
        counts: { view: string; count: { n: number } }[];
      };
      return Object.fromEntries(counts.map(({ view, count }) => [view, count.n]));
    };
    expect(await countsFrom(second)).toMatchObject({ organization: 1, todo: 1 });
    expect((await countsFrom(first)).organization).toBe((await listed(question)).n);
    expect((await see(handlerA, `/map/counts?postId=${second}`)).json().area.id).toBe(handlerB.posts[0]!.areaId);
    expect((await see(handlerA, '/map/counts')).json().area.id).toBe(handlerA.posts[0]!.areaId);
  });

  test('looks from no post of another, nor from one that has ended, wherever a post may be named', async () => {
    const refused = async (caller: Caller, postId: string) => {
      const alike = { method: 'POST', url: '/api/v1/cases/similar', body: { text: '路灯不亮', postId } } as const;
      const taken = {
        method: 'POST',
        url: '/api/v1/exports',
        body: { id: v7(), source: 'cases', format: 'csv', filter: { postId } },
      } as const;
      const answers = [
        await see(caller, `/cases?postId=${postId}`),
        await see(caller, `/cases?areaId=${areas.townA.areaId}&postId=${postId}`),
        await see(caller, `/inbox/counts?postId=${postId}`),
        await see(caller, `/map/counts?postId=${postId}`),
        await server.as(caller, alike),
        await server.as(caller, taken),
      ];
      return answers.map((answer) => [answer.statusCode, answer.json().code]);
    };
    const six = Array.from({ length: 6 }, () => [403, 'postNotYours']);
    expect(await refused(people.dispatcherA, second)).toEqual(six);
    await admin.query(`update post_holding set valid_to = '2020-02-01' where post_id = $1 and person_id = $2`, [second, handlerA.personId]);
    expect((await see(handlerA, `/cases?postId=${second}`)).json().code).toBe('postNotYours');
  });
});
