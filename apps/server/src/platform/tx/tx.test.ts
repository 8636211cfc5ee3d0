import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let server: TestServer;
let admin: pg.Client;
const id = v7();
beforeAll(async () => {
  server = await testServer();
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  const filed = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text: '路灯不亮', point: server.world.points.inA11 },
  });
  expect(filed.statusCode, filed.body).toBe(201);
});
afterAll(async () => {
  await admin.end();
  await server.close();
});

/** The day in China that the transaction's clock shows, and days from it. `valid_to` is the first day that no longer counts. */
const day = (n: number): string => `((now() at time zone 'Asia/Shanghai')::date + ${n})`;
const PERIODS = [
  ['ended yesterday', day(-30), day(0), false],
  ['begins tomorrow', day(1), 'null', false],
  ['begins today', day(0), 'null', true],
  ['has its last day today', day(-30), day(1), true],
  ['is held for this one day', day(0), day(1), true],
] as const;
const HELD = [
  ['holding of a post', 'post_holding'],
  ['post itself', 'post'],
] as const;
const CASES = HELD.flatMap(([what, table]) => PERIODS.map(([when, from, to, counts]) => ({ what, table, when, from, to, counts })));

const dated = (table: string, from: string, to: string): Promise<unknown> =>
  admin.query(`update ${table} set valid_from = ${from}, valid_to = ${to} where post_id = $1`, [
    server.world.people.dispatcherA.posts[0]!.postId,
  ]);

describe('a post', () => {
  test.each(CASES)('whose $what $when: scope and capability, by row-level security alone', async ({ table, from, to, counts }) => {
    // One transaction: its day is one, whatever the clock does meanwhile.
    await admin.query('begin');
    try {
      await dated(table, from, to);
      await admin.query('set local role tongxin_app');
      const { rows } = await admin.query("select enter('person', $1) as entered", [server.world.people.dispatcherA.token]);
      const seen = await admin.query('select 1 from cases where case_id = $1', [id]);
      const mayFile = await admin.query("select current_setting('tongxin.may_file') as may");
      expect([rows[0].entered.posts.length, seen.rowCount, mayFile.rows[0].may]).toEqual(counts ? [1, 1, '1'] : [0, 0, '']);
    } finally {
      await admin.query('rollback');
    }
  });

  test.each(CASES)('whose $what $when: scope and capability, over the API', async ({ table, from, to, counts }) => {
    const { dispatcherA } = server.world.people;
    await dated(table, from, to);
    try {
      const posts = (await server.as(dispatcherA, { url: '/api/v1/me' })).json<{ posts: unknown[] }>().posts.length;
      const read = (await server.as(dispatcherA, { url: `/api/v1/cases/${id}` })).statusCode;
      const note = { commandId: v7(), words: '已电话联系' };
      const noted = await server.as(dispatcherA, { method: 'POST', url: `/api/v1/cases/${id}/notes`, body: note });
      const figures = await server.as(dispatcherA, { url: '/api/v1/statistics/cases?measure=standing&by=stage' });
      expect([posts, read, noted.statusCode, figures.statusCode]).toEqual(counts ? [1, 200, 200, 200] : [0, 404, 403, 403]);
    } finally {
      await dated(table, "'2020-01-01'", 'null');
    }
  });

  test.each([
    ['2026-09-30T15:59:59.999Z', false],
    ['2026-09-30T16:00:00.000Z', true],
    ['2026-10-02T15:59:59.999Z', true],
    ['2026-10-02T16:00:00.000Z', false],
  ])('held from 1 to 2 October counts by the days of China: at %s %s', async (at, counts) => {
    const { dispatcherA } = server.world.people;
    await admin.query('begin');
    await admin.query("set local time zone 'America/New_York'");
    await dated('post_holding', "'2026-10-01'", "'2026-10-03'");
    const { rowCount } = await admin.query('select * from posts_held($1, $2)', [dispatcherA.personId, at]);
    await admin.query('rollback');
    expect(rowCount).toBe(counts ? 1 : 0);
  });

  test.each([
    ['an import', 'administrator', "find_sources('world', '{}')"],
    ['the clock', 'clock', "find_due_cases(now(), '', 1)"],
  ] as const)('that is over opens %s to nobody', async (_what, name, asked) => {
    const who = name === 'clock' ? server.world.services.clock.who : server.world.people[name].who;
    const asks = async (): Promise<string> => {
      await admin.query('savepoint asked');
      await admin.query('set local role tongxin_app');
      await admin.query('select enter($1, $2)', [who.kind, who.token]);
      return admin.query(`select ${asked}`).then(
        () => 'opens',
        (error: { code: string }) => error.code,
      );
    };
    await admin.query('begin');
    const before = await asks();
    await admin.query('rollback to savepoint asked');
    await admin.query(`update post_holding set valid_to = ${day(0)}`);
    const after = await asks();
    await admin.query('rollback');
    expect([before, after]).toEqual(['opens', '42501']);
  });
});
