import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXPORT_SOURCES } from '@tongxin/domain/exchange/schema.ts';
import { listColumns } from '@tongxin/domain/exchange/template/rules.ts';
import type { TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import { fillCases, workThrough } from '@tongxin/testing/long-list.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD, type WorldPerson } from '@tongxin/testing/world.ts';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { manifests } from '../../../modules.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';

const { people } = WORLD;
let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await testServer();
  folder = mkdtempSync(join(tmpdir(), 'tongxin-form-'));
  await fillCases(server, 0);
  await settleFeed(
    server.deps,
    manifests.flatMap(({ consumers = [] }) => consumers),
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A form as a superior sends it: a merged title, a header of two rows, prepared rows, a sum, signs at the foot, and how it is printed. */
const form = async (): Promise<Buffer> => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('月报', {
    pageSetup: { orientation: 'landscape', paperSize: 9, printArea: 'A1:E8', printTitlesRow: '2:3' },
    headerFooter: { oddFooter: '第 &P 页' },
  });
  sheet.mergeCells('A1:E1');
  sheet.getCell('A1').value = '社会治理工作月报表';
  sheet.getCell('A1').font = { bold: true, size: 18, name: '方正小标宋简体' };
  sheet.mergeCells('A2:A3');
  sheet.getCell('A2').value = '社区（村）';
  sheet.getCell('A2').value = '单位';
  sheet.mergeCells('B2:D2');
  sheet.getCell('B2').value = '办理情况';
  sheet.mergeCells('E2:E3');
  sheet.getCell('E2').value = '办结率';
  for (const [i, words] of ['受理数', '办结数', '超期数'].entries()) sheet.getCell(3, 2 + i).value = words;
  for (const [i, name] of ['甲一社区', '甲二社区'].entries()) {
    sheet.getCell(4 + i, 1).value = name;
    sheet.getCell(4 + i, 5).value = { formula: `IF(B${4 + i}=0,0,C${4 + i}/B${4 + i})`, result: 0.77 };
    sheet.getCell(4 + i, 5).numFmt = '0.0%';
  }
  sheet.getCell('A6').value = '合计';
  for (const column of ['B', 'C', 'D']) sheet.getCell(`${column}6`).value = { formula: `SUM(${column}4:${column}5)`, result: 99 };
  sheet.getCell('A8').value = '制表人：';
  sheet.getCell('D8').value = '填报日期：';
  sheet.getColumn(1).width = 22;
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

const ask = (who: WorldPerson, path: string, body?: unknown) =>
  server.as(who, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST', body }) });
const bring = async (who: WorldPerson, id: string, bytes: Buffer) =>
  server.as(who, {
    method: 'PUT',
    url: `/api/v1/templates/${id}/file`,
    body: bytes,
    headers: { 'content-type': 'application/octet-stream', 'x-name': encodeURIComponent('月报表.xlsx') },
  });
const fill = async (who: WorldPerson, templateId: string, month: string) => {
  const id = v7();
  const started = await ask(who, `/templates/${templateId}/fill`, { id, month, preparedBy: '王工' });
  expect(started.statusCode, started.body).toBe(201);
  await workThrough(server);
  const job = (await ask(who, `/jobs/${id}`)).json<{ status: string; problem?: string; result?: object }>();
  return { job, bytes: (await ask(who, `/jobs/${id}/file`)).rawPayload };
};
const office = async (from: string, to: string): Promise<Buffer> => {
  await promisify(execFile)(
    'soffice',
    [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', to, '--outdir', folder, from],
    {
      timeout: 120_000,
    },
  );
  return readFileSync(from.replace(/\.xlsx$/u, `.${to.split(':')[0]}`));
};

describe('a form of the superior', () => {
  const id = v7();
  let map: TemplateMap;
  test('is read from its header and signs, and is the body’s alone', async () => {
    const taken = await bring(people.leaderA, id, await form());
    expect(taken.statusCode, taken.body).toBe(201);
    map = taken.json<{ map: TemplateMap }>().map;
    expect(map).toMatchObject({
      sheet: '月报',
      rows: {
        firstRow: 4,
        lastRow: 5,
        labelColumn: 'A',
        by: 'area',
        columns: [
          { column: 'B', figure: 'filed' },
          { column: 'C', figure: 'ended' },
          { column: 'D', figure: 'overdue' },
        ],
      },
    });
    expect(map.cells).toContainEqual({ cell: 'B8', value: 'preparedBy' });
    expect(map.cells).toContainEqual({ cell: 'E8', value: 'preparedOn' });
    expect((await ask(people.leaderA, '/templates')).json()).toMatchObject({
      templates: [{ id, name: '月报表', isRead: false, version: 1 }],
    });
    expect((await ask(people.dispatcherB, `/templates/${id}`)).statusCode).toBe(404);
    expect((await ask(people.handlerA, `/templates/${id}`)).statusCode).toBe(403);
    // The id is taken, though it is not seen.
    expect((await bring(people.dispatcherB, id, await form())).statusCode).toBe(409);
  });
  test('is not filled before somebody has said how, nor for a month to come, nor over a formula', async () => {
    const problem = async (path: string, body: object) => (await ask(people.leaderA, path, body)).json<{ code: string }>().code;
    expect(await problem(`/templates/${id}/fill`, { id: v7(), month: '2026-09' })).toBe('templateNotRead');
    const over = { ...map, cells: [{ cell: 'B6', value: 'filed' }] };
    expect(await problem(`/templates/${id}`, { version: 1, name: '月报表', map: over })).toBe('cellIsFormula');
    expect(await problem(`/templates/${id}`, { version: 1, name: '月报表', map: { ...map, sheet: '别的' } })).toBe('sheetMissing');
    expect((await ask(people.leaderA, `/templates/${id}`, { version: 1, name: '九月月报', map })).json()).toMatchObject({
      version: 2,
      isRead: true,
    });
    expect(await problem(`/templates/${id}`, { version: 1, name: '另名', map })).toBe('formChanged');
    expect(await problem(`/templates/${id}/fill`, { id: v7(), month: '2026-10' })).toBe('monthToCome');
  });
  test('keeps formulas, merged fields, looks and print setup when it is filled; a spreadsheet computes it from the new figures', async () => {
    const { job, bytes } = await fill(people.leaderA, id, '2026-09');
    expect(job).toMatchObject({ status: 'done', result: { unknownRows: 0 } });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const sheet = workbook.getWorksheet('月报')!;
    expect([sheet.getCell('B4').value, sheet.getCell('B5').value]).toEqual([1, 0]);
    expect([sheet.getCell('B8').value, sheet.getCell('E8').value]).toEqual(['王工', '2026年9月30日']);
    expect(sheet.getCell('B6').formula).toBe('SUM(B4:B5)');
    expect(sheet.getCell('E4').formula).toBe('IF(B4=0,0,C4/B4)');
    expect(sheet.getCell('E4').numFmt).toBe('0.0%');
    expect([sheet.getCell('C1').master.address, sheet.getCell('A3').master.address]).toEqual(['A1', 'A2']);
    expect(sheet.getCell('A1').font).toMatchObject({ bold: true, size: 18, name: '方正小标宋简体' });
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', printArea: 'A1:E8', printTitlesRow: '2:3' });
    expect(sheet.headerFooter.oddFooter).toBe('第 &P 页');
    expect(sheet.getColumn(1).width).toBe(22);
    const path = join(folder, 'filled.xlsx');
    writeFileSync(path, bytes);
    const rows = parse(await office(path, 'csv:Text - txt - csv (StarCalc):44,34,76'), { relax_column_count: true }) as string[][];
    expect(rows[5]!.slice(0, 4)).toEqual(['合计', '1', '0', '0']);
  });
  test('with a list is filled row by row, in the looks of the first, as far as there is room', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('清单');
    sheet.addRow(['序号', '工单编号', '标题', '上报时间']);
    sheet.getCell('A2').border = { bottom: { style: 'thin' } };
    sheet.getCell('D2').numFmt = 'yyyy"年"m"月"d"日"';
    const listId = v7();
    const taken = (await bring(people.dispatcherA, listId, Buffer.from(await workbook.xlsx.writeBuffer()))).json<{ map: TemplateMap }>();
    expect(taken.map.list).toMatchObject({ firstRow: 2, columns: [{ column: 'A', field: 'serial' }, {}, {}, { field: 'reportedAt' }] });
    await ask(people.dispatcherA, `/templates/${listId}`, { version: 1, name: '清单', map: taken.map });
    const { job, bytes } = await fill(people.dispatcherA, listId, '2026-09');
    expect(job).toMatchObject({ status: 'done', result: { rows: 1 } });
    const filled = new ExcelJS.Workbook();
    await filled.xlsx.load(bytes as unknown as ArrayBuffer);
    const row = filled.worksheets[0]!.getRow(2);
    expect([row.getCell(1).value, row.getCell(4).value, row.getCell(4).numFmt]).toEqual([1, expect.any(Date), 'yyyy"年"m"月"d"日"']);
    expect((await fill(people.dispatcherA, listId, '2026-08')).job).toMatchObject({ status: 'done', result: { rows: 0 } });
  });
});

describe('a form of other work and of registers', () => {
  const { areas, organizations } = WORLD;
  const caller = people.leaderA;
  const sheetOf = async (rows: readonly (readonly string[])[]): Promise<Buffer> => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('表').addRows(rows as string[][]);
    return Buffer.from(await workbook.xlsx.writeBuffer());
  };
  const save = async (id: string, map: object, version = 1): Promise<string> => {
    const answer = await ask(caller, `/templates/${id}`, { version, name: '综合月报', map: { sheet: '表', cells: [], ...map } });
    return answer.statusCode === 200 ? 'saved' : answer.json<{ code: string }>().code;
  };
  const filled = async (id: string): Promise<ExcelJS.Worksheet> => {
    const { job, bytes } = await fill(caller, id, '2026-09');
    expect(job).toMatchObject({ status: 'done', result: { unknownRows: 0 } });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    return workbook.worksheets[0]!;
  };
  beforeAll(async () => {
    const letter = {
      id: v7(),
      procedure: 'letter',
      text: '请恢复人行横道',
      areaId: areas.townA.areaId,
      officeId: organizations.lettersA.organizationId,
    };
    expect((await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body: letter })).statusCode).toBe(201);
    const quarrel = {
      id: v7(),
      kind: 'neighbour',
      origin: 'applied',
      areaId: areas.gridA11.areaId,
      place: '三栋',
      facts: '楼上漏水',
      parties: [{ name: '赵甲', phone: '13812345678' }, { name: '钱乙' }],
      mediatedOn: '2026-09-30',
      outcome: 'atOnce',
      agreement: '付清粉刷费',
    };
    const told = await ask(people.mediatorA, '/disputes', quarrel);
    expect(told.statusCode, told.body).toBe(201);
    await settleFeed(
      server.deps,
      manifests.flatMap(({ consumers = [] }) => consumers),
    );
  });

  test('tells letters beside orders; of disputes what was accepted and ended, to whoever counts them by law and to nobody else', async () => {
    const id = v7();
    await bring(
      caller,
      id,
      await sheetOf([
        ['', '', ''],
        ['邻里', '', ''],
        ['婚姻家庭', '', ''],
      ]),
    );
    const cells = [
      { cell: 'A1', value: 'filed' },
      { cell: 'B1', value: 'filed', procedureId: 'letter' },
      { cell: 'C1', value: 'standing', procedureId: 'letter' },
    ];
    const kinds = {
      firstRow: 2,
      lastRow: 3,
      labelColumn: 'A',
      by: 'category',
      columns: [
        { column: 'B', figure: 'filed', procedureId: 'mediation' },
        { column: 'C', figure: 'ended', procedureId: 'mediation' },
      ],
    };
    expect(await save(id, { cells: [{ cell: 'A1', value: 'filed', procedureId: 'nowhere' }] })).toBe('unknownProcedure');
    expect(await save(id, { cells: [{ cell: 'A1', value: 'overdue', procedureId: 'mediation' }] })).toBe('confidedNotTold');
    const list = { firstRow: 4, procedureId: 'mediation', columns: [{ column: 'A', field: 'number' }] };
    expect(await save(id, { list })).toBe('confidedNotTold');
    expect(await save(id, { cells, rows: kinds })).toBe('missingCapability');
    const holding = [v7(), people.justiceOfficer.posts[0]!.postId, caller.personId];
    await server.db.pools.maintenance.query(
      `insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-02-01')`,
      holding,
    );
    expect(await save(id, { cells, rows: kinds })).toBe('saved');
    // However many cells ask, disputes of an area are counted once for a filling.
    const queries = vi.spyOn(pg.Client.prototype, 'query');
    const sheet = await filled(id);
    const texts = queries.mock.calls.map(([query]) => (typeof query === 'string' ? query : (query as { text?: string }).text));
    expect(texts.filter((text) => text?.includes('from dispute_report('))).toHaveLength(1);
    queries.mockRestore();
    expect(['A1', 'B1', 'C1', 'B2', 'C2', 'B3', 'C3'].map((cell) => sheet.getCell(cell).value)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    // Who no longer counts by law fills it no more, though it was saved.
    await server.db.pools.maintenance.query(`update post_holding set valid_to = '2020-03-01' where holding_id = $1`, holding.slice(0, 1));
    expect((await ask(caller, `/templates/${id}/fill`, { id: v7(), month: '2026-09' })).json()).toMatchObject({
      code: 'missingCapability',
    });
  });

  test('lists any register as it stands, within the area of whoever fills it', async () => {
    const id = v7();
    await bring(caller, id, await sheetOf([['序号', '单位', '可被投诉', '启用']]));
    const list = {
      source: 'organizations',
      firstRow: 2,
      columns: ['serial', 'name', 'respondent', 'validFrom'].map((field, i) => ({ column: 'ABCD'[i], field })),
    };
    expect(await save(id, { list: { ...list, columns: [{ column: 'A', field: 'stage' }] } })).toBe('unknownColumn');
    expect(await save(id, { list })).toBe('saved');
    const rows = ((await filled(id)).getSheetValues() as unknown[][]).slice(2).map((row) => row.slice(1));
    expect(rows.map(([, name]) => name)).toContain('甲镇规划建设办');
    expect(rows.map(([, name]) => name)).not.toContain('乙镇规划建设办');
    expect(rows[0]).toEqual([1, expect.any(String), expect.stringMatching(/^[是否]$/u), expect.any(Date)]);
    const others = EXPORT_SOURCES.filter((source) => source !== 'cases' && source !== 'organizations');
    for (const [i, source] of others.entries()) {
      const field = listColumns(source)[0]!.id;
      expect([source, await save(id, { list: { source, firstRow: 2, columns: [{ column: 'A', field }] } }, 2 + i)]).toEqual([
        source,
        'saved',
      ]);
      // What is a register of its keepers alone is so in a form too.
      if (source === 'mediators' || source === 'panellists') expect((await fill(caller, id, '2026-09')).job.status).toBe('failed');
      else await filled(id);
    }
  });
});

test('an exported workbook of ten thousand rows opens in LibreOffice with its types, widths and Chinese', {
  timeout: 300_000,
}, async () => {
  expect(existsSync('/usr/bin/soffice'), 'scripts/system-deps installs LibreOffice').toBe(true);
  await fillCases(server, 10_000);
  const id = v7();
  await ask(people.hotlineDispatcher, '/exports', {
    id,
    source: 'cases',
    format: 'xlsx',
    filter: { view: 'area' },
    columns: ['number', 'title', 'town', 'reportedAt', 'days', 'lon'],
  });
  await workThrough(server);
  const path = join(folder, 'list.xlsx');
  writeFileSync(path, (await ask(people.hotlineDispatcher, `/jobs/${id}/file`)).rawPayload);
  const again = new ExcelJS.Workbook();
  // Through another program and back: what it kept is what it understood.
  await office(path, 'ods');
  rmSync(path);
  await promisify(execFile)('soffice', [
    `-env:UserInstallation=file://${folder}/profile`,
    '--headless',
    '--convert-to',
    'xlsx',
    '--outdir',
    folder,
    join(folder, 'list.ods'),
  ]);
  await again.xlsx.readFile(path);
  const sheet = again.worksheets[0]!;
  expect(sheet.name).toBe('工单');
  expect(sheet.actualRowCount).toBeGreaterThan(10_000);
  expect(sheet.getColumn(2).width).toBeCloseTo(44, 0);
  const row = sheet.getRow(6000);
  const types = [1, 2, 3, 4, 5, 6].map((n) => row.getCell(n).type);
  const { String: text, Date: date, Number: number } = ExcelJS.ValueType;
  // A rare character may stand in a run of its own: that is text too.
  const texts = [text, ExcelJS.ValueType.RichText];
  expect(types.slice(0, 3).every((type) => texts.includes(type))).toBe(true);
  expect(types[3]).toBe(date);
  expect([number, ExcelJS.ValueType.Null]).toContain(types[4]);
  expect(types[5]).toBe(number);
  expect(['甲镇', '乙镇']).toContain(row.getCell(3).value);
  const titles: string[] = [];
  sheet.getColumn(2).eachCell((cell) => titles.push(cell.text));
  expect(titles.some((title) => title.endsWith('号𠮷'))).toBe(true);
  expect(titles).toContain('=HYPERLINK("http://x")');
});
