import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import type { CaseView, FileView } from '@tongxin/domain/case/view.ts';
import { type CaseMap, REJECT_SENTENCES } from '@tongxin/domain/import/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import pg from 'pg';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSubjects, type Subjects } from './access.build.ts';
import { type Bad, everythingKept, findFaults } from './bad-input.build.ts';
import { calendarLoad } from './cli/calendar.ts';
import { importCasesCommand, importCategoriesCommand } from './cli/import.ts';
import { proceduresCheck, proceduresPublish } from './cli/procedures.ts';
import { readBoundaryFile } from './modules/area/index.ts';
import { sweepUploads } from './modules/file/index.ts';
import { importCases, importCategories } from './modules/import/index.ts';
import { titlesEn } from './platform/errors/titles.en.ts';
import { titlesZh } from './platform/errors/titles.zh.ts';

let server: TestServer;
let admin: pg.Client;
let subjects: Subjects;
let folder: string;
beforeAll(async () => {
  server = await testServer();
  subjects = await fileSubjects(server);
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  folder = mkdtempSync(join(tmpdir(), 'tongxin-bad-'));
});
afterAll(async () => {
  await admin?.end();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});
const kept = () => everythingKept(server, admin);
const people = () => server.world.people;
/** Runs something that must leave everything as it was; answers its value or the code it threw. */
const leavesNothing = async <T>(work: () => Promise<T>): Promise<T | string> => {
  const before = await kept();
  const outcome = await work().catch((error: Error & { code?: string }) => error.code ?? `${error.stack}`);
  expect(await kept()).toEqual(before);
  return outcome;
};
const inWords = (code: unknown): void => {
  expect(Object.keys(titlesZh)).toContain(code);
  expect(Object.keys(titlesEn)).toContain(code);
};

const picture = (format: 'png' | 'jpeg' = 'png', size = 64) =>
  sharp({ create: { width: size, height: size, channels: 3, background: '#456', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
    .toFormat(format)
    .toBuffer();
const PNG = { 'content-type': 'image/png', 'x-kind': 'photo' };
const put = (caller: Caller, url: string, body: Buffer, headers: Record<string, string> = PNG) =>
  server.as(caller, { method: 'PUT', url: `/api/v1${url}`, body, headers });

/** A PNG of a few bytes that claims to be as large as a town. */
const bomb = async (): Promise<Buffer> => {
  const bytes = await picture('png', 8);
  bytes.writeUInt32BE(100_000, 16);
  bytes.writeUInt32BE(100_000, 20);
  return bytes;
};

describe('an upload', () => {
  it('of what it does not claim to be, of nothing, of too much or in part is refused and leaves no bytes', async () => {
    const [png, jpeg] = [await picture('png'), await picture('jpeg')];
    const at = () => `/api/v1/cases/${v7()}/files/${v7()}`;
    const ask = (payload: Buffer, headers: Record<string, string> = PNG): Bad[1] => ({ method: 'PUT', url: at(), payload, headers });
    const kind = (one: string): Record<string, string> => ({ 'content-type': 'application/octet-stream', 'x-kind': one });
    const bad: Bad[] = [
      ['nothing', ask(Buffer.alloc(0)), 'fileEmpty'],
      ['a page', ask(Buffer.from('<html><script>alert(1)</script></html>')), 'fileTypeRefused'],
      [
        'a drawing with a script',
        ask(Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')),
        'fileTypeRefused',
      ],
      ['a program', ask(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2000)]), kind('document')), 'fileTypeRefused'],
      ['a shell script', ask(Buffer.from('#!/bin/sh\nrm -rf /\n'), kind('document')), 'fileTypeRefused'],
      ['an archive', ask(gzipSync(Buffer.alloc(1000)), kind('document')), 'fileTypeRefused'],
      ['a packed picture', ask(gzipSync(png), { ...PNG, 'content-encoding': 'gzip' }), 'fileTypeRefused'],
      [
        'a form',
        ask(Buffer.from(`--x\r\nContent-Type: image/png\r\n\r\n${png}\r\n--x--`), {
          ...PNG,
          'content-type': 'multipart/form-data; boundary=x',
        }),
        'fileTypeRefused',
      ],
      ['a moving picture', ask(Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')), 'fileTypeRefused'],
      ['a picture as a sound', ask(png, kind('sound')), 'fileTypeRefused'],
      ['a document as a photo', ask(Buffer.from('%PDF-1.4\n%%EOF')), 'fileTypeRefused'],
      ['a bomb', ask(await bomb()), 'fileBroken'],
      ['half a picture', ask(jpeg.subarray(0, jpeg.length >> 1)), 'fileBroken'],
      ['a head without a picture', ask(png.subarray(0, 40)), ['fileBroken', 'fileTypeRefused']],
      [
        'a byte changed in the middle',
        ask(Buffer.concat([png.subarray(0, 60), Buffer.from([0xff, 0, 0xff, 0]), png.subarray(64)])),
        'fileBroken',
      ],
      ['a byte too many', ask(Buffer.concat([jpeg, Buffer.alloc(15 * 1024 * 1024 + 1 - jpeg.length)])), ['fileTooLarge', 'bodyTooLarge']],
      ['twenty megabytes', ask(Buffer.alloc(20 * 1024 * 1024)), 'bodyTooLarge'],
      ['a part of it', ask(png.subarray(0, 100), { ...PNG, 'content-range': 'bytes 0-99/200' }), 'partOfFile'],
      ['the second part first', ask(png.subarray(100), { ...PNG, 'content-range': 'bytes 100-199/200' }), 'partOfFile'],
      ...['', 'virus', 'constructor', 'PHOTO', 'photo, photo'].map((one): Bad => [`the kind "${one}"`, ask(png, kind(one)), 'fieldUnfit']),
      ['no kind', ask(png, { 'content-type': 'image/png' }), 'fieldUnfit'],
    ];
    for (const caller of ['anonymous', people().handlerA] as const)
      expect(await leavesNothing(() => findFaults(server, caller, bad))).toEqual([]);
  });

  it('to what is somebody else’s, or under an id that is taken, is refused and leaves no bytes', async () => {
    const { lampA, lampB } = subjects;
    const png = await picture();
    const ask = (url: string): Bad[1] => ({ method: 'PUT', url: `/api/v1${url}`, payload: png, headers: PNG });
    const bad: Bad[] = [
      ['another picture under the id of one', ask(`/cases/${lampA.id}/files/${lampA.fileId}`), 'idTaken'],
      ['a case one does not see', ask(`/cases/${lampB.id}/files/${v7()}`), 'idTaken'],
    ];
    expect(await leavesNothing(() => findFaults(server, people().handlerA, bad))).toEqual([]);
    expect(await leavesNothing(() => findFaults(server, 'anonymous', bad))).toEqual([]);
    const byCode: Bad[] = [
      ['another picture under the id of one', ask(`/receipts/${lampA.code}/files/${lampA.fileId}`), 'idTaken'],
      ['a code that opens nothing', ask(`/receipts/0000-0000-0000/files/${v7()}`), 'notFound'],
    ];
    expect(await leavesNothing(() => findFaults(server, 'anonymous', byCode))).toEqual([]);
    // A post that may not file keeps nothing either.
    expect(
      await leavesNothing(() =>
        findFaults(server, people().leaderA, [['by who may not file', ask(`/cases/${v7()}/files/${v7()}`), 'forbidden']]),
      ),
    ).toEqual([]);
  });

  it('sent again is one file; the same picture under two ids is two, and both open', async () => {
    const { id } = subjects.lampA;
    const png = await picture();
    const [one, other] = [v7(), v7()];
    expect((await put(people().handlerA, `/cases/${id}/files/${one}`, png)).statusCode).toBe(201);
    const again = await leavesNothing(() => Promise.all([1, 2, 3].map(() => put(people().handlerA, `/cases/${id}/files/${one}`, png))));
    expect((again as { statusCode: number }[]).map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    expect((await put(people().handlerA, `/cases/${id}/files/${other}`, png)).statusCode).toBe(201);
    for (const fileId of [one, other]) {
      const opened = await server.as(people().handlerA, { url: `/api/v1/cases/${id}/files/${fileId}` });
      expect([opened.statusCode, opened.headers['content-type']]).toEqual([200, 'image/png']);
    }
  });

  it('that is also something else is stored as the picture only, and cannot run', async () => {
    const { id } = subjects.lampA;
    const polyglot = Buffer.concat([await picture(), Buffer.from('<script>alert(document.cookie)</script>PK\x03\x04')]);
    const fileId = v7();
    expect((await put(people().handlerA, `/cases/${id}/files/${fileId}`, polyglot)).statusCode).toBe(201);
    const opened = await server.as(people().handlerA, { url: `/api/v1/cases/${id}/files/${fileId}` });
    expect(opened.rawPayload.includes('script')).toBe(false);
    expect(opened.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    expect(opened.headers['x-content-type-options']).toBe('nosniff');
  });

  it('of whatever name lands where its address says and nowhere else', async () => {
    const names = [
      '../../../etc/passwd',
      '..%2f..%2fx',
      '%00',
      'a%0d%0aSet-Cookie: x',
      '%ff%fe',
      'C:\\x',
      '%E2%80%AEgnp.exe',
      'x'.repeat(3000),
    ];
    for (const name of names) {
      const answer = await put(people().handlerA, `/cases/${subjects.lampA.id}/files/${v7()}`, await picture('png', 8), {
        ...PNG,
        'x-name': name,
      });
      expect([name, answer.statusCode, answer.headers['set-cookie']]).toEqual([name, 201, undefined]);
    }
    const { files } = await kept();
    expect(files.filter((file) => !/^\/(?:files\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}|secrets\.json) /u.test(file))).toEqual([]);
  });

  it('whose bytes were erased does not come back by being sent again', async () => {
    const { id } = subjects.lampA;
    const [fileId, png] = [v7(), await picture()];
    expect((await put(people().handlerA, `/cases/${id}/files/${fileId}`, png)).statusCode).toBe(201);
    const erased = await server.as(people().administrator, {
      method: 'POST',
      url: `/api/v1/cases/${id}/erase`,
      body: { commandId: v7(), ground: 'byRequest', fileIds: [fileId] },
    });
    expect(erased.statusCode, erased.body).toBe(200);
    const ask = { method: 'PUT', url: `/api/v1/cases/${id}/files/${fileId}`, payload: png, headers: PNG };
    expect(await leavesNothing(() => findFaults(server, people().handlerA, [['the erased picture', ask, 'idTaken']]))).toEqual([]);
  });

  it('whose disk is full is refused as such and leaves neither row nor bytes', async () => {
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const { put: write } = server.deps.files;
    const files = server.deps.files as { put: typeof write };
    files.put = () => Promise.reject(full);
    try {
      const answer = await leavesNothing(() =>
        put('anonymous', `/cases/${v7()}/files/${v7()}`, Buffer.from('')).then(async () =>
          put('anonymous', `/cases/${v7()}/files/${v7()}`, await picture()),
        ),
      );
      expect((answer as { json(): object }).json()).toMatchObject({ status: 507, code: 'noRoom' });
    } finally {
      files.put = write;
    }
  });

  it('that nobody files within a day is let go, rows and bytes', async () => {
    const before = await kept();
    expect((await put('anonymous', `/cases/${v7()}/files/${v7()}`, await picture())).statusCode).toBe(201);
    expect(await sweepUploads(server.deps)).toBe(0);
    server.deps.clock.set(new Date(server.deps.clock.now().getTime() + 25 * 3_600_000).toISOString());
    expect(await sweepUploads(server.deps)).toBe(1);
    expect(await kept()).toEqual(before);
  });
});

describe('a resident without an account', () => {
  it('opens by the receipt what is theirs and what was meant for them, at the address the view gives, and nothing of the staff’s', async () => {
    const [id, own, meant, inner] = [v7(), v7(), v7(), v7()];
    const { dispatcherA } = people();
    expect((await put('anonymous', `/cases/${id}/files/${own}`, await picture('jpeg'))).statusCode).toBe(201);
    const filed = await server.as('anonymous', {
      method: 'POST',
      url: '/api/v1/cases',
      body: { id, text: '路灯不亮', point: server.world.points.inA11, fileIds: [own] },
    });
    const { queryCode } = filed.json<{ queryCode: string }>();
    expect((await put(dispatcherA, `/cases/${id}/files/${meant}?seenBy=reporter`, await picture())).statusCode).toBe(201);
    expect((await put(dispatcherA, `/cases/${id}/files/${inner}`, await picture())).statusCode).toBe(201);
    const view = (await server.as('anonymous', { url: `/api/v1/receipts/${queryCode}` })).json<CaseView>();
    expect(view.files.map((file) => file.id).sort()).toEqual([own, meant].sort());
    const inRecord = view.record.flatMap((entry) => entry.files);
    expect(inRecord.map((file) => file.id)).toEqual([own]);
    for (const { url, mediaType } of [...view.files, ...inRecord]) {
      const opened = await server.as('anonymous', { url });
      expect([url, opened.statusCode, opened.headers['content-type']]).toEqual([url, 200, mediaType]);
      // The address is the resident's: it does not name the case, which opens to nobody without a sign-in.
      expect(url).toMatch(/^\/api\/v1\/receipts\/[0-9A-Z-]{14}\/files\//u);
    }
    expect((await server.as('anonymous', { url: `/api/v1/receipts/${queryCode}/files/${inner}` })).statusCode).toBe(404);
    expect((await server.as('anonymous', { url: `/api/v1/cases/${id}/files/${own}` })).statusCode).toBe(401);
    const added = await put('anonymous', `/receipts/${queryCode}/files/${v7()}`, await picture());
    expect((await server.as('anonymous', { url: added.json<FileView>().url })).statusCode).toBe(200);
    const staff = (await server.as(dispatcherA, { url: `/api/v1/cases/${id}` })).json<CaseView>();
    for (const { url } of staff.files) expect([url, (await server.as(dispatcherA, { url })).statusCode]).toEqual([url, 200]);
  });
});

const map: CaseMap = {
  kind: 'cases',
  sourceSystem: 'bad',
  sourceNumber: '编号',
  text: ['内容'],
  reportedAt: { column: '时间', formats: ['yyyy-MM-dd'] },
  demandKind: { column: '类型', values: { 求助: 'help' } },
  department: '部门',
};
const HEADER = '编号,时间,内容,类型,部门\n';
let serial = 0;
const written = (bytes: string | Buffer, name = `table-${++serial}.csv`): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
const importer = () => ({ kind: 'service', token: server.deps.config.secrets.serviceTokens.import }) as const;
const rejectsFolder = () => join(folder, 'rejects');
const run = (file: string, more: Partial<CaseMap> = {}) =>
  importCases(server.deps, importer(), file, { map: { ...map, ...more }, rejectsFolder: rejectsFolder() });
const sheet = async (rows: readonly unknown[][]): Promise<Buffer> => {
  const workbook = new ExcelJS.Workbook();
  const page = workbook.addWorksheet('x');
  for (const row of rows) page.addRow(row);
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

/** A zip archive of one part, with the sizes its directory claims. */
const zip = (name: string, packed: Buffer, claimed: number): Buffer => {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimed, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(claimed, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
};

describe('a table that cannot be read', () => {
  it('is refused in words before anything of it is taken', async () => {
    const sound = await sheet([
      ['编号', '内容'],
      ['1', '路灯'],
    ]);
    const megabytes = deflateRawSync(Buffer.alloc(100 * 1024 * 1024));
    const tables: readonly [what: string, file: string, code: string | readonly string[]][] = [
      ['no file', join(folder, 'nothing.csv'), 'unknownFile'],
      ['a folder', folder, 'unknownFile'],
      ['a name with NUL', join(folder, 'a\0b.csv'), 'unknownFile'],
      ['an empty file', written(''), 'fileEmpty'],
      ['blank lines', written('\n\n\n'), 'headerMissing'],
      ['a program named .csv', written(Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), Buffer.alloc(5000)])), 'notATable'],
      ['a picture named .csv', written(await picture()), 'notATable'],
      [
        'neither UTF-8 nor GB 18030',
        written(Buffer.concat([Buffer.from([0xff, 0x80, 0xff]), Buffer.from(',b\n1,2\n')])),
        ['headerUndecodable', 'notATable'],
      ],
      ['a header twice', written('内容,内容\n1,2\n'), 'columnTwice'],
      ['six hundred columns', written(`${Array.from({ length: 600 }, (_, i) => `c${i}`).join(',')}\n`), 'tooManyColumns'],
      ['a header of commas', written(',,,\n1,2,3,4\n'), 'headerMissing'],
      ['a header never closed', written('"编号,内容\n1,2\n3,4\n'), ['headerMissing', 'columnMissing']],
      ['a header of ten megabytes', written(`编号${'x'.repeat(10_000_000)}\n1\n`), ['headerUndecodable', 'columnMissing', 'headerMissing']],
      ['no such columns', written('a,b\n1,2\n'), 'columnMissing'],
      ['an old workbook', written(Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]), 'old.xls'), 'oldWorkbook'],
      ['half a workbook', written(sound.subarray(0, sound.length >> 1), 'half.xlsx'), 'workbookBroken'],
      [
        'a workbook changed in the middle',
        written(Buffer.concat([sound.subarray(0, 200), Buffer.alloc(300, 0xaa), sound.subarray(500)]), 'changed.xlsx'),
        'workbookBroken',
      ],
      ['an archive of something else', written(zip('word/document.xml', deflateRawSync(Buffer.from('<x/>')), 4), 'word.xlsx'), 'notATable'],
      [
        'a workbook without a sheet',
        written(zip('xl/workbook.xml', deflateRawSync(Buffer.from('<workbook/>')), 11), 'none.xlsx'),
        ['headerMissing', 'workbookBroken'],
      ],
      ['a sheet without a row', written(await sheet([]), 'empty.xlsx'), 'headerMissing'],
      ['a bomb that says so', written(zip('xl/sharedStrings.xml', megabytes, 100 * 1024 * 1024), 'bomb.xlsx'), 'fileTooLarge'],
      ['a bomb that says four gigabytes', written(zip('xl/worksheets/sheet1.xml', megabytes, 0xffff_fff0), 'bombs.xlsx'), 'fileTooLarge'],
      ['a bomb that lies', written(zip('xl/sharedStrings.xml', megabytes, 1000), 'liar.xlsx'), 'workbookBroken'],
      [
        'a part that is shorter than it says',
        written(zip('xl/workbook.xml', deflateRawSync(Buffer.from('<x/>')), 4000), 'short.xlsx'),
        'workbookBroken',
      ],
    ];
    for (const [what, file, codes] of tables) {
      const code = await leavesNothing(() => run(file));
      expect([what, code, [codes].flat().includes(code as string)]).toEqual([what, code, true]);
      inWords(code);
      const asCategories = await leavesNothing(() =>
        importCategories(server.deps, file, { kind: 'categories', scheme: 'bad', levels: ['编号'] }),
      );
      expect([what, typeof asCategories]).toEqual([what, what === 'no such columns' ? 'string' : typeof asCategories]);
    }
    mkdirSync(rejectsFolder(), { recursive: true });
    expect(readdirSync(rejectsFolder())).toEqual([]);
  });
});

describe('a row that cannot be taken', () => {
  const rejected = (path: string | null): string[] =>
    path ? readFileSync(path, 'utf8').replace('\ufeff', '').trim().split('\n').slice(1) : [];

  it('is rejected with its line and a reason in both languages, and its neighbours are imported', async () => {
    const rows: readonly [row: string | Buffer, code?: string][] = [
      ['R-1,2026-01-02,路灯不亮,求助,城管'],
      ['R-2,2026-02-30,日期不存在,求助,城管', 'dateUnfit'],
      ['R-3,0000-01-01,公元零年,求助,城管', 'dateUnfit'],
      ['R-4,昨天,昨天的事,求助,城管', 'dateUnfit'],
      ['R-5,2026-01-02,,求助,城管', 'textMissing'],
      ['R-6,2026-01-02,多一列,求助,城管,多', 'ragged'],
      ['R-7,2026-01-02,少一列', 'ragged'],
      [Buffer.concat([Buffer.from('R-8,2026-01-02,'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(',求助,城管')]), 'undecodable'],
      [iconv.encode('R-9,2026-01-02,这一行是国标码,求助,城管', 'gb18030')],
      ['R-10,2026-01-02,有空字符\0的,求助,城管', 'badCharacters'],
      ['R-11,2026-01-02,部门有空字符,求助,城\0管', 'badCharacters'],
      [`R-12,2026-01-02,${'长'.repeat(20_001)},求助,城管`, 'cellTooLarge'],
      [`${'R'.repeat(5000)},2026-01-02,编号太长,求助,城管`, 'cellTooLarge'],
      [`R-13,2026-01-02,${'x'.repeat(9_000_000)},求助,城管`, 'undecodable'],
      ['R-14,2026-01-02,类型是继承来的名字,constructor,__proto__'],
      ["R-15,2026-01-02,'); drop table cases; --,求助,城管"],
      ['R-1,2026-01-02,同一编号内容不同,求助,城管', 'conflict'],
      ['R-16,2026-01-02,"引号没有闭合,求助,城管', 'unreadable'],
      ['R-17,2026-01-02,引号之后的一行,求助,城管'],
    ];
    // Past the first 64 KB, so that NUL does not make the whole file a binary one.
    const padding = Array.from({ length: 60 }, (_, i) => `P-${i},2026-01-01,${'垫'.repeat(500)}${i},求助,城管\n`).join('');
    const file = written(Buffer.concat([Buffer.from(HEADER + padding), ...rows.flatMap(([row]) => [Buffer.from(row), Buffer.from('\n')])]));
    const result = await run(file);
    const bad = rows.filter(([, code]) => code);
    const good = rows.length - bad.length;
    expect(result).toMatchObject({ read: 60 + rows.length, imported: 60 + good, conflicts: 1, rejected: bad.length - 1 });
    const lines = rejected(result.rejects);
    expect(lines.map((line) => line.split(',')[1]).sort()).toEqual(bad.map(([, code]) => code).sort());
    for (const [, code] of bad) {
      const said = REJECT_SENTENCES[code as keyof typeof REJECT_SENTENCES];
      expect(lines.some((line) => line.includes(said.zh) && line.includes(said.en))).toBe(true);
    }
    // Run again it takes nothing, and says the same of the same rows.
    const before = await kept();
    const again = await run(file);
    expect(again).toMatchObject({ imported: 0, duplicates: 60 + good, conflicts: 1, rejected: bad.length - 1 });
    expect(await kept()).toEqual(before);
  });

  it('cannot make a spreadsheet run anything when the rejects file is opened in one', async () => {
    const cells = ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', ' =1', '＝1', '=HYPERLINK("http://x")'];
    const table = `编号,时间,内容,类型,部门,=备注\n${cells.map((cell, i) => `F-${i},不是日期,"${cell.replaceAll('"', '""')}",${cell.replaceAll('"', '')},x,y`).join('\n')}\n`;
    const result = await run(written(table));
    expect(result.rejected).toBe(cells.length);
    const text = readFileSync(result.rejects!, 'utf8').replace('\ufeff', '');
    for (const line of text.trim().split('\n'))
      for (const cell of line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/gu) ?? []) expect(cell.replace(/^"/u, '')).not.toMatch(/^\s*[=+\-@＝]/u);
  });

  it('of a table of categories is rejected too', async () => {
    const result = await importCategories(
      server.deps,
      written(`一级,二级\n市政,路灯\n,没有一级\n${'长'.repeat(5000)},x\n__proto__,constructor\n`),
      { kind: 'categories', scheme: 'bad', levels: ['一级', '二级'] },
    );
    expect(result).toMatchObject({ read: 4, rejected: 2, categories: 4 });
    await server.deps.reload();
  });

  it('imported by whom nobody allowed to is not imported', async () => {
    const file = written(`${HEADER}X-1,2026-01-02,路灯,求助,x\n`);
    for (const who of [people().handlerA.who, people().residentA.who, { kind: 'service', token: 'x'.repeat(40) } as const])
      expect(['signInNeeded', 'missingCapability']).toContain(
        await leavesNothing(() => importCases(server.deps, who, file, { map, rejectsFolder: rejectsFolder() })),
      );
  });
});

const call = (args: readonly string[], options: Record<string, string | boolean> = {}) => ({
  args,
  options,
  config: () => server.deps.config,
  open: async () => server.deps,
  admin: async () => ({ adminUrl: server.db.adminUrl, owned: false }),
  roles: async () => server.db.urls,
  answer: () => {},
  progress: () => {},
  say: () => {},
});
const json = (value: unknown): string => written(typeof value === 'string' ? value : JSON.stringify(value), `file-${++serial}.json`);

describe('a map', () => {
  it('that is none, or asks for what no map has, is refused before the table is read', async () => {
    const table = written(`${HEADER}M-1,2026-01-02,路灯,求助,x\n`);
    const maps: readonly [unknown, string][] = [
      ['{', 'mapUnreadable'],
      ['', 'mapUnreadable'],
      ['null', 'mapUnfit'],
      ['[]', 'mapUnfit'],
      [{}, 'mapUnfit'],
      [{ ...map, admin: true }, 'mapUnfit'],
      [{ ...map, kind: 'categories' }, 'mapUnfit'],
      [{ ...map, text: [] }, 'mapUnfit'],
      [{ ...map, text: '内容' }, 'mapUnfit'],
      [{ ...map, sourceSystem: '../../etc' }, 'mapUnfit'],
      [{ ...map, sourceSystem: 'x'.repeat(100) }, 'mapUnfit'],
      [{ ...map, point: { lon: '编号', lat: '编号', datum: 'mars' } }, 'mapUnfit'],
      [{ ...map, channel: 'smoke' }, 'mapUnfit'],
      [{ ...map, demandKind: { column: '类型', values: { 求助: 'everything' } } }, 'mapUnfit'],
      [`{"__proto__":{"kind":"cases"},"text":["内容"]}`, 'mapUnfit'],
      [{ ...map, reportedAt: { ...map.reportedAt, zone: 'Mars/Olympus' } }, 'unknownZone'],
      [{ ...map, text: ['没有这一列'] }, 'columnMissing'],
      [{ ...map, text: ['constructor'] }, 'columnMissing'],
    ];
    for (const [value, code] of maps)
      expect([value, await leavesNothing(() => importCasesCommand.run(call([table], { map: json(value) })))]).toEqual([value, code]);
    for (const value of [{}, { kind: 'categories', scheme: 'UPPER', levels: ['a'] }, { kind: 'categories', scheme: 'ok', levels: [] }])
      expect(await leavesNothing(() => importCategoriesCommand.run(call([table], { map: json(value) })))).toBe('mapUnfit');
    expect(await leavesNothing(() => importCasesCommand.run(call([table], { map: join(folder, 'nothing.json') })))).toBe('mapUnreadable');
    expect(await leavesNothing(() => importCasesCommand.run(call([join(folder, 'nothing.csv')])))).toBe('unknownFile');
  });
});

describe('a boundary', () => {
  type Ring = readonly (readonly unknown[])[];
  const square: Ring = [
    [113, 22],
    [113.01, 22],
    [113.01, 22.01],
    [113, 22.01],
    [113, 22],
  ];
  const read = (coordinates: unknown, type = 'Polygon') => {
    const feature = { type: 'Feature', properties: { code: '442000001007001', name: '第1网格' }, geometry: { type, coordinates } };
    const file = readBoundaryFile(JSON.stringify({ type: 'FeatureCollection', features: [feature] }), 'WGS84');
    if (!file.ok) return file.code;
    return file.rejects[0]?.code ?? 'taken';
  };

  it('that encloses nothing, or not what it says, is rejected with a sentence; a good one is taken', () => {
    expect(read([square])).toBe('taken');
    const spiral = Array.from({ length: 1_000_000 }, (_, i) => [113 + Math.cos(i) / 10, 22 + Math.sin(i) / 10]);
    const cases: readonly [what: string, code: string, coordinates: unknown, type?: string][] = [
      [
        'a figure of eight',
        'selfCrossing',
        [
          [
            [0, 0],
            [1, 1],
            [1, 0],
            [0, 1],
            [0, 0],
          ],
        ],
      ],
      [
        'a spike',
        'selfCrossing',
        [
          [
            [0, 0],
            [1, 0],
            [2, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
      ['not closed', 'notClosed', [square.slice(0, 4).concat([[113, 22.005]])]],
      [
        'three points',
        'tooFewPositions',
        [
          [
            [0, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
      ['one point five times', 'tooFewPositions', [Array(5).fill([113, 22])]],
      ['no point', 'tooFewPositions', [[]]],
      ['no ring', 'notPolygon', []],
      [
        'out of the world',
        'badPosition',
        [
          [
            [181, 0],
            [182, 0],
            [182, 1],
            [181, 1],
            [181, 0],
          ],
        ],
      ],
      [
        'beyond the pole',
        'badPosition',
        [
          [
            [0, 91],
            [1, 91],
            [1, 92],
            [0, 92],
            [0, 91],
          ],
        ],
      ],
      [
        'no numbers',
        'badPosition',
        [
          [
            [null, 0],
            [1, 0],
            [1, 1],
            [0, 1],
            [null, 0],
          ],
        ],
      ],
      [
        'words',
        'badPosition',
        [
          [
            ['0', '0'],
            [1, 0],
            [1, 1],
            [0, 1],
            ['0', '0'],
          ],
        ],
      ],
      ['a million corners', 'tooManyPositions', [[...spiral, spiral[0]]]],
      ['a thousand pieces', 'tooManyPolygons', Array(1000).fill([square]), 'MultiPolygon'],
      ['a thousand holes', 'tooManyHoles', Array(1000).fill(square)],
      ['a hole outside', 'holeOutside', [square, square.map(([lon, lat]) => [Number(lon) + 1, lat])]],
      ['a point', 'notPolygon', [113, 22], 'Point'],
      ['a line', 'notPolygon', square, 'LineString'],
      ['nothing', 'notPolygon', null],
      ['a tile', 'tooSmall', [square.map(([lon, lat]) => [113 + (Number(lon) - 113) / 1e5, 22 + (Number(lat) - 22) / 1e5])]],
    ];
    for (const [what, code, coordinates, type] of cases) {
      expect([what, read(coordinates, type)]).toEqual([what, code]);
      inWords(code);
    }
    for (const [text, code] of [
      ['{"type":"FeatureCollection","features":[NaN]}', 'notJson'],
      ['{"type":"FeatureCollection","features":{"length":1}}', 'notFeatureCollection'],
      [`${'['.repeat(100_000)}`, 'notJson'],
      [`{"type":"FeatureCollection","features":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'notFeature'],
      ['{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"x","name":"y"},"geometry":null}]}', 'badCode'],
      [
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"442000001007001"},"geometry":null}]}',
        'nameMissing',
      ],
    ] as const) {
      const file = readBoundaryFile(text, 'WGS84');
      expect([text.slice(0, 60), file.ok ? file.rejects[0]?.code : file.code]).toEqual([text.slice(0, 60), code]);
      inWords(code);
    }
  });
});

describe('a file of the command line', () => {
  it('that is no procedure is refused with the place of the fault, and nothing is published', async () => {
    const texts: readonly [string, string][] = [
      ['', 'malformedJson'],
      ['{', 'malformedJson'],
      ['[', 'malformedJson'],
      [`{"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'malformedJson'],
      ['null', 'shape'],
      ['7', 'shape'],
      ['{"id":"order","version":1}', 'shape'],
      ['{"extends":{"id":"constructor","version":1}}', 'procedureNotPublished'],
      ['{"extends":{"id":"order","version":"1"}}', 'procedureNotPublished'],
    ];
    for (const [text, code] of texts) {
      const path = json(text);
      const checked = (await leavesNothing(() => proceduresCheck.run(call([path])))) as {
        ok: boolean;
        procedures: { findings: { code: string; where: string }[] }[];
      };
      expect([
        text.slice(0, 60),
        checked.ok,
        checked.procedures[0]!.findings.some((one) => one.code === code || code === 'malformedJson'),
      ]).toEqual([text.slice(0, 60), false, true]);
      for (const { where } of checked.procedures[0]!.findings) expect(typeof where).toBe('string');
      const published = await leavesNothing(() => proceduresPublish.run(call([path])));
      inWords(published);
    }
    expect(await leavesNothing(() => proceduresPublish.run(call([join(folder, 'nothing.json')])))).toBe('fileMissing');
    expect(await leavesNothing(() => proceduresPublish.run(call([folder])))).toBe('fileMissing');
  });

  it('that is no year’s notice is refused, and no day changes', async () => {
    const year = (exceptions: unknown) => ({ year: 2027, source: 'x', exceptions });
    const notices: unknown[] = [
      '',
      '{',
      'null',
      '[]',
      {},
      year('x'),
      year([{ day: '2027-02-30', kind: 'off', reason: 'x' }]),
      year([{ day: '2026-01-01', kind: 'off', reason: 'x' }]),
      `{"x":${'['.repeat(30_000)}`,
    ];
    for (const notice of notices) inWords(await leavesNothing(() => calendarLoad.run(call([json(notice)]))));
    expect(await leavesNothing(() => calendarLoad.run(call([written('x'.repeat(100_000))])))).toBe('fileTooLarge');
  });

  it('is answered with one line of JSON, a sentence without a stack, and a failing exit code', () => {
    const bin = resolve(import.meta.dirname, '../bin/tongxin.mjs');
    const broken = json('{');
    for (const words of [
      ['import', 'cases', join(folder, 'nothing.csv'), '--json'],
      ['procedures', 'check', broken, '--json'],
    ]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...words], {
        env: { ...process.env, TONGXIN_DATA: join(folder, 'data') },
        encoding: 'utf8',
      });
      expect([words[0], status]).toEqual([words[0], 1]);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false });
      expect(stderr).not.toMatch(/\n\s+at /u);
    }
    expect(readdirSync(folder)).not.toContain('data');
  });
});
