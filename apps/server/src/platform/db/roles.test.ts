import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type TestDatabase, testDatabase } from '@tongxin/testing/database.ts';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const CASE_TABLES = [
  'cases',
  'events',
  'event_content',
  'clock',
  'case_party',
  'task',
  'case_link',
  'file',
  'receipt',
  'file_pending',
  'feed_pending',
  'search_document',
  'notice',
  'person',
  'person_access',
  'source_key',
  'text_digest',
  'case_count',
  'case_counted',
  'duration_count',
];

const refusedTo = async (pool: pg.Pool, statement: string): Promise<string> => {
  try {
    await pool.query(statement);
    return 'allowed';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('roles', () => {
  test('nobody the product runs as is a superuser, and only maintenance and the definer look past row-level security', async () => {
    const { rows } = await db.pools.maintenance.query(
      "select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname like 'tongxin\\_%' order by rolname",
    );
    expect(rows).toEqual([
      { rolname: 'tongxin_app', rolsuper: false, rolbypassrls: false, rolcanlogin: true },
      { rolname: 'tongxin_auth', rolsuper: false, rolbypassrls: false, rolcanlogin: true },
      { rolname: 'tongxin_definer', rolsuper: false, rolbypassrls: true, rolcanlogin: false },
      { rolname: 'tongxin_feed', rolsuper: false, rolbypassrls: false, rolcanlogin: true },
      { rolname: 'tongxin_maintenance', rolsuper: false, rolbypassrls: true, rolcanlogin: true },
      { rolname: 'tongxin_owner', rolsuper: false, rolbypassrls: false, rolcanlogin: true },
    ]);
  });
  test('row-level security is on and forced on every table that holds anything of a case or a person', async () => {
    const { rows } = await db.pools.maintenance.query<{ relname: string; on: boolean }>(
      'select relname, relrowsecurity and relforcerowsecurity as on from pg_class where relname = any ($1) and relkind = $2',
      [CASE_TABLES, 'r'],
    );
    expect(rows.map((row) => row.relname).sort()).toEqual([...CASE_TABLES].sort());
    expect(rows.filter((row) => !row.on)).toEqual([]);
  });
  test('the app without a scope sees no row and writes none', async () => {
    for (const table of ['cases', 'events', 'event_content', 'clock', 'task', 'file']) {
      const { rows } = await db.pools.app.query(`select count(*)::int as n from ${table}`);
      expect(rows[0].n).toBe(0);
    }
    expect(await refusedTo(db.pools.app, 'insert into feed_pending (case_id, event_no) values (gen_random_uuid(), 1)')).toBe('42501');
    expect(await refusedTo(db.pools.app, 'select begin_filing(gen_random_uuid())')).toBe('42501');
    expect(await refusedTo(db.pools.app, 'select name_sealed from case_party')).toBe('42501');
    expect(await refusedTo(db.pools.app, 'select phone_sealed from person')).toBe('42501');
    expect(await refusedTo(db.pools.app, 'select * from auth.session')).toBe('42501');
    expect(await refusedTo(db.pools.app, 'select * from receipt')).toBe('42501');
    expect(await refusedTo(db.pools.app, 'delete from events')).toBe('42501');
    expect(await refusedTo(db.pools.app, "update events set header = ''")).toBe('42501');
  });
  test('the feed cannot write the record, and sign-in cannot read it', async () => {
    expect(await refusedTo(db.pools.feed, 'delete from events')).toBe('42501');
    expect(await refusedTo(db.pools.feed, 'update cases set stage = stage')).toBe('42501');
    expect(await refusedTo(db.pools.auth, 'select * from public.cases')).toBe('42501');
  });
});

test('rows that were read are let go of while reading goes on: a long export holds one batch, not all it had done with', async () => {
  // In a process of its own, where nobody else fills the memory that is looked at.
  const code = `import { getHeapSpaceStatistics } from 'node:v8';
    import { openPools } from ${JSON.stringify(pathToFileURL(new URL('./pools.ts', import.meta.url).pathname).href)};
    const url = process.env.APP_URL;
    const pools = openPools({ app: url, feed: url, auth: url, maintenance: url });
    const oldSpace = () => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space').space_used_size;
    const client = await pools.app.connect();
    const row = Array.from({ length: 20 }, (_, i) => "'a value of this row ' || n as c" + i).join(', ');
    await client.query('begin');
    await client.query('declare long_list no scroll cursor for select ' + row + ' from generate_series(1, 50000) n');
    const before = oldSpace();
    let [most, read] = [before, 0];
    for (;;) {
      const { rows } = await client.query('fetch forward 125 from long_list');
      if (rows.length === 0) break;
      read += rows.length;
      most = Math.max(most, oldSpace());
    }
    console.log(JSON.stringify({ read, grownMegabytes: (most - before) / 1024 ** 2 }));
    process.exit(0);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, APP_URL: db.urls.app },
    cwd: import.meta.dirname,
  });
  const { read, grownMegabytes } = JSON.parse(stdout) as { read: number; grownMegabytes: number };
  expect(read).toBe(50_000);
  expect(grownMegabytes).toBeLessThan(4);
});
