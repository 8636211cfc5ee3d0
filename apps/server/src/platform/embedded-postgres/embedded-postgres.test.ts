import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachEmbedded, type EmbeddedOptions, startEmbedded } from './embedded-postgres.ts';
import { placeBinaries, placeCluster, runAs } from './place.ts';

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
  test.each(['fsync', 'synchronous_commit', 'full_page_writes'])('without %s, whoever switched that off', async (name) => {
    await expect(start('shared', { settings: { [name]: 'off' } })).rejects.toMatchObject({
      code: 'notDurable',
      message: expect.stringContaining(name),
    });
  });
  test('on data that was made without checksums', async () => {
    const as = runAs();
    await mkdir(join(root, 'unchecked'), { mode: 0o755 });
    const { clusterDir } = await placeCluster(join(root, 'unchecked'), as);
    folders.add(clusterDir);
    const passwordFile = join(tmpdir(), `tongxin-unchecked-${process.pid}`);
    await writeFile(passwordFile, password, { mode: 0o644 });
    const words = ['-D', clusterDir, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-data-checksums'];
    const made = spawnSync(join(await placeBinaries(as), 'initdb'), words, { ...as, cwd: '/', env: { LC_ALL: 'C' }, encoding: 'utf8' });
    expect([made.status, made.stderr]).toEqual([0, made.stderr]);
    await rm(passwordFile);
    await expect(start('unchecked')).rejects.toMatchObject({ code: 'notDurable', message: expect.stringContaining('data_checksums') });
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

describe('it ends by itself', () => {
  test('and says so when its disk is full, by its own last words', async () => {
    const binDir = await mkdtemp('/var/tmp/tongxin-ends-');
    folders.add(binDir);
    await chmod(binDir, 0o755);
    const own = await placeBinaries(runAs());
    const signal = join(binDir, 'full');
    // The real one, until somebody fills the disk: the kernel's own refusal goes to its log, and it stops.
    const whileRunning = `(until [ -e ${signal} ]; do sleep 0.05; done; cat /dev/zero > /dev/full; kill -QUIT $$) &`;
    await writeFile(
      join(binDir, 'postgres'),
      `#!/bin/sh\nif [ "$1" != --version ]; then ${whileRunning}\nfi\nexec ${join(own, 'postgres')} "$@"\n`,
      { mode: 0o755 },
    );
    const postgres = await start('full', { binDir });
    await writeFile(signal, '');
    expect(await postgres.ended).toMatchObject({ code: 'diskFull', message: expect.stringContaining('free some space') });
    await postgres.stop();
  });
  test('and gives no reason that is not its own when somebody kills it', async () => {
    const postgres = await start('full');
    process.kill(Number((await readFile(join(postgres.clusterDir, 'postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGKILL');
    expect(await postgres.ended).toMatchObject({ code: 'postgresLost' });
    await postgres.stop();
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
    const said: string[] = [];
    const again = await start('killed', { say: (line) => said.push(line) });
    expect(said).toEqual([
      expect.stringMatching(/^the Postgres of .* ended without taking its lock away \(process \d+\); the lock is removed$/u),
      'Postgres was not stopped in order; it recovered by its log, and nothing that was acknowledged is lost',
    ]);
    const [row] = await ask<{ n: number }>(again.adminUrl, 'select count(*)::int as n from ledger');
    expect(row!.n).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    await again.stop();
    said.splice(0);
    await (await start('killed', { say: (line) => said.push(line) })).stop();
    expect(said).toEqual([]);
  });
  test('over locks whose numbers belong to other programs now', async () => {
    const { clusterDir } = await placeCluster(join(root, 'killed'), runAs());
    await writeFile(join(clusterDir, 'postmaster.pid'), `${process.pid}\n${clusterDir}\n0\n1\n\n127.0.0.1\n\n`);
    await writeFile(join(root, 'killed', 'server.pid'), `${process.pid} 1`);
    const said: string[] = [];
    const postgres = await start('killed', { say: (line) => said.push(line) });
    expect(await ask(postgres.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(said).toEqual([
      `process ${process.pid}, which served ${join(root, 'killed')}, ended without giving it back; it is taken over`,
      `the Postgres of ${join(root, 'killed')} ended without taking its lock away (process ${process.pid}); the lock is removed`,
    ]);
    await postgres.stop();
  });
  test('after its server was killed and left it running, with a sentence about it', async () => {
    const script = `
      import { startEmbedded } from '${import.meta.dirname}/embedded-postgres.ts';
      await startEmbedded({ dataDir: '${join(root, 'killed')}', password: '${password}', settings: { shared_buffers: '32MB' } });
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    const said: string[] = [];
    const postgres = await start('killed', { say: (line) => said.push(line) });
    expect(said).toEqual([
      expect.stringMatching(/^process \d+, which served .*; it is taken over$/u),
      expect.stringMatching(/^the Postgres of .* was left running \(process \d+\); it is stopped and started again$/u),
    ]);
    await postgres.stop();
  });
  test('for an account that is not root, in a folder of its own', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tongxin-plain-'));
    folders.add(dataDir);
    const nobody = runAs();
    if (nobody.uid !== undefined) await chown(dataDir, nobody.uid, nobody.gid!);
    // Sources may lie where that account cannot read: they are loaded before root is given up.
    const script = `
      import { startEmbedded } from '${import.meta.dirname}/embedded-postgres.ts';
      import pg from '${pathToFileURL(createRequire(import.meta.url).resolve('pg')).href}';
      ${nobody.uid === undefined ? '' : `process.setgroups([]); process.setgid(${nobody.gid}); process.setuid(${nobody.uid});`}
      const options = { dataDir: '${dataDir}', binDir: '${await placeBinaries(nobody)}', password: 'x', settings: { shared_buffers: '32MB' } };
      const postgres = await startEmbedded(options);
      const client = new pg.Client({ connectionString: postgres.adminUrl });
      await client.connect();
      const { rows } = await client.query("select current_setting('data_directory') as folder");
      await client.end();
      await postgres.stop();
      console.log(JSON.stringify({ uid: process.getuid(), folder: rows[0].folder }));`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', cwd: '/' });
    expect([status, stderr]).toEqual([0, stderr]);
    expect(JSON.parse(stdout)).toEqual({ uid: nobody.uid ?? process.getuid!(), folder: join(dataDir, 'postgres') });
    const owner = await stat(join(dataDir, 'postgres', 'PG_VERSION'));
    expect(owner.uid).toBe(nobody.uid ?? process.getuid!());
  });
});
