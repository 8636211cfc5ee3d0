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
