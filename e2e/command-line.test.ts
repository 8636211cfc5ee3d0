import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, freePort, type Place, ROOT, type Running, startProduct } from './processes.ts';

/** Every command over one installation, as an operator or an operator's program calls it: processes, arguments, stdout, exit codes. */
const CASES = '8';
let root = '';
let place: Place;
const at = (name: string): string => join(root, name);
const in_ = (name: string, env: NodeJS.ProcessEnv = {}): Place => ({ ...place, dataDir: at(name), env: { ...place.env, ...env } });

/** What a program reads: one object on one line, whatever happened. */
const objectOf = (out: string): Record<string, unknown> => {
  expect(out.split('\n').slice(1), out).toEqual(['']);
  return JSON.parse(out) as Record<string, unknown>;
};
const done = async (where: Place, ...words: string[]): Promise<Record<string, unknown>> => {
  const { code, out, said } = await command(where, words);
  expect([words.join(' '), code, said]).toEqual([words.join(' '), 0, said]);
  const answer = objectOf(out);
  expect(answer, words.join(' ')).toMatchObject({ ok: true });
  return answer;
};
const refused = async (where: Place, ...words: string[]): Promise<string> => {
  const { code, out, said } = await command(where, words);
  const answer = objectOf(out);
  expect([words.join(' '), answer.ok, typeof answer.code, typeof answer.message]).toEqual([words.join(' '), false, 'string', 'string']);
  expect([words.join(' '), code !== 0 && code !== null]).toEqual([words.join(' '), true]);
  expect(said, said).not.toMatch(/\n\s+at /u);
  expect(said.trim()).not.toBe('');
  return answer.code as string;
};

/** Starts by the name npm gives the command, stops it when it serves, and gives back all it wrote. */
const startAndStop = async (where: Place, ...words: string[]): Promise<{ code: number | null; out: string; said: string }> => {
  const child = spawn(join(ROOT, 'node_modules/.bin/tongxin'), ['start', ...words], {
    cwd: ROOT,
    env: {
      ...process.env,
      TONGXIN_DATA: where.dataDir,
      PORT: String(where.port),
      TONGXIN_PACK_CASES: CASES,
      TONGXIN_WEB: 'none',
      ...where.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (out.includes('\n')) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number | null>((exited) => child.once('close', exited));
  return { code, out, said };
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tongxin-command-line-'));
  // So that the clusters lie inside, and go with it.
  await chmod(root, 0o755);
  place = { dataDir: at('town'), port: await freePort(), env: { TONGXIN_PACK_CASES: CASES } };
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('where there is no installation', () => {
  test('the doctor says so, and makes none', async () => {
    const { code, out } = await command(in_('nowhere'), ['doctor']);
    const { ok, findings } = objectOf(out) as { ok: boolean; findings: { check: string; ok: boolean; detail: string }[] };
    expect([code, ok, existsSync(at('nowhere'))]).toEqual([1, false, false]);
    expect(findings.find((one) => one.check === 'installation')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('no installation'),
    });
    await mkdir(at('empty'));
    expect((await command(in_('empty'), ['doctor'])).code).toBe(1);
    expect(await readdir(at('empty'))).toEqual([]);
    expect((await command(in_('empty', { TONGXIN_SECRETS: '{}' }), ['doctor'])).code).toBe(1);
    expect(await readdir(at('empty'))).toEqual([]);
  });
  test('a setting that cannot be is refused before anything is made', async () => {
    expect(await refused(in_('empty', { TONGXIN_ROLE: 'nobody' }), 'migrate')).toBe('settingUnfit');
    expect(await refused(in_('empty', { TONGXIN_TRUST_PROXY: 'everybody' }), 'migrate')).toBe('settingUnfit');
    expect(await readdir(at('empty'))).toEqual([]);
  });
});

describe('start', () => {
  test('writes one line when it serves, and nothing else, also when it is stopped', async () => {
    const { code, out, said } = await startAndStop(place);
    expect([code, out], said).toEqual([0, `ready http://127.0.0.1:${place.port}\n`]);
    expect(said).toContain('stopped');
  });
  test('writes one object for a program', async () => {
    const { code, out } = await startAndStop(place, '--json');
    expect(code).toBe(0);
    expect(objectOf(out)).toEqual({ ok: true, ready: `http://127.0.0.1:${place.port}` });
  });
  test('says that another program has the port', async () => {
    const taken = createServer().listen(place.port, '127.0.0.1');
    await new Promise((listening) => taken.once('listening', listening));
    expect(await refused(place, 'start')).toBe('portTaken');
    await new Promise((closed) => taken.close(closed));
  });
});

describe('an installation that serves', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startProduct(place);
  });
  afterAll(async () => {
    running.child.kill('SIGTERM');
    await running.exited;
  });
  test('is looked into, migrated, verified and counted', async () => {
    const doctor = await done(place, 'doctor');
    expect((doctor.findings as { check: string }[]).map((one) => one.check)).toContain('feed');
    expect(await done(place, 'migrate')).toMatchObject({ applied: [] });
    const record = await done(place, 'record', 'verify');
    expect(Number(record.cases)).toBe(Number(CASES));
    await done(place, 'record', 'checkpoint');
    expect(Number((await done(place, 'stats', 'rebuild')).events)).toBeGreaterThan(0);
    expect(Number((await done(place, 'stats', 'verify')).measures)).toBeGreaterThan(0);
    const { procedures } = await done(place, 'procedures', 'check');
    expect((procedures as { id: string }[]).map((one) => one.id)).toEqual(expect.arrayContaining(['order', 'letter']));
  });
  test('opens and closes accounts', async () => {
    const env = { TONGXIN_NEW_PASSWORD: 'lantern-by-the-canal-7' };
    expect(await refused(in_('town', { TONGXIN_NEW_PASSWORD: 'x' }), 'user', 'add', 'clerk-eight')).not.toBe('failed');
    expect(await done(in_('town', env), 'user', 'add', 'clerk-eight', '--language', 'en')).toMatchObject({ username: 'clerk-eight' });
    expect(await refused(in_('town', env), 'user', 'add', 'clerk-eight')).not.toBe('failed');
    const accounts = async () => {
      const { users } = (await done(place, 'user', 'list')) as { users: { username: string; enabled: boolean }[] };
      return users.filter((one) => one.username === 'clerk-eight').map((one) => one.enabled);
    };
    expect(await accounts()).toEqual([true]);
    await done(place, 'user', 'disable', 'clerk-eight');
    expect(await accounts()).toEqual([false]);
    expect(await refused(place, 'user', 'disable', 'nobody-at-all')).not.toBe('failed');
  });
});

describe('what was typed wrongly', () => {
  test.each([
    ['no such command', ['sing']],
    ['no such command of a group', ['record', 'sing']],
    ['a group alone', ['record']],
    ['an argument is missing', ['backup']],
    ['no such option', ['doctor', '--loudly']],
    ['an argument too many', ['doctor', 'now']],
  ])('is told on stderr, and as one object to a program: %s', async (_what, words) => {
    expect(await refused(in_('untouched'), ...words)).toBe('usage');
    expect(existsSync(at('untouched'))).toBe(false);
  });
  test('leaves help as it is', async () => {
    const { code, out } = await command(in_('untouched'), ['--help']);
    expect([code, out.includes('record')]).toEqual([0, true]);
  });
});

describe('a full export', () => {
  test('is everything or nothing', async () => {
    expect(await refused(place, 'export', at('export'))).toBe('fullOnly');
    expect(Number((await done(place, 'export', at('export'), '--full')).rows)).toBeGreaterThan(0);
    expect(await refused(place, 'export', at('export'), '--full')).toBe('folderNotEmpty');
  });
  test('is refused where its keys are not', async () => {
    expect(await refused(in_('young'), 'import-full', at('export'))).toBe('secretsMissing');
    expect(await refused(in_('young'), 'import-full', at('nothing'))).toBe('notAnExport');
    await mkdir(at('strangers'));
    // A folder that some other first start was about to use.
    await writeFile(join(at('strangers'), 'secrets.json'), JSON.stringify(await otherSecrets()));
    expect(await refused(in_('strangers'), 'import-full', at('export'))).toBe('otherSecrets');
    expect(await readdir(at('strangers'))).toEqual(['secrets.json']);
  });
  test('is loaded into a new folder, and not over a database', async () => {
    await mkdir(at('young'), { recursive: true });
    await writeFile(join(at('young'), 'secrets.json'), await readFile(join(place.dataDir, 'secrets.json')));
    expect(await done(in_('young'), 'import-full', at('export'))).toMatchObject({ applied: [] });
    expect(Number((await done(in_('young'), 'record', 'verify')).cases)).toBe(Number(CASES));
    expect(await refused(in_('young'), 'import-full', at('export'))).toBe('databaseNotEmpty');
    expect(Number((await done(in_('young'), 'record', 'verify')).cases)).toBe(Number(CASES));
  });
});

describe('a backup', () => {
  test('is made once, with or without the keys', async () => {
    expect(await done(place, 'backup', at('backup'))).toMatchObject({ withSecrets: false });
    expect(await refused(place, 'backup', at('backup'))).toBe('folderNotEmpty');
    expect(await done(place, 'backup', at('backup-with-keys'), '--with-secrets')).toMatchObject({ withSecrets: true });
  });
  test('is refused where its keys are not', async () => {
    expect(await refused(in_('restored'), 'restore', at('backup'))).toBe('secretsMissing');
    expect(await refused(in_('strangers'), 'restore', at('backup'))).toBe('otherSecrets');
    expect(await refused(in_('restored'), 'restore', at('nothing'))).toBe('notABackup');
    expect(existsSync(at('restored'))).toBe(false);
  });
  test('is restored after a key was added, and everything sealed before opens', async () => {
    await mkdir(at('restored'));
    await writeFile(join(at('restored'), 'secrets.json'), JSON.stringify(await rotatedSecrets()));
    await done(in_('restored'), 'restore', at('backup'));
    expect(Number((await done(in_('restored'), 'record', 'verify')).cases)).toBe(Number(CASES));
    expect(await refused(in_('restored'), 'restore', at('backup'))).toBe('folderNotEmpty');
  });
  test('brings its keys where it holds them', async () => {
    await done(in_('with-keys'), 'restore', at('backup-with-keys'));
    await done(in_('with-keys'), 'record', 'verify');
  });
});

interface Keys {
  readonly sealingKeys: { readonly current: string; readonly keys: Readonly<Record<string, string>> };
}
const ownSecrets = async (): Promise<Keys> => JSON.parse(await readFile(join(place.dataDir, 'secrets.json'), 'utf8')) as Keys;
const fresh = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const rotatedSecrets = async (): Promise<Keys> => {
  const own = await ownSecrets();
  return { ...own, sealingKeys: { current: 'k2', keys: { ...own.sealingKeys.keys, k2: fresh(2) } } };
};
const otherSecrets = async (): Promise<Keys> => ({ ...(await ownSecrets()), sealingKeys: { current: 'k1', keys: { k1: fresh(3) } } });
