import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachEmbedded, type EmbeddedOptions, startEmbedded } from './embedded-postgres.ts';
import { placeCluster, runAs } from './place.ts';

const password = 'embedded-test';
let root: string;
const folders = new Set<string>();

const start = async (name: string, more: Partial<EmbeddedOptions> = {}) => {
  const started = await startEmbedded({
    dataDir: join(root, name),
    password,
    ...more,
    settings: { shared_buffers: '32MB', max_connections: '20', ...more.settings },
  });
  folders.add(started.clusterDir);
  return started;
};
const ask = async <T>(url: string, statement: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows as T[];
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tongxin-embedded-'));
});
afterAll(async () => {
  for (const folder of [...folders, root]) await rm(folder, { recursive: true, force: true });
});

describe('it does not start', () => {
  test('for a second server on the same data folder, and the first goes on', async () => {
    const first = await start('shared');
    await expect(start('shared')).rejects.toMatchObject({ code: 'dataFolderInUse' });
    expect(await ask(first.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    const attached = await attachEmbedded({ dataDir: join(root, 'shared'), password });
    expect(attached).toMatchObject({ port: first.port, owned: false });
    await first.stop();
    expect(await attachEmbedded({ dataDir: join(root, 'shared'), password })).toBeUndefined();
  });
  test('on a port that another program has', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as { port: number };
    await expect(start('shared', { port })).rejects.toMatchObject({ code: 'portInUse' });
    await new Promise((done) => taken.close(done));
  });
  test('on data of another major version, and says the way out', async () => {
    const { clusterDir } = await placeCluster(join(root, 'shared'), runAs());
    const version = join(clusterDir, 'PG_VERSION');
    const own = await readFile(version, 'utf8');
    await writeFile(version, '14\n');
    await expect(start('shared')).rejects.toMatchObject({ code: 'otherMajorVersion', message: expect.stringContaining('import-full') });
    await writeFile(version, own);
  });
  test('with secrets that belong to another database', async () => {
    await expect(start('shared', { password: 'somebody else’s' })).rejects.toMatchObject({ code: 'wrongPassword' });
  });
  test('when it would not be durable, whoever switched that off', async () => {
    await expect(start('shared', { settings: { fsync: 'off' } })).rejects.toMatchObject({ code: 'notDurable' });
  });
  test('on a full disk, and leaves nothing half made', async () => {
    const binDir = await mkdtemp('/var/tmp/tongxin-full-');
    folders.add(binDir);
    await chmod(binDir, 0o755);
    await writeFile(join(binDir, 'postgres'), '#!/bin/sh\necho "postgres (PostgreSQL) 18.0"\n', { mode: 0o755 });
    // The kernel's own refusal, met where initdb would meet it.
    await writeFile(join(binDir, 'initdb'), '#!/bin/sh\nexec cat /dev/zero > /dev/full\n', { mode: 0o755 });
    await expect(start('full', { binDir })).rejects.toMatchObject({
      code: 'diskFull',
      message: expect.stringContaining('free some space'),
    });
    const afterwards = await start('full');
    await afterwards.stop();
  });
});

describe('it starts', () => {
  test('as root below folders only root may enter, with the cluster where the unprivileged child can pass', async () => {
    await mkdir(join(root, 'closed'), { mode: 0o700 });
    const postgres = await start('closed/data');
    const [row] = await ask<{ collation: string; auth: string }>(
      postgres.adminUrl,
      "select datcollate as collation, current_setting('password_encryption') as auth from pg_database where datname = 'postgres'",
    );
    expect(row).toEqual({ collation: 'C', auth: 'scram-sha-256' });
    const pointer = await readFile(join(root, 'closed/data/postgres.path'), 'utf8').catch(() => undefined);
    expect(pointer === undefined).toBe(runAs().uid === undefined);
    await postgres.stop();
  });
  test('after it was killed in the middle of writing, with every acknowledged row', async () => {
    const killed = await start('killed');
    await ask(killed.adminUrl, 'create table ledger (n integer primary key)');
    const client = new pg.Client({ connectionString: killed.adminUrl });
    client.on('error', () => {});
    await client.connect();
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await client.query(`insert into ledger values (${acknowledged + 1})`);
        acknowledged += 1;
        if (acknowledged === 200) {
          const pid = Number((await readFile(join(killed.clusterDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
          process.kill(pid, 'SIGKILL');
        }
      }
    })();
    await expect(writing).rejects.toThrow();
    await killed.ended;
    await killed.stop();
    const again = await start('killed');
    const [row] = await ask<{ n: number }>(again.adminUrl, 'select count(*)::int as n from ledger');
    expect(row!.n).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    await again.stop();
  });
  test('over locks whose numbers belong to other programs now', async () => {
    const { clusterDir } = await placeCluster(join(root, 'killed'), runAs());
    await writeFile(join(clusterDir, 'postmaster.pid'), `${process.pid}\n${clusterDir}\n0\n1\n\n127.0.0.1\n\n`);
    await writeFile(join(root, 'killed', 'server.pid'), `${process.pid} 1`);
    const postgres = await start('killed');
    expect(await ask(postgres.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });
});
