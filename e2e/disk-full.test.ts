import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@tongxin/server/platform/embedded-postgres/embedded-postgres.ts';
import { type SmallDisk, smallDisk } from '@tongxin/testing/small-disk.ts';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { command, freePort, installedFolder, type Place, ROOT, startProduct } from './processes.ts';

/** What an operator is told whose disk is full, wherever that is met, and what is left behind: nothing half made. */
let root = '';
let place: Place;
const disks: SmallDisk[] = [];
const disk = async (bytes: number): Promise<SmallDisk> => {
  const made = await smallDisk(bytes);
  disks.push(made);
  return made;
};
/** A page, which is the least a disk can have; less than any file of ours that matters. */
const NOTHING = 4096;
const full = async (): Promise<SmallDisk> => {
  const made = await disk(NOTHING);
  // Where the disk is real its one page is taken; elsewhere secrets and the like are larger than what is left.
  if (!made.env.NODE_OPTIONS)
    await new Promise((done) => createWriteStream(join(made.folder, 'filler')).end(Buffer.alloc(NOTHING), done as () => void));
  else made.env.TONGXIN_TEST_SMALL_DISK_BYTES = '0';
  return made;
};
const on = (dataDir: string, env: NodeJS.ProcessEnv = {}): Place => ({ ...place, dataDir, env });

const toldOfFullDisk = async (where: Place, ...words: string[]): Promise<void> => {
  const { code, out, said } = await command(where, words);
  expect([words.join(' '), code, said], said).toEqual([words.join(' '), 1, said]);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    code: 'diskFull',
    message: expect.stringMatching(/^the disk is full; free some space/u),
  });
  expect(said).toContain('free some space');
  expect(said).not.toMatch(/\n\s+at /u);
};
const secrets = (): Promise<string> => readFile(join(place.dataDir, 'secrets.json'), 'utf8');

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tongxin-disk-full-'));
  // So that the clusters lie inside, and go with it.
  await chmod(root, 0o755);
  place = { dataDir: await installedFolder('disk-full'), port: await freePort() };
});
afterEach(async () => {
  for (const one of disks.splice(0)) await one.close();
});
afterAll(async () => {
  for (const folder of [root, place?.dataDir]) await rm(folder, { recursive: true, force: true });
});

describe('a disk without room is told in one sentence', () => {
  test('when the first start makes its secrets, and no half of them is left to trip over', async () => {
    const { folder, env } = await full();
    await toldOfFullDisk(on(join(folder, 'data'), env), 'start');
    expect(await readdir(join(folder, 'data'))).toEqual([]);
  });
  test('in Chinese to whose terminal is Chinese', async () => {
    const { folder, env } = await full();
    const { code, said } = await command(on(join(folder, 'data'), { ...env, LC_ALL: 'zh_CN.UTF-8' }), ['start']);
    expect([code, said]).toEqual([1, '磁盘已满；请腾出空间后再试，已经确认过的内容都不会丢失\n']);
  });
  test('when the folder is taken', async () => {
    const { folder, env } = await full();
    await toldOfFullDisk(on(join(folder, 'data'), { ...env, TONGXIN_SECRETS: await secrets() }), 'start');
    expect(await readdir(join(folder, 'data'))).toEqual([]);
  });
  test('when a backup or an export does not fit, and its folder is as empty as before', async () => {
    const { folder, env } = await disk(1024 * 1024);
    await toldOfFullDisk(on(place.dataDir, env), 'backup', join(folder, 'backup'));
    await mkdir(join(folder, 'own'));
    await toldOfFullDisk(on(place.dataDir, env), 'backup', join(folder, 'own'));
    expect([await readdir(folder), await readdir(join(folder, 'own'))]).toEqual([['own'], []]);
    const tight = await disk(3 * NOTHING);
    await toldOfFullDisk(on(place.dataDir, tight.env), 'export', join(tight.folder, 'export'), '--full');
    expect(await readdir(tight.folder)).toEqual([]);
  });
  test('when a backup is restored into too little room, and it can be tried again', async () => {
    const { code } = await command(place, ['backup', join(root, 'backup')]);
    expect(code).toBe(0);
    const { folder, env } = await disk(2 * 1024 * 1024);
    await mkdir(join(folder, 'data'));
    await copyFile(join(place.dataDir, 'secrets.json'), join(folder, 'data', 'secrets.json'));
    await toldOfFullDisk(on(join(folder, 'data'), env), 'restore', join(root, 'backup'));
    expect(await readdir(join(folder, 'data'))).toEqual(['secrets.json']);
  });
  test('when the keys that come with a backup do not fit', async () => {
    expect((await command(place, ['backup', join(root, 'with-keys'), '--with-secrets'])).code).toBe(0);
    const { folder, env } = await full();
    await toldOfFullDisk(on(join(folder, 'data'), env), 'restore', join(root, 'with-keys'));
    expect(await readdir(join(folder, 'data'))).toEqual([]);
  });
  test('when the binaries of Postgres are placed, and no half of them stays', async () => {
    const { folder, env } = await disk(256 * 1024);
    const closed = join(root, 'closed');
    await mkdir(join(closed, 'native', 'bin'), { recursive: true, mode: 0o700 });
    await copyFile(process.execPath, join(closed, 'native', 'bin', 'postgres'));
    const script = `
      import { copyBinaries } from '${ROOT}/apps/server/src/platform/embedded-postgres/place.ts';
      import { isDiskFull } from '${ROOT}/apps/server/src/platform/embedded-postgres/errors.ts';
      await copyBinaries('${closed}/native', '${folder}/postgres').catch((error) => console.log(isDiskFull(error)));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    expect([stdout, stderr]).toEqual(['true\n', '']);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a database without room', () => {
  /** On the installation's Postgres, as its administrator, while no command runs it. */
  const administer = async (work: (client: pg.Client) => Promise<unknown>): Promise<void> => {
    const { databasePassword } = JSON.parse(await secrets()) as { databasePassword: string };
    const postgres = await startEmbedded({ dataDir: place.dataDir, password: databasePassword });
    const client = new pg.Client({ connectionString: postgres.adminUrl.replace(/postgres$/u, 'tongxin') });
    try {
      await client.connect();
      await work(client);
    } finally {
      await client.end();
      await postgres.stop();
    }
  };
  const REFUSE = `begin raise exception 'could not extend file "base/5/1259": No space left on device' using errcode = '53100'; end`;

  test('is told the same when it is migrated or opened', async () => {
    await administer((client) =>
      client.query(`create function no_room() returns event_trigger language plpgsql as $$ ${REFUSE} $$;
        create event trigger no_room on ddl_command_start execute function no_room()`),
    );
    for (const words of [['migrate'], ['record', 'verify'], ['start']]) await toldOfFullDisk(place, ...words);
    await administer((client) => client.query('drop event trigger no_room'));
    await administer((client) => client.query('drop function no_room()'));
  });
  test('is told the same when it is prepared, and serves when there is room', async () => {
    await administer((client) =>
      client.query(`create function no_room() returns trigger language plpgsql as $$ ${REFUSE} $$;
        create trigger no_room before insert or update on post_role for each statement execute function no_room()`),
    );
    await toldOfFullDisk(place, 'start');
    await administer((client) => client.query('drop trigger no_room on post_role; drop function no_room()'));
    const { child, exited } = await startProduct(place);
    child.kill('SIGTERM');
    await exited;
    expect(existsSync(join(place.dataDir, 'server.pid'))).toBe(false);
    expect((await stat(join(place.dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
  });
});
