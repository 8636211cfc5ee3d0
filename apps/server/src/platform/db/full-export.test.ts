import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianBinaries } from '@tongxin/testing/global-setup.ts';
import { buildWorld } from '@tongxin/testing/world.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from '../embedded-postgres/embedded-postgres.ts';
import { bootstrapDatabase, dropDatabase, holdsData, type RoleUrls } from './bootstrap.ts';
import { digestTables, exportFull, importFull } from './full-export.ts';
import { inspectDatabase } from './inspect.ts';
import { migrate } from './migrate.ts';
import { openPools } from './pools.ts';

const password = 'export-test';
const target = { database: 'tongxin', password };
let root: string;
let old: Embedded;
let young: Embedded;
let oldUrls: RoleUrls;

const start = (name: string, binDir?: string): Promise<Embedded> =>
  startEmbedded({
    dataDir: join(root, name),
    password,
    relaxed: true,
    settings: { shared_buffers: '32MB' },
    ...(binDir ? { binDir } : {}),
  });

const onAdmin = async <T>(postgres: Embedded, statement: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: postgres.adminUrl.replace(/\/postgres$/u, '/tongxin') });
  await client.connect();
  try {
    return (await client.query(statement)).rows as T[];
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tongxin-export-'));
  old = await start('old', debianBinaries('15'));
  young = await start('young');
  oldUrls = await bootstrapDatabase(old.adminUrl, target);
  await migrate(oldUrls.owner);
  const pools = openPools(oldUrls);
  await buildWorld({ pools });
  await pools.close();
  // Values that a careless export changes: breaks and backslashes in text, bytes, words of Chinese, fractions of seconds, infinities, nothing.
  await onAdmin(
    old,
    `insert into search_document values (gen_random_uuid(), to_tsvector('simple', '路灯 不亮'), E'line\\none\\ttab \\\\N 𠮷', '2026-11-23 08:00:00.123456+08');
     insert into event_content select gen_random_uuid(), g, sha256(g::text::bytea), decode(repeat('00ff5c0a', g), 'hex') from generate_series(1, 300) g;
     insert into feed_pending (case_id, event_no) select gen_random_uuid(), g from generate_series(1, 50) g;
     select ensure_case_serial('ZZ'), nextval('case_serial_gd'), nextval('case_serial_gd')`,
  );
  await mkdir(join(root, 'old', 'files'), { recursive: true });
  await writeFile(join(root, 'old', 'files', 'picture'), 'sealed bytes');
});
afterAll(async () => {
  for (const one of [old, young]) {
    await one.stop();
    await rm(one.clusterDir, { recursive: true, force: true });
  }
  await rm(root, { recursive: true, force: true });
});

const importInto = async (folder: string) => {
  const urls = await bootstrapDatabase(young.adminUrl, target);
  return { urls, result: await importFull({ urls, dataDir: join(root, 'young'), folder }) };
};

describe('an installation moves from PostgreSQL 15 to the embedded 18', () => {
  test('its export lists every table, with the keys left behind', async () => {
    expect([old.major, young.major]).toEqual([15, 18]);
    const manifest = await exportFull({ urls: oldUrls, dataDir: join(root, 'old'), folder: join(root, 'export'), keys: ['k'] });
    expect(manifest.postgresMajor).toBe(15);
    expect(manifest.tables.find((table) => table.name === 'event_content')?.rows).toBe(300);
    expect(manifest.tables.find((table) => table.schema === 'auth' && table.name === 'user')?.rows).toBeGreaterThan(0);
    await expect(readFile(join(root, 'export', 'secrets.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(
      exportFull({ urls: oldUrls, dataDir: join(root, 'old'), folder: join(root, 'export'), keys: ['k'] }),
    ).rejects.toMatchObject({
      code: 'folderNotEmpty',
    });
  });
  test('a table that was changed on the way is refused, and nothing of it stays', async () => {
    const path = join(root, 'export', 'manifest.json');
    const text = await readFile(path, 'utf8');
    const manifest = JSON.parse(text) as { tables: { name: string; sha256: string }[] };
    manifest.tables.find((table) => table.name === 'event_content')!.sha256 = '0'.repeat(64);
    await writeFile(path, JSON.stringify(manifest));
    await expect(importInto(join(root, 'export'))).rejects.toMatchObject({ code: 'exportDamaged' });
    await dropDatabase(young.adminUrl, target.database);
    await writeFile(path, text);
    expect(await holdsData(young.adminUrl, target.database)).toBe(false);
  });
  test('every table arrives with the same rows, the files with them, and serial numbers go on', async () => {
    const { urls, result } = await importInto(join(root, 'export'));
    expect(result.applied).toEqual([]);
    expect(await digestTables(urls)).toEqual(await digestTables(oldUrls));
    expect(await readFile(join(root, 'young', 'files', 'picture'), 'utf8')).toBe('sealed bytes');
    expect(await onAdmin(young, "select nextval('case_serial_gd')::int as n, nextval('case_serial_zz')::int as z")).toEqual([
      { n: 3, z: 1 },
    ]);
    expect(
      await onAdmin(young, 'insert into feed_pending (case_id, event_no) values (gen_random_uuid(), 1) returning pending_id::int as n'),
    ).toEqual([{ n: 51 }]);
    expect(await holdsData(young.adminUrl, target.database)).toBe(true);
  });
  test('doctor finds roles, row-level security, migrations and feed in order, and only the test’s own settings wrong', async () => {
    const findings = await inspectDatabase(oldUrls);
    expect(findings.filter((finding) => !finding.ok).map((finding) => finding.check)).toEqual(['durability']);
    expect(findings.map((finding) => finding.check)).toEqual([
      'postgresVersion',
      'durability',
      'checksums',
      'roles',
      'migrations',
      'rowSecurity',
      'feed',
    ]);
  });
  test('doctor finds a table whose row-level security was switched off', async () => {
    await onAdmin(old, 'alter table events no force row level security');
    const findings = await inspectDatabase(oldUrls);
    expect(findings.find((finding) => finding.check === 'rowSecurity')).toMatchObject({ ok: false, detail: 'not forced on events' });
  });
});
