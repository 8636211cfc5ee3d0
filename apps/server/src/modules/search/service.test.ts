import type { CasePage } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { withScope } from '../../platform/tx/tx.ts';
import { findByWords } from './index.ts';
import { lexemesOf } from './segment/service.ts';

/** More cases of one phrase than a search looks at in the index, the newest of them written last. */
const COMMON = 11_000;
const { people, points, areas, organizations } = WORLD;
const TOWN = { by: 'town', id: areas.townA.areaId } as const;

let server: TestServer;
let admin: pg.Client;
let names: string[];

const file = async (text: string): Promise<string> => {
  const id = v7();
  const answer = await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body: { id, text, point: points.inA11 } });
  expect(answer.statusCode, answer.body).toBe(201);
  return id;
};

/** Copies of a case from `from` to `to`, each a second newer than the one before; with their documents, or without. */
const copy = async (
  id: string,
  from: number,
  to: number,
  documents: boolean,
  varied: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const columns: Readonly<Record<string, string>> = {
    case_id: "md5('copy' || n)::uuid",
    number: "'X' || n",
    updated_at: "c.updated_at + n * interval '1 second'",
    ...varied,
  };
  await admin.query(
    `insert into cases (${names.join(', ')}) select ${names.map((name) => columns[name] ?? `c.${name}`).join(', ')}
     from cases c, generate_series(${from}, ${to}) n where c.case_id = $1 order by n`,
    [id],
  );
  if (documents)
    await admin.query(
      `insert into search_document select md5('copy' || n)::uuid, d.words, d.masked, d.updated_at
       from search_document d, generate_series(${from}, ${to}) n where d.case_id = $1 order by n`,
      [id],
    );
};

let common: string;
beforeAll(async () => {
  server = await testServer();
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ column_name: string }>(
    "select column_name from information_schema.columns where table_name = 'cases' and is_generated = 'NEVER' order by ordinal_position",
  );
  names = rows.map((row) => row.column_name);
  common = await file('路灯不亮，请派人来看');
  for (const text of ['路灯杆上有马蜂窝', '马蜂窝很大']) await file(text);
  await settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
  await copy(common, 1, COMMON, true, { handler_id: `case when n % 700 = 0 then '${people.handlerA.personId}'::uuid end` });
  await admin.query('vacuum analyze cases, search_document');
}, 120_000);
afterAll(async () => {
  await admin.end();
  await server.close();
});

const page = async (caller: Caller, query: string): Promise<CasePage> =>
  (await server.as(caller, { url: `/api/v1/cases?${query}` })).json();
const newest = async (condition: string, limit: number): Promise<string[]> =>
  (
    await admin.query<{ case_id: string }>(
      `select case_id from cases join search_document using (case_id) where ${condition} order by cases.updated_at desc, case_id limit ${limit}`,
    )
  ).rows.map((row) => row.case_id);
const LAMPS = "masked like '%路灯不亮%'";

test('letters beyond the first plane, cut or not, stop nobody else’s words', async () => {
  await file(`a${'𝐀'.repeat(40)}`);
  await file(`${'，'.repeat(5999)}😀`);
  const id = await file('桥头水管漏水');
  await settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
  const { rows } = await page(people.dispatcherA, `q=${encodeURIComponent('桥头水管')}`);
  expect(rows.map((row) => row.id)).toEqual([id]);
});

describe('words that thousands of cases hold', () => {
  test('find the newest of them, page after page', async () => {
    const wanted = await newest(LAMPS, 120);
    const found: string[] = [];
    for (let next: string | undefined = ''; next !== undefined && found.length < 120; ) {
      const { rows, next: following } = await page(
        people.dispatcherA,
        `q=${encodeURIComponent('路灯不亮')}&limit=40${next && `&cursor=${next}`}`,
      );
      found.push(...rows.map((row) => row.id));
      next = following;
    }
    expect(found).toEqual(wanted);
  });

  test('of which the newest complain of the reader’s own body, fill the page with those behind', async () => {
    const complained = await newest(LAMPS, 60);
    const name = (body: string | null) =>
      admin.query('update cases set respondent_organization_id = $1 where case_id = any ($2)', [body, complained]);
    await name(organizations.centreA.organizationId);
    const { rows, next } = await page(people.dispatcherA, `q=${encodeURIComponent('路灯不亮')}&limit=40`);
    await name(null);
    expect(rows.map((row) => row.id)).toEqual((await newest(LAMPS, 100)).slice(60));
    expect(next).toBeDefined();
  });

  test.each(['nothing', 'enable_bitmapscan', 'enable_seqscan', 'enable_indexscan', 'enable_nestloop', 'enable_hashjoin', 'enable_sort'])(
    'find the same, however the database goes about it (doing without %s)',
    async (habit) => {
      const found = await withScope(server.deps.pools.app, people.dispatcherA.who, async (scope) => {
        if (habit !== 'nothing') await scope.client.query(`set local ${habit} = off`);
        return findByWords(scope, '路灯不亮', TOWN, 500);
      });
      expect(found).toEqual(await newest(LAMPS, 500));
    },
  );

  test('find one’s own among them, though the town has thousands', async () => {
    const { rows } = await page(people.handlerA, `view=mine&q=${encodeURIComponent('路灯不亮')}`);
    expect(rows).toEqual([]);
    // What another body leads is no case of the handler's, handled by it or not.
    await admin.query('update cases set lead_organization_id = $1 where handler_id = $2', [
      organizations.bodyA.organizationId,
      people.handlerA.personId,
    ]);
    const own = await page(people.handlerA, `view=mine&q=${encodeURIComponent('路灯不亮')}`);
    expect(own.rows.map((row) => row.id)).toEqual(await newest(`handler_id = '${people.handlerA.personId}'`, 50));
    expect(own.rows).toHaveLength(Math.floor(COMMON / 700));
  });

  test('find nothing for those of another town, wherever they look', async () => {
    for (const query of [
      '',
      `&areaId=${areas.townA.areaId}`,
      `&areaId=${areas.city.areaId}`,
      `&organizationId=${organizations.centreA.organizationId}`,
    ])
      expect((await page(people.dispatcherB, `q=${encodeURIComponent('路灯不亮')}${query}`)).rows).toEqual([]);
  });

  test('together with a word that is rare, find every case that holds both', async () => {
    const found = (await page(people.dispatcherA, `q=${encodeURIComponent('路灯马蜂窝')}`)).rows;
    expect(found).toEqual([]);
    expect((await page(people.dispatcherA, `q=${encodeURIComponent('马蜂窝')}`)).rows.map((row) => row.id)).toEqual(
      await newest("masked like '%马蜂窝%'", 50),
    );
  });

  test('are found half typed, and two of them apart', async () => {
    const said = '人民公园入口，路灯_不亮';
    const { rows } = await admin.query<{ case_id: string }>(
      "update search_document set masked = $1, words = words || array_to_tsvector($2) where case_id = md5('copy2')::uuid returning case_id",
      [said, lexemesOf(said)],
    );
    const found = (question: string) =>
      withScope(server.deps.pools.app, people.dispatcherA.who, (scope) => findByWords(scope, question, TOWN, 500));
    for (const question of ['公园入', '公园入口', '路灯_不 公园', ' 公园　路灯 '])
      expect([question, await found(question)]).toEqual([question, [rows[0]!.case_id]]);
    for (const question of ['公园出', '公园路灯', '公园 马蜂窝', '路灯%不亮 公园', ' ', '_ %'])
      expect([question, await found(question)]).toEqual([question, []]);
  });

  test('said together by one old case alone, find it', async () => {
    const { rows } = await admin.query<{ case_id: string }>(
      `update search_document set masked = '路灯来看' where case_id = md5('copy1')::uuid returning case_id`,
    );
    const found = await withScope(server.deps.pools.app, people.dispatcherA.who, (scope) => findByWords(scope, '路灯来看', TOWN, 500));
    expect(found).toEqual(rows.map((row) => row.case_id));
  });

  test('and are old by now, are still found behind the few that are new', { timeout: 120_000 }, async () => {
    const first = COMMON + 1;
    await copy(common, first, first + 20_499, false);
    await admin.query(
      `insert into search_document select md5('copy' || n)::uuid, d.words, d.masked, d.updated_at
       from search_document d, unnest(array[${first + 20_400}, ${first + 20_499}]) n where d.case_id = $1`,
      [common],
    );
    await admin.query('vacuum analyze cases, search_document');
    const find = () => withScope(server.deps.pools.app, people.dispatcherA.who, (scope) => findByWords(scope, '路灯不亮', TOWN, 500));
    const judge = async (found: string[]) => {
      expect(found.slice(0, 2)).toEqual(await newest(LAMPS, 2));
      expect(found).toHaveLength(500);
      const { rows } = await admin.query<{ case_id: string }>(
        'select case_id from cases where case_id = any ($1) order by updated_at desc, case_id',
        [found],
      );
      expect(found).toEqual(rows.map((row) => row.case_id));
    };
    await judge(await find());
    // Those between say each of its pairs, and not the phrase; then, known to be many, its pairs are not looked up before the walk has ended.
    await admin.query(
      `insert into search_document select c.case_id, d.words, '路灯，灯不，不亮', d.updated_at
       from search_document d, cases c where d.case_id = $1 and not exists (select from search_document o where o.case_id = c.case_id)`,
      [common],
    );
    await admin.query('vacuum analyze search_document');
    await judge(await find());
    await admin.query("update pg_class set reltuples = 10 * reltuples where oid = 'search_document'::regclass");
    await judge(await find());
  });
});
