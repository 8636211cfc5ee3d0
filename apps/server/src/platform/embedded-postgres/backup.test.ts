import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBackup, restoreBackup } from './backup.ts';
import { type Embedded, startEmbedded } from './embedded-postgres.ts';

const password = 'backup-test';
const settings = { shared_buffers: '32MB', max_connections: '20' };
let root: string;
let source: Embedded;
const live: Embedded[] = [];

const start = async (dataDir: string): Promise<Embedded> => {
  const started = await startEmbedded({ dataDir, password, settings });
  live.push(started);
  return started;
};
const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tongxin-backup-'));
  source = await start(join(root, 'source'));
  const client = await connect(source.adminUrl);
  await client.query(
    'create table ledger (n integer primary key, filler text); create table pair (a integer, b integer); insert into pair values (0, 0)',
  );
  await client.query("insert into ledger select -g, repeat('x', 200) from generate_series(1, 20000) g");
  await client.end();
  await mkdir(join(root, 'source', 'files', 'ab'), { recursive: true });
  await writeFile(join(root, 'source', 'files', 'ab', 'picture'), 'sealed bytes');
  await writeFile(join(root, 'source', 'secrets.json'), '{"secret": true}');
});
afterAll(async () => {
  for (const one of live) {
    await one.stop();
    await rm(one.clusterDir, { recursive: true, force: true });
  }
  await rm(root, { recursive: true, force: true });
});

const options = (target: string, withSecrets = false) => ({
  adminUrl: source.adminUrl,
  clusterDir: source.clusterDir,
  dataDir: join(root, 'source'),
  target,
  keys: ['k'],
  withSecrets,
});

describe('a backup is refused', () => {
  test('into a folder that holds something', async () => {
    await mkdir(join(root, 'filled'));
    await writeFile(join(root, 'filled', 'letter'), '');
    await expect(makeBackup(options(join(root, 'filled')))).rejects.toMatchObject({ code: 'folderNotEmpty' });
  });
});

// Some 1,500 files are copied and synced one by one: slow where others use the disk.
describe('a backup made while people write', { timeout: 300_000 }, () => {
  const target = () => join(root, 'backup');
  let acknowledgedBefore: number;
  test('is finished while the writer goes on', async () => {
    const client = await connect(source.adminUrl);
    let acknowledged = 0;
    let writing = true;
    const writer = (async () => {
      while (writing) {
        await client.query(
          `with l as (insert into ledger values (${acknowledged + 1}, repeat('y', 500))) update pair set a = a + 1, b = b - 1`,
        );
        acknowledged += 1;
      }
    })();
    let during = 0;
    const manifest = await makeBackup({
      ...options(target()),
      onProgress: (line) => {
        // Attachments are copied after the database: what the writer was told until here is in the backup.
        if (line === 'attachments') return;
        during = acknowledged;
      },
    });
    writing = false;
    await writer;
    await client.end();
    acknowledgedBefore = during;
    expect(acknowledgedBefore).toBeGreaterThan(0);
    expect(manifest.files.map((file) => file.path)).toEqual(expect.arrayContaining(['postgres/backup_label', 'files/ab/picture']));
  });
  test('leaves the secrets out unless they are asked for', async () => {
    await expect(readFile(join(target(), 'secrets.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await makeBackup(options(join(root, 'with-secrets'), true));
    expect(await readFile(join(root, 'with-secrets', 'secrets.json'), 'utf8')).toContain('secret');
  });
  test('is restored whole: every acknowledged write, no half of one, no hole', async () => {
    await restoreBackup(target(), join(root, 'restored'));
    const restored = await start(join(root, 'restored'));
    const client = await connect(restored.adminUrl);
    const { rows } = await client.query<{ last: number; n: number; a: number; b: number }>(
      `select coalesce(max(n) filter (where n > 0), 0) as last, count(*) filter (where n > 0)::int as n, p.a, p.b
         from ledger cross join pair p group by p.a, p.b`,
    );
    const { last, n, a, b } = rows[0]!;
    expect(last).toBeGreaterThanOrEqual(acknowledgedBefore);
    expect({ n, a, b }).toEqual({ n: last, a: last, b: -last });
    expect((await client.query('select count(*)::int as n from ledger where n < 0')).rows[0]).toEqual({ n: 20_000 });
    await client.query('create extension amcheck');
    await client.query("select bt_index_check('ledger_pkey', true)");
    await client.end();
    expect(await readFile(join(root, 'restored', 'files', 'ab', 'picture'), 'utf8')).toBe('sealed bytes');
  });
  test('is not restored over data', async () => {
    await expect(restoreBackup(target(), join(root, 'restored'))).rejects.toMatchObject({ code: 'folderNotEmpty' });
  });
  test('is not restored when a file of it was changed, and leaves the folder as it was', async () => {
    await writeFile(join(target(), 'files', 'ab', 'picture'), 'other bytes!');
    await expect(restoreBackup(target(), join(root, 'again'))).rejects.toMatchObject({ code: 'backupDamaged' });
    await writeFile(join(target(), 'files', 'ab', 'picture'), 'sealed bytes');
    await restoreBackup(target(), join(root, 'again'));
    const again = await start(join(root, 'again'));
    expect(again.major).toBe(source.major);
  });
  test('is not restored by another major version, and unfinished not at all', async () => {
    const manifest = JSON.parse(await readFile(join(target(), 'manifest.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(target(), 'manifest.json'), JSON.stringify({ ...manifest, postgresMajor: 15 }));
    await expect(restoreBackup(target(), join(root, 'other'))).rejects.toMatchObject({ code: 'otherMajorVersion' });
    await rm(join(target(), 'manifest.json'));
    await expect(restoreBackup(target(), join(root, 'other'))).rejects.toMatchObject({ code: 'notABackup' });
  });
});
