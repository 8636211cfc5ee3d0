import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { CaseMap, CategoryMap } from '@tongxin/domain/import/schema.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { verifyRecord } from '../record/index.ts';
import { importCases, importCategories } from './index.ts';
import { sweepRejects } from './rejects/service.ts';

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await testServer({ now: '2026-11-20T01:00:00.000Z' });
  folder = mkdtempSync(join(tmpdir(), 'tongxin-import-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const map: CaseMap = {
  kind: 'cases',
  sourceSystem: 'fixture',
  sourceNumber: '编号',
  text: ['内容'],
  reportedAt: { column: '时间', formats: ['yyyy-MM-dd HH:mm', 'yyyyMMdd', 'yyyy年M月d日'] },
};
const HEADER = '编号,时间,内容\n';
let serial = 0;
const written = (bytes: string | Buffer, name = `table-${++serial}.csv`): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
const run = (file: string, more: Partial<CaseMap> = {}, options = {}) => runWith(file, { ...map, ...more }, options);
const runWith = (file: string, fileMap: CaseMap, options = {}) =>
  importCases(server.deps, { kind: 'service', token: server.deps.config.secrets.serviceTokens.import }, file, {
    map: fileMap,
    rejectsFolder: folder,
    ...options,
  });
const sum = (r: { imported: number; duplicates: number; conflicts: number; rejected: number }) =>
  r.imported + r.duplicates + r.conflicts + r.rejected;

describe('encodings', () => {
  /** Written by other programs than those that read them here, and kept byte for byte. */
  const kept = (name: string): string => join(import.meta.dirname, 'fixtures/encodings', name);
  const casesOf = async (system: string) => {
    const { rows } = await server.db.pools.maintenance.query<{ title: string; reported_at: Date }>(
      'select title, reported_at from cases where source_system = $1 order by source_number',
      [system],
    );
    return rows;
  };
  const LAMP = { title: '（编造）𡐓路口的㙘字牌掉了漆， 旁边的灯也不亮', reported_at: new Date('2026-01-01T19:04:00Z') };
  const LID = { title: '（编造）井盖缺失，“请修”，€ 5 — 好', reported_at: new Date('2026-01-02T16:00:00Z') };
  test.each(['utf-8.csv', 'utf-8-marked.csv', 'gb18030.csv', 'utf-16le.csv', 'utf-16be.csv'])(
    'the same table as %s is read as the same words, rare characters too',
    async (name) => {
      const system = `kept-${name.replace('.csv', '')}`;
      expect(await run(kept(name), { sourceSystem: system })).toMatchObject({ read: 2, imported: 2, rejected: 0, rejects: null });
      expect(await casesOf(system)).toEqual([LAMP, LID]);
    },
  );
  test('the same table as a workbook is read as the same words: shared, rich and inline, its dates styled, typed and as bare numbers', async () => {
    expect(await run(kept('workbook.xlsx'), { sourceSystem: 'kept-workbook' })).toMatchObject({ read: 3, imported: 3, rejected: 0 });
    expect(await casesOf('kept-workbook')).toEqual([
      LAMP,
      LID,
      { title: '（编造）日期是一个数', reported_at: new Date('2026-01-02T16:00:00Z') },
    ]);
  });
  test('a file that mixes two encodings is read row by row, and a row in none is rejected by its line', async () => {
    const result = await run(kept('mixed.csv'), { sourceSystem: 'mixed' });
    expect(result).toMatchObject({ read: 4, imported: 3, rejected: 1 });
    expect(readFileSync(result.rejects!, 'utf8')).toMatch(/^4,undecodable/mu);
    expect((await casesOf('mixed')).map(({ title }) => title)).toEqual(['（编造）统一码写的𡐓', '（编造）国标码写的𡐓和㙘', '（编造）好']);
  });
});

describe('accounting', () => {
  test('a repeated row is a duplicate, a changed one a conflict, an equal text is linked, and a second run imports nothing', async () => {
    const file = written(
      `${HEADER}C-1,20260101,同样的话\nC-1,20260101,同样的话\nC-1,20260101,另外的话\nC-2,20260102,同样的话\n,20260102,没有编号\n,20260102,没有编号\n`,
    );
    const first = await run(file, { sourceSystem: 'accounting' });
    expect(first).toMatchObject({ read: 6, imported: 3, duplicates: 2, conflicts: 1, rejected: 0, linked: 1 });
    expect(await run(file, { sourceSystem: 'accounting' })).toMatchObject({ read: 6, imported: 0, duplicates: 5, conflicts: 1 });
    // Whoever opens one of the two finds the other.
    const { rows } = await server.db.pools.maintenance.query<{ id: string; number: string }>(
      "select case_id as id, number from cases where source_system = 'accounting' and source_number in ('C-1', 'C-2')",
    );
    for (const [{ id }, other] of [rows, rows.toReversed()] as [{ id: string }, object][]) {
      const seen = await server.as(server.world.people.administrator, { url: `/api/v1/cases/${id}` });
      expect(seen.json<CaseView>().links).toEqual([{ ...other, kind: 'sameText' }]);
    }
  });
  test('ragged, unclosed, empty and undated rows are rejected with line and reason; a cell that a spreadsheet would run is made harmless', async () => {
    const file = written(`${HEADER}D-1,20260101\nD-2,32日,话\nD-3,20260101,\nD-4,,没有日期\n=1+1,x,话\n`);
    const result = await run(file, { sourceSystem: 'rejects' });
    expect(result).toMatchObject({ read: 5, imported: 1, rejected: 4 });
    const rejects = readFileSync(result.rejects!, 'utf8');
    expect(rejects).toMatch(/^2,ragged/mu);
    expect(rejects).toMatch(/^3,dateUnfit/mu);
    expect(rejects).toMatch(/^4,textMissing/mu);
    expect(rejects).toContain("'=1+1");
    const { rows } = await server.db.pools.maintenance.query("select reported_at from cases where source_system = 'rejects'");
    expect(rows).toEqual([{ reported_at: null }]);
  });
  test('rows that were not taken are not kept for ever', async () => {
    const { rejects } = await run(written(`${HEADER}E-1,32日,话\n`), { sourceSystem: 'swept' });
    const beside = written('', 'beside.csv');
    const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
    expect(await sweepRejects(folder, inDays(29))).toBe(0);
    expect(existsSync(rejects!)).toBe(true);
    expect(await sweepRejects(folder, inDays(31))).toBeGreaterThan(0);
    expect([existsSync(rejects!), existsSync(beside)]).toEqual([false, true]);
    expect(await sweepRejects(join(folder, 'nowhere'), inDays(31))).toBe(0);
  });
  test('read is always the sum of what became of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom('1', '2', '3', ''), fc.constantFrom('20260101', '', 'x'), fc.constantFrom('甲', '乙', '"丙\n丁"', '')),
          { maxLength: 25 },
        ),
        async (rows) => {
          const file = written(HEADER + rows.map((row) => row.join(',')).join('\n'));
          const system = `sum-${serial}`;
          const first = await run(file, { sourceSystem: system });
          expect(sum(first)).toBe(first.read);
          const second = await run(file, { sourceSystem: system });
          expect(second).toMatchObject({ imported: 0, read: first.read, rejected: first.rejected });
        },
      ),
      { numRuns: 15 },
    );
  });
  test('one bad quotation mark costs its own row, and every reject names the line it begins on', async () => {
    const file = written(
      `${HEADER}Q-1,20260101,"两行\r\n的话"\n\nQ-2,20260101,"坏"了\nQ-3,20260101,5" 管子\nQ-4,20260101,"没有关上\nQ-5,20260101,好的\nQ-6,20260101\n`,
    );
    const result = await run(file, { sourceSystem: 'quotes' });
    expect(result).toMatchObject({ read: 6, imported: 4, rejected: 2 });
    const lines = readFileSync(result.rejects!, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(0, 2).join(' '));
    expect(lines.slice(0, 2)).toEqual(['7 unreadable', '9 ragged']);
    const { rows } = await server.db.pools.maintenance.query(
      "select source_number, title from cases where source_system = 'quotes' order by 1",
    );
    expect(rows).toEqual([
      { source_number: 'Q-1', title: '两行 的话' },
      { source_number: 'Q-2', title: '"坏"了' },
      { source_number: 'Q-3', title: '5" 管子' },
      { source_number: 'Q-5', title: '好的' },
    ]);
  });
  test('a huge cell is one rejected row; the rows after it are taken', async () => {
    const file = written(`${HEADER}H-1,20260101,"${'长'.repeat(2_000_000)}"\nH-2,20260101,短\n`);
    expect(await run(file, { sourceSystem: 'huge' })).toMatchObject({ read: 2, imported: 1, rejected: 1 });
  });
  test('half a character of UTF-16 and a cut-off last byte are rejected, not mended', async () => {
    const whole = iconv.encode(`${HEADER}U-1,20260101,好\nU-2,20260101,坏`, 'utf-16le', { addBOM: true });
    const lone = Buffer.concat([whole, Buffer.from([0x3d, 0xd8])]);
    expect(await run(written(lone), { sourceSystem: 'lone' })).toMatchObject({ read: 2, imported: 1, rejected: 1 });
    expect(await run(written(Buffer.concat([whole, Buffer.from([0x3d])])), { sourceSystem: 'cut' })).toMatchObject({
      read: 2,
      imported: 1,
      rejected: 1,
    });
  });
  test('a column without a name is no coordinate', async () => {
    const file = written('编号,时间,内容,\nX-1,20260101,话,旧索引\n');
    expect(await run(file, { sourceSystem: 'unnamed' })).toMatchObject({ imported: 1, rejected: 0 });
  });
  test('a dry run sees duplicates and conflicts across batches', async () => {
    const rows = Array.from({ length: 600 }, (_, i) => `Y-${i % 300},20260101,第${i % 300}件${i === 599 ? '改' : ''}`);
    expect(await run(written(HEADER + rows.join('\n')), { sourceSystem: 'rehearsal' }, { dryRun: true })).toMatchObject({
      read: 600,
      imported: 300,
      duplicates: 299,
      conflicts: 1,
    });
  });
  test.each([
    ['an empty file', '', 'fileEmpty'],
    ['a picture', Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), Buffer.alloc(50)]), 'notATable'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'oldWorkbook'],
    ['a broken workbook', Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9]), 'workbookBroken'],
    ['another table', '甲,乙\n1,2\n', 'columnMissing'],
    ['a header with a column twice', '编号,编号,时间,内容\n', 'columnTwice'],
  ])('%s is refused as a whole', async (_name, bytes, code) => {
    await expect(run(written(bytes))).rejects.toMatchObject({ code });
  });
  test('a header alone is a table without rows', async () => {
    expect(await run(written(HEADER))).toMatchObject({ read: 0, imported: 0 });
  });
  test('a dry run judges and writes nothing', async () => {
    const file = written(`${HEADER}E-1,20260101,试运行\n`);
    expect(await run(file, { sourceSystem: 'dry' }, { dryRun: true })).toMatchObject({ read: 1, imported: 1 });
    expect(await run(file, { sourceSystem: 'dry' })).toMatchObject({ imported: 1 });
  });
});

describe('workbooks', () => {
  test('dates, numbers, formulas and rich text of an .xlsx are read, whatever its name says', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('台账');
    sheet.addRow(['编号', '时间', '内容']);
    sheet.addRow([1001, new Date(Date.UTC(2026, 2, 4, 8, 30)), { richText: [{ text: '垃圾' }, { text: '满溢' }] }]);
    sheet.addRow(['1002', 46085.5, { formula: '"占道"&"经营"', result: '占道经营' }]);
    const file = written(Buffer.from(await workbook.xlsx.writeBuffer()), 'misnamed.csv');
    expect(await run(file, { sourceSystem: 'workbook' })).toMatchObject({ read: 2, imported: 2, rejected: 0 });
    const { rows } = await server.db.pools.maintenance.query(
      "select title, reported_at from cases where source_system = 'workbook' order by source_number",
    );
    expect(rows).toEqual([
      { title: '垃圾满溢', reported_at: new Date('2026-03-04T00:30:00Z') },
      { title: '占道经营', reported_at: new Date('2026-03-04T04:00:00Z') },
    ]);
  });
});

describe('what was imported', () => {
  test('it is a real case: sealed, hashed, found by its words, without a running clock or a notice', async () => {
    await run(written(`${HEADER}F-1,20260101,河道漂浮物很多\n`), { sourceSystem: 'real' });
    await settleFeed(
      server.deps,
      manifests.flatMap((manifest) => manifest.consumers ?? []),
    );
    const list = (
      await server.as(server.world.people.hotlineDispatcher, { url: `/api/v1/cases?q=${encodeURIComponent('河道漂浮物')}` })
    ).json();
    expect(list.rows).toHaveLength(1);
    expect(list.rows[0]).toMatchObject({ imported: true, sourceNumber: 'F-1' });
    const { rows } = await server.db.pools.maintenance.query(
      'select (select count(*) from notice)::int as notices, (select count(*) from clock where next_at is not null)::int as ringing',
    );
    expect(rows[0]).toEqual({ notices: 0, ringing: 0 });
    expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, broken: [] });
  });
});

describe('progress', () => {
  const words = '等的人想知道到了哪里'.repeat(20);
  const table = Array.from({ length: 2000 }, (_, i) => `P-${i},20260101,${words}${i}`).join('\n');

  test('who waits for an import is told rows and share as they grow, while the rest is still to come', async () => {
    const seen: { rows: number; share: number; ended: boolean }[] = [];
    let ended = false;
    const onProgress = (done: { rows: number; share: number }) => seen.push({ ...done, ended });
    await run(written(HEADER + table), { sourceSystem: 'progress' }, { onProgress });
    ended = true;
    expect(seen.map(({ rows }) => rows)).toEqual([250, 500, 750, 1000, 1250, 1500, 1750, 2000, 2000]);
    expect(seen.map(({ share }) => share)).toEqual(seen.map(({ share }) => share).sort((a, b) => a - b));
    expect(seen[0]!.share).toBeLessThan(0.5);
    expect(seen.at(-1)).toEqual({ rows: 2000, share: 1, ended: false });
  });
  test('what was told as done is stored: an import that is stopped there has it', async () => {
    const stop = new AbortController();
    const onProgress = ({ rows }: { rows: number }) => {
      if (rows === 500) stop.abort();
    };
    const result = await run(written(HEADER + table), { sourceSystem: 'stopped' }, { onProgress, signal: stop.signal });
    expect(result).toMatchObject({ read: 500, imported: 500, interrupted: true });
    const { rows } = await server.db.pools.maintenance.query("select count(*)::int as n from cases where source_system = 'stopped'");
    expect(rows).toEqual([{ n: 500 }]);
  });
  test('the share of a workbook is that of its rows', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('台账');
    sheet.addRow(['编号', '时间', '内容']);
    for (let i = 1; i < 1000; i++) sheet.addRow([`W-${i}`, '20260101', `第${i}行`]);
    const seen: number[] = [];
    const file = written(Buffer.from(await workbook.xlsx.writeBuffer()), 'long.xlsx');
    await run(file, { sourceSystem: 'shares' }, { dryRun: true, onProgress: ({ share }: { share: number }) => seen.push(share) });
    expect(seen.map((share) => Math.round(share * 100))).toEqual([25, 50, 75, 100]);
  });
  test('who waits for categories is told too', async () => {
    const seen: { rows: number; share: number }[] = [];
    const levels = Array.from({ length: 600 }, (_, i) => `大类${i % 10},小类${i}`).join('\n');
    const categories: CategoryMap = { kind: 'categories', scheme: 'progress', levels: ['一级', '二级'] };
    await importCategories(server.deps, written(`一级,二级\n${levels}\n`), categories, (done) => seen.push(done));
    expect(seen.map(({ rows }) => rows)).toEqual([250, 500, 600]);
    expect(seen.at(-1)!.share).toBe(1);
  });
});

describe('what was not taken', () => {
  const bad = `${HEADER}J-1,不是日期,来电人王某某的电话写在这里\n`;
  const dataFolder = () => join(server.deps.config.dataDir, 'rejects');

  test('only the account that imports may read it, not even the folder’s list is anybody else’s', async () => {
    const { rejects } = await run(written(bad), { sourceSystem: 'alone' }, { rejectsFolder: undefined });
    expect(dirname(rejects!)).toBe(dataFolder());
    expect(readFileSync(rejects!, 'utf8')).toContain('来电人王某某的电话写在这里');
    expect([statSync(rejects!).mode & 0o777, statSync(dataFolder()).mode & 0o777]).toEqual([0o600, 0o700]);
  });
  test('of categories too', async () => {
    const file = written('一级,二级\n,没有一级\n');
    const { rejects } = await importCategories(server.deps, file, { kind: 'categories', scheme: 'alone', levels: ['一级', '二级'] });
    expect([dirname(rejects!), statSync(rejects!).mode & 0o777]).toEqual([dataFolder(), 0o600]);
  });
  test('two imports of one file at once leave two files', async () => {
    const file = written(bad);
    const both = await Promise.all([1, 2, 3, 4].map(() => run(file, { sourceSystem: 'at-once' }, { rejectsFolder: undefined })));
    expect(new Set(both.map(({ rejects }) => rejects)).size).toBe(4);
  });
  test('no address of the server answers with it, whoever asks', async () => {
    const { rejects } = await run(written(bad), { sourceSystem: 'served' }, { rejectsFolder: undefined });
    const name = basename(rejects!);
    const { administrator } = server.world.people;
    const found: string[] = [];
    for (const at of ['', '/api/v1', '/api/v1/imports', '/api/v1/files', '/desk', '/portal', '/.data', '/desk/..', '/desk/%2e%2e'])
      for (const who of ['anonymous', administrator, { service: 'import' }] as const)
        for (const path of [`${at}/rejects/${name}`, `${at}/${name}`, `${at}/..%2f..%2frejects%2f${name}`]) {
          const answer = await server.as(who, { url: path, headers: { accept: '*/*' } });
          if (answer.statusCode === 200 || answer.body.includes('来电人')) found.push(path);
        }
    expect(found).toEqual([]);
  });
});
