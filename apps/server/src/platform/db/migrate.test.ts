import { bootstrapDatabase } from '@tongxin/server/platform/db/bootstrap.ts';
import { TEST_PASSWORD } from '@tongxin/testing/database.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { migrate } from './migrate.ts';

/** The last migration of the released version. */
const RELEASED = 12;
const NAME = 'tongxin_older';
const CITY = '00000000-0000-8000-8000-00000000c171';
const PERSON = '00000000-0000-8000-8000-000000009e45';
const TOWN = '00000000-0000-8000-8000-0000000070e4';

let client: pg.Client;
beforeAll(async () => {
  const { adminUrl } = inject('postgres');
  const urls = await bootstrapDatabase(adminUrl, { database: NAME, password: TEST_PASSWORD });
  await migrate(urls.owner, undefined, RELEASED);
  client = new pg.Client({ connectionString: Object.assign(new URL(adminUrl), { pathname: `/${NAME}` }).toString() });
  await client.connect();
  await client.query(
    `insert into area (area_id, kind, parent_id, path, name, valid_from) values ($1, 'city', null, array[$1::uuid], '{"zh":"示例市"}', '2020-01-01'),
      ($2, 'town', $1, array[$1::uuid, $2::uuid], '{"zh":"示例镇"}', '2020-01-01')`,
    [CITY, TOWN],
  );
  // An evening in London is the next day in Shanghai.
  await client.query(
    `insert into procedure_version (procedure_id, version, area_id, definition, digest, published_at) values
      ('order', 1, null, '{}', '', '2026-01-01T00:00:00Z'), ('order', 3, $1, '{}', '', '2026-10-01T20:00:00Z')`,
    [TOWN],
  );
  await client.query("insert into person (person_id, kind) values ($1, 'staff')", [PERSON]);
  await client.query(
    "insert into notice (person_id, notice_id, kind, params, created_at) values ($1, $1, 'case.filed', '{}', '2026-10-01T01:02:03Z')",
    [PERSON],
  );
  await migrate(urls.owner);
});
afterAll(async () => {
  await client.end();
  const admin = new pg.Client({ connectionString: inject('postgres').adminUrl });
  await admin.connect();
  await admin.query(`drop database ${NAME} with (force)`);
  await admin.end();
});

describe('a database of the released version that is brought up to date', () => {
  test('has what an area followed still hold there, from the day it was published', async () => {
    const { rows } = await client.query('select procedure_id, version, area_id, valid_from::text as day from procedure_use');
    expect(rows).toEqual([{ procedure_id: 'order', version: 3, area_id: TOWN, day: '2026-10-02' }]);
  });
  test('has what was told then told then, and nothing of it is told again', async () => {
    const { rows } = await client.query('select told_at, tell_at from notice');
    expect(rows).toEqual([{ told_at: new Date('2026-10-01T01:02:03Z'), tell_at: null }]);
  });
  test('has every table under row-level security again that was filled', async () => {
    const { rows } = await client.query(
      "select relname from pg_class where relname = any (array['procedure_version', 'procedure_use', 'cases', 'events', 'notice']) and relforcerowsecurity and relrowsecurity",
    );
    expect(rows).toHaveLength(5);
  });
});
