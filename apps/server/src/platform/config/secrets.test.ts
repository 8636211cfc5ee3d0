import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SmallDisk, smallDisk } from '@tongxin/testing/small-disk.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canOpen, hasSecrets, keyDigests, readSecrets, type Secrets } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongxin-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const made = (): Secrets => readSecrets(folder, undefined).secrets;
const withKey = (secrets: Secrets, id: string, value: string): Secrets => ({
  ...secrets,
  sealingKeys: { current: id, keys: { ...secrets.sealingKeys.keys, [id]: value } },
});

describe('the secrets of an installation', () => {
  it('are not looked for by making them', () => {
    expect([hasSecrets(join(folder, 'new'), undefined), readdirSync(folder)]).toEqual([false, []]);
    expect(hasSecrets(folder, '{}')).toBe(true);
  });
  it('are made once, whole, for their owner alone', () => {
    const first = readSecrets(folder, undefined);
    expect(first.made).toBe(true);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readSecrets(folder, undefined)).toEqual({ secrets: first.secrets, made: false });
  });
  it('are not made beside a database whose own are missing', () => {
    writeFileSync(join(folder, 'postgres.path'), '/nowhere');
    expect(made).toThrow(expect.objectContaining({ code: 'secretsMissing' }));
  });
  it('are the same for processes that start at once', () => {
    const script = `import { readSecrets } from '${import.meta.dirname}/secrets.ts';
      process.stdout.write(JSON.stringify(readSecrets('${folder}', undefined).secrets) + '\\n');`;
    const { stdout } = spawnSync(
      'sh',
      ['-c', 'for i in 1 2 3; do "$0" --input-type=module -e "$1" & done; wait', process.execPath, script],
      {
        encoding: 'utf8',
      },
    );
    const kept = readFileSync(join(folder, 'secrets.json'), 'utf8');
    expect(stdout.trim().split('\n')).toEqual(Array(3).fill(JSON.stringify(JSON.parse(kept))));
  });
  it('leave no half of them on a full disk, and are made when there is room', async () => {
    const disk: SmallDisk = await smallDisk(4096);
    try {
      const script = `import { writeFileSync } from 'node:fs';
        import { readSecrets } from '${import.meta.dirname}/secrets.ts';
        try { writeFileSync('${disk.folder}/filler', Buffer.alloc(4096)); readSecrets('${disk.folder}/data', undefined); } catch (error) { console.log(error.code); }`;
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, ...disk.env },
        encoding: 'utf8',
      });
      expect([stdout, readdirSync(join(disk.folder, 'data'))]).toEqual(['ENOSPC\n', []]);
      rmSync(join(disk.folder, 'filler'));
      expect(readSecrets(join(disk.folder, 'data'), undefined).made).toBe(true);
    } finally {
      await disk.close();
    }
  });
});

describe('a backup’s keys', () => {
  it('are there in the installation it was made of, in any order, and after others were added', () => {
    const own = made();
    const needed = keyDigests(own);
    const added = withKey(withKey(own, 'k2', key(2)), 'a3', key(3));
    expect([canOpen(own, needed), canOpen(added, needed), canOpen(added, [...needed].reverse())]).toEqual([true, true, true]);
    expect(JSON.stringify(needed)).not.toContain(own.indexKey);
  });
  it.each([
    ['a sealing key is missing', (own: Secrets) => ({ ...own, sealingKeys: { current: 'k2', keys: { k2: key(2) } } })],
    ['a sealing key of that name is another', (own: Secrets) => withKey(own, 'k1', key(2))],
    ['the index key is another', (own: Secrets) => ({ ...own, indexKey: key(2) })],
    ['the receipt key is another', (own: Secrets) => ({ ...own, receiptKey: key(2) })],
    ['the file key is another', (own: Secrets) => ({ ...own, fileKey: key(2) })],
    ['two keys changed places', (own: Secrets) => ({ ...own, indexKey: own.fileKey, fileKey: own.indexKey })],
  ])('are not there when %s', (_what, change) => {
    const own = made();
    expect(canOpen(change(own), keyDigests(own))).toBe(false);
  });
  it('are not there when it was made after a key was added that we lack', () => {
    const own = made();
    expect(canOpen(own, keyDigests(withKey(own, 'k2', key(2))))).toBe(false);
  });
  it('are told also by a backup of before, that names them by one digest', () => {
    const own: Secrets = {
      ...made(),
      sealingKeys: { current: 'k1', keys: { k1: key(7) } },
      indexKey: key(8),
      receiptKey: key(9),
      fileKey: key(10),
    };
    // What earlier versions wrote for these keys.
    const needed = 'ec8f7d18e204d87e';
    expect([canOpen(own, needed), canOpen(withKey(own, 'k2', key(2)), needed)]).toEqual([true, true]);
    expect([canOpen(withKey(own, 'k1', key(2)), needed), canOpen({ ...own, fileKey: key(2) }, needed)]).toEqual([false, false]);
  });
});
