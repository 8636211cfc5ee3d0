import { COLUMNS } from '@tongxin/domain/exchange/data.ts';
import type { RegisterMap } from '@tongxin/domain/exchange/register/schema.ts';
import type { ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { workThrough } from '@tongxin/testing/long-list.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const { people } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-09-30T01:00:00.000Z' });
});
afterAll(() => server.close());

interface Taken {
  readonly id: string;
  readonly header: string[];
  readonly map: RegisterMap;
  readonly remembered: boolean;
}
interface Ended {
  readonly status: string;
  readonly problem?: string;
  readonly result: Readonly<Record<'read' | 'imported' | 'changed' | 'duplicates' | 'conflicts' | 'rejected', number>>;
  readonly detail: {
    readonly rejected: { line: number; code: string; reason: string }[];
    readonly conflicts: {
      line: number;
      key: string;
      kept?: string;
      earlierLine?: number;
      fields: { field: string; before: string; now: string }[];
    }[];
    readonly accounts: { line: number; username: string; firstPassword: string }[];
  };
  readonly file?: { readonly url: string };
}

const bring = (caller: Caller, as: ImportRegister, bytes: string | Buffer) =>
  server.as(caller, {
    method: 'PUT',
    url: `/api/v1/uploads/${v7()}?as=${as}`,
    body: Buffer.from(bytes),
    headers: { 'content-type': 'text/csv', 'x-name': encodeURIComponent('台账.csv') },
  });
const taken = async (as: ImportRegister, bytes: string | Buffer, caller: Caller = people.administrator): Promise<Taken> => {
  const answer = await bring(caller, as, bytes);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const start = (caller: Caller, body: object) => server.as(caller, { method: 'POST', url: '/api/v1/imports', body });
const run = async (
  { id: uploadId, map }: Taken,
  { dryRun = false, take, caller = people.administrator }: { dryRun?: boolean; take?: object[]; caller?: Caller } = {},
): Promise<Ended> => {
  const id = v7();
  const started = await start(caller, { id, uploadId, map, dryRun, ...(take ? { take } : {}) });
  expect(started.statusCode, started.body).toBe(201);
  await workThrough(server);
  return (await server.as(caller, { url: `/api/v1/jobs/${id}` })).json<Ended>();
};
const brought = async (as: ImportRegister, bytes: string | Buffer, options: Parameters<typeof run>[1] = {}): Promise<Ended> =>
  run(await taken(as, bytes, options?.caller), options);

const exported = async (
  source: string,
  format: 'csv' | 'xlsx',
  lang: 'zh' | 'en' = 'zh',
  caller: Caller = people.administrator,
): Promise<Buffer> => {
  const id = v7();
  const columns = COLUMNS[source as ImportRegister].filter(({ inward }) => !inward).map((column) => column.id);
  const answer = await server.as(caller, {
    method: 'POST',
    url: `/api/v1/exports?lang=${lang}`,
    body: { id, source, format, columns },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  await workThrough(server);
  return (await server.as(caller, { url: `/api/v1/jobs/${id}/file` })).rawPayload;
};
/** The same table with cells changed by somebody. */
const edited = (bytes: Buffer, change: (row: Record<string, string>, n: number) => void): string => {
  const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[];
  rows.forEach(change);
  return stringify(rows, { header: true });
};
const logged = async (): Promise<number> =>
  (await server.db.pools.maintenance.query<{ n: number }>('select count(*)::int as n from administration_log')).rows[0]!.n;
const sum = ({ result }: Ended): number => result.imported + result.duplicates + result.conflicts + result.rejected;
const table = (rows: readonly (readonly string[])[]): string => stringify(rows as string[][]);

const BODIES = [
  ['单位名称', '单位类型', '所在区域', '上级单位'],
  ['甲镇城建服务站', '部门', '甲镇', '甲镇城建中心'],
  ['甲镇城建中心', '部门', '甲镇', ''],
];
const DUTIES = [
  ['清单', '清单类型', '适用区域', '依据', '条目', '事项', '类别', '承办单位'],
  ['甲镇基本履职清单', '镇街基本履职', '甲镇', '甲府〔2026〕1号', '1', '路灯维护', '路灯不亮', '甲镇规划建设办'],
  ['甲镇基本履职清单', '镇街基本履职', '甲镇', '甲府〔2026〕1号', '2', '道路清扫', '', '甲镇环卫所'],
];
const SHIFTS = [
  ['单位', '岗位', '班次', '开始', '结束'],
  ['甲镇规划建设办', '甲镇规划建设办承办员', '夜班', '2099-10-09 18:00', '2099-10-10 08:00'],
];

describe('who may not by the form may not by a file', () => {
  test('a table of a register is taken in from nobody without its capability, nor imported', async () => {
    for (const [caller, status] of [
      [people.dispatcherA, 403],
      [people.residentA, 403],
      ['anonymous', 401],
    ] as const)
      expect((await bring(caller, 'organizations', table(BODIES))).statusCode).toBe(status);
    // A head plans the own roster and no bodies.
    expect((await bring(people.bodyHeadA, 'organizations', table(BODIES))).statusCode).toBe(403);
    const { map } = await taken('organizations', table(BODIES));
    const { id: uploadId } = await taken('shifts', table(SHIFTS), people.bodyHeadA);
    expect((await start(people.bodyHeadA, { id: v7(), uploadId, map, dryRun: true })).statusCode).toBe(403);
  });
  test('a head brings in shifts of the own body, and of no other', async () => {
    const rows = [...SHIFTS, ['乙镇规划建设办', '乙镇规划建设办承办员', '夜班', '2099-10-09 18:00', '2099-10-10 08:00']];
    const before = await logged();
    const rehearsed = await brought('shifts', table(rows), { caller: people.bodyHeadA, dryRun: true });
    expect(rehearsed.result).toMatchObject({ imported: 1, rejected: 1 });
    expect(await logged()).toBe(before);
    const ended = await brought('shifts', table(rows), { caller: people.bodyHeadA });
    expect(ended.result).toMatchObject({ read: 2, imported: 1, rejected: 1 });
    expect(ended.detail.rejected).toMatchObject([{ line: 3, code: 'beyondYourArea' }]);
    expect(await logged()).toBe(before + 1);
    expect((await brought('shifts', table(rows), { caller: people.bodyHeadA })).result).toMatchObject({ imported: 0, duplicates: 1 });
  });
});

describe('a table of bodies', () => {
  test('is rehearsed whole without a trace, also where a row rests on one further down', async () => {
    const before = await logged();
    const ended = await brought('organizations', table(BODIES), { dryRun: true });
    expect(ended.result).toMatchObject({ read: 2, imported: 2, rejected: 0 });
    expect(await logged()).toBe(before);
  });
  test('is imported as the form would, logged, and the same again brings nothing', async () => {
    const before = await logged();
    expect((await brought('organizations', table(BODIES))).result).toMatchObject({ imported: 2, changed: 0 });
    expect(await logged()).toBe(before + 2);
    const { rows } = await server.db.pools.maintenance.query(
      `select o.kind, p.name->>'zh' as above from organization o join organization p on p.organization_id = o.parent_id where o.name->>'zh' = $1`,
      ['甲镇城建服务站'],
    );
    expect(rows).toEqual([{ kind: 'department', above: '甲镇城建中心' }]);
    const again = await taken('organizations', table(BODIES));
    expect(again.remembered).toBe(true);
    expect((await run(again)).result).toMatchObject({ imported: 0, duplicates: 2, conflicts: 0 });
    expect(await logged()).toBe(before + 2);
  });
  test('accounts for every row: what is unknown, ambiguous, missing or twice has its line and its reason, and stands in the file', async () => {
    const ended = await brought(
      'organizations',
      table([
        BODIES[0]!,
        ['甲镇新办', '没有的类型', '甲镇', ''],
        ['甲镇新办', '部门', '丙镇', ''],
        ['', '部门', '甲镇', ''],
        ['甲镇新办', '部门', '甲镇', '没有的单位'],
        ['甲镇新办', '部门', '甲镇', ''],
        ['甲镇新办', '部门', '甲镇', ''],
        ['甲镇新办', '物业', '甲镇', ''],
        ['=cmd()', '部门', '丙镇', ''],
      ]),
    );
    expect(ended.result).toMatchObject({ read: 8, imported: 1, duplicates: 1, conflicts: 1, rejected: 5 });
    expect(sum(ended)).toBe(ended.result.read);
    expect(ended.detail.rejected).toMatchObject([
      { line: 2, code: 'codeUnknown', reason: '“单位类型”不是可选的内容' },
      { line: 3, code: 'nameUnknown' },
      { line: 4, code: 'cellMissing' },
      { line: 5, code: 'nameUnknown' },
      { line: 9, code: 'nameUnknown' },
    ]);
    expect(ended.detail.conflicts).toMatchObject([{ line: 8, earlierLine: 6, fields: [{ field: 'kind', before: '部门', now: '物业' }] }]);
    const file = await server.as(people.administrator, { url: ended.file!.url });
    expect(file.body).toContain("'=cmd()");
    expect(parse(file.body, { bom: true })).toHaveLength(7);
  });
});

describe('what was exported', () => {
  const REGISTERS = ['organizations', 'posts', 'dutyItems', 'categories', 'articles', 'facilities', 'shifts', 'calendarDays'] as const;
  beforeAll(async () => {
    await brought('dutyItems', table(DUTIES));
    await brought(
      'articles',
      table([
        ['标题', '内容', '类别', '负责单位'],
        ['路灯报修', '-先看编号\n再拨电话', '路灯不亮', '甲镇规划建设办'],
      ]),
    );
  });
  test.each(REGISTERS.flatMap((register) => (['zh', 'en'] as const).map((lang) => [register, lang] as const)))(
    'of %s in %s comes back as it went, as text and as a workbook',
    async (register, lang) => {
      for (const format of ['csv', 'xlsx'] as const) {
        const upload = await taken(register, await exported(register, format, lang));
        expect(upload.map).toMatchObject({ register, language: lang });
        const ended = await run(upload, { dryRun: true });
        expect(ended.detail.rejected).toEqual([]);
        expect(ended.detail.conflicts).toEqual([]);
        expect(ended.result.read).toBeGreaterThan(0);
        expect(ended.result.duplicates).toBe(ended.result.read);
      }
    },
  );
  test('and had one row changed in a spreadsheet shows exactly this row with both sides; it is changed only when somebody takes the table’s', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await exported('organizations', 'xlsx')) as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    const header = (sheet.getRow(1).values as string[]).slice(1);
    const at = (name: string): number => header.indexOf(name) + 1;
    const rows = Array.from({ length: sheet.rowCount - 1 }, (_, i) => sheet.getRow(i + 2));
    const row = rows.find((one) => one.getCell(at('单位名称')).value === '甲镇环卫所')!;
    row.getCell(at('单位名称')).value = '甲镇环境卫生站';
    row.getCell(at('发文代字')).value = '甲环';
    const upload = await taken('organizations', Buffer.from(await workbook.xlsx.writeBuffer()));
    const rehearsed = await run(upload, { dryRun: true });
    expect(rehearsed.result).toMatchObject({ imported: 0, conflicts: 1, rejected: 0 });
    const [shown] = rehearsed.detail.conflicts;
    expect(shown).toMatchObject({
      line: row.number,
      fields: [
        { field: 'name', before: '甲镇环卫所', now: '甲镇环境卫生站' },
        { field: 'mark', before: '', now: '甲环' },
      ],
    });
    // Nobody chose: it stays.
    expect((await run(upload)).result).toMatchObject({ imported: 0, conflicts: 1 });
    const before = await logged();
    const take = [{ line: shown!.line, kept: shown!.kept! }];
    // What was looked at is not what stands.
    expect((await run(upload, { take: [{ line: shown!.line, kept: '0'.repeat(64) }] })).result).toMatchObject({ conflicts: 1 });
    expect((await run(upload, { take })).result).toMatchObject({ imported: 1, changed: 1, conflicts: 0 });
    expect(await logged()).toBe(before + 1);
    const { rows: now } = await server.db.pools.maintenance.query(`select name, mark from organization where organization_id = $1`, [
      WORLD.organizations.sanitationA.organizationId,
    ]);
    expect(now).toEqual([{ name: { zh: '甲镇环境卫生站', en: 'Sanitation Station A' }, mark: '甲环' }]);
    expect((await run(upload, { take })).result).toMatchObject({ imported: 0, conflicts: 0, duplicates: rehearsed.result.read });
  });
  test('changes of the other registers are versions, clauses and shifts like those of the form', async () => {
    const changedOnce = async (
      register: ImportRegister,
      change: (row: Record<string, string>) => void,
      isOne: (row: Record<string, string>) => boolean,
    ) => {
      const upload = await taken(
        register,
        edited(await exported(register, 'csv'), (row) => {
          if (isOne(row)) change(row);
        }),
      );
      const { conflicts } = (await run(upload, { dryRun: true })).detail;
      expect(conflicts).toHaveLength(1);
      const ended = await run(upload, { take: [{ line: conflicts[0]!.line, kept: conflicts[0]!.kept! }] });
      expect(ended.detail.rejected).toEqual([]);
      expect(ended.result).toMatchObject({ imported: 1, changed: 1, rejected: 0 });
      expect((await run(upload)).result).toMatchObject({ imported: 0, conflicts: 0, rejected: 0 });
    };
    await changedOnce(
      'categories',
      (row) => Object.assign(row, { 时限: '5', 时限单位: '工作日' }),
      (row) => row.名称 === '路灯不亮',
    );
    await changedOnce(
      'dutyItems',
      (row) => Object.assign(row, { 事项: '道路保洁' }),
      (row) => row.条目 === '2' && row.清单 === DUTIES[1]![0],
    );
    await changedOnce(
      'articles',
      (row) => Object.assign(row, { 内容: '拨打热线。' }),
      (row) => row.标题 === '路灯报修',
    );
    await changedOnce(
      'shifts',
      (row) => Object.assign(row, { 结束: '2099/10/10 9:00' }),
      (row) => row.班次 === '夜班',
    );
    await changedOnce(
      'posts',
      (row) => Object.assign(row, { 岗位: '首席承办人' }),
      (row) => row.单位 === '乙镇规划建设办' && row.岗位类别 === '承办人',
    );
    const { rows } = await server.db.pools.maintenance.query(
      `select limit_amount as n, version from category where name->>'zh' = '路灯不亮' and valid_to is null`,
    );
    expect(rows).toEqual([{ n: 5, version: 2 }]);
  });
  test('and changed where a table may not is refused with the field', async () => {
    const upload = await taken(
      'posts',
      edited(await exported('posts', 'csv'), (row, n) => n === 0 && Object.assign(row, { 岗位类别: '管理员' })),
    );
    expect((await run(upload, { dryRun: true })).detail.rejected).toMatchObject([
      {
        line: 2,
        code: 'cellFixed',
        reason: '“岗位类别”不能用表格改动',
        fields: [{ field: 'role', before: expect.not.stringContaining('管理员'), now: '管理员' }],
      },
    ]);
  });
  test('and refused by its own form says why already in the rehearsal, with both sides', async () => {
    const upload = await taken(
      'posts',
      edited(await exported('posts', 'csv'), (row, n) => n === 0 && Object.assign(row, { 责任人序位: '99' })),
    );
    const { detail } = await run(upload, { dryRun: true });
    expect(detail.conflicts).toEqual([]);
    expect(detail.rejected).toMatchObject([
      { line: 2, code: 'cellUnfit', reason: '“责任人序位”填写不符合要求', fields: [{ field: 'responsibility', now: '99' }] },
    ]);
  });
});

describe('registers of whoever settles disputes', () => {
  const MEDIATORS = [
    ['调解组织', '岗位', '姓名', '擅长', '语言', '备案号', '特邀法院', '特邀起', '电话', '住址'],
    ['甲镇人民调解委员会', '甲镇调解员', '何青', '邻里、物业', '普通话、粤语', '甲调备1号', '', '', '13800001111', '甲镇一街1号'],
  ];
  const PANELLISTS = [
    ['姓名', '身份', '区域', '工作单位', '从哪天起'],
    ['听证甲', '居民', '甲镇', '', '2026-01-01'],
    ['听证乙', '律师', '甲镇', '甲镇规划建设办', '2026-01-01'],
  ];

  test('are brought in and taken along by their keepers alone; what only a keeper reads leaves in no file', async () => {
    for (const [register, rows] of [
      ['mediators', MEDIATORS],
      ['panellists', PANELLISTS],
    ] as const)
      for (const [caller, status] of [
        [people.administrator, 403],
        [people.mediatorA, 403],
        [people.residentA, 403],
        ['anonymous', 401],
      ] as const) {
        expect((await bring(caller, register, table(rows))).statusCode).toBe(status);
        const body = { id: v7(), source: register, format: 'csv' };
        expect((await server.as(caller, { method: 'POST', url: '/api/v1/exports', body })).statusCode).toBe(status);
      }
    const asked = { id: v7(), source: 'mediators', format: 'csv', columns: ['name', 'phone'] };
    const answer = await server.as(people.mediationHeadA, { method: 'POST', url: '/api/v1/exports', body: asked });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'unknownColumn']);
  });

  test('mediators: rehearsed, brought in, back as a workbook, changed where the keeper takes the table’s side; telephone and home stay', async () => {
    const caller = people.mediationHeadA;
    const [header, line] = MEDIATORS as [string[], string[]];
    const other = line.with(0, '乙镇人民调解委员会').with(1, '乙镇调解员');
    const both = table([header, line, other]);
    expect((await brought('mediators', both, { caller, dryRun: true })).result).toMatchObject({ imported: 1, rejected: 1 });
    expect((await brought('mediators', both, { caller })).result).toMatchObject({ read: 2, imported: 1, rejected: 1 });
    expect((await brought('mediators', table([header, line]), { caller })).result).toMatchObject({ imported: 0, duplicates: 1 });
    for (const lang of ['zh', 'en'] as const) {
      const back = await run(await taken('mediators', await exported('mediators', 'xlsx', lang, caller), caller), { dryRun: true, caller });
      expect(back.result).toMatchObject({ read: 1, duplicates: 1, conflicts: 0, rejected: 0 });
    }
    const file = edited(await exported('mediators', 'csv', 'zh', caller), (row) =>
      Object.assign(row, { 擅长: '邻里、劳动争议', 特邀法院: '甲县人民法院', 特邀起: '2026-01-01' }),
    );
    expect(file).not.toContain('13800001111');
    const upload = await taken('mediators', file, caller);
    const [shown] = (await run(upload, { dryRun: true, caller })).detail.conflicts;
    expect(shown!.fields.map(({ field }) => field)).toEqual(['kinds', 'court', 'courtFrom']);
    expect((await run(upload, { caller })).result).toMatchObject({ imported: 0, conflicts: 1 });
    const take = [{ line: shown!.line, kept: shown!.kept! }];
    expect((await run(upload, { caller, take })).result).toMatchObject({ imported: 1, changed: 1 });
    const { mediators } = (await server.as(caller, { url: '/api/v1/mediators' })).json();
    expect(mediators).toMatchObject([
      { name: '何青', phone: '13800001111', home: '甲镇一街1号', kinds: ['labour', 'neighbour'], court: { name: '甲县人民法院' } },
    ]);
    const wrongPost = table([header, line.with(1, '甲镇没有的岗')]);
    expect((await brought('mediators', wrongPost, { caller })).detail.rejected).toMatchObject([{ code: 'nameUnknown' }]);
  });

  test('panellists: a number stays with its person, so that a table changes days alone', async () => {
    const caller = people.dispatcherA;
    expect((await brought('panellists', table(PANELLISTS), { caller })).result).toMatchObject({ read: 2, imported: 2 });
    expect((await brought('panellists', table(PANELLISTS), { caller })).result).toMatchObject({ imported: 0, duplicates: 2 });
    const out = await exported('panellists', 'csv', 'zh', caller);
    const days = await taken(
      'panellists',
      edited(out, (row) => row.姓名 === '听证乙' && Object.assign(row, { '到哪天止（不含）': '2027-01-01' })),
      caller,
    );
    const [shown] = (await run(days, { dryRun: true, caller })).detail.conflicts;
    expect(shown!.fields).toEqual([{ field: 'until', before: '', now: '2027-01-01' }]);
    expect((await run(days, { caller, take: [{ line: shown!.line, kept: shown!.kept! }] })).result).toMatchObject({ changed: 1 });
    const renamed = await taken(
      'panellists',
      edited(out, (row) => row.姓名 === '听证甲' && Object.assign(row, { 姓名: '别的人' })),
      caller,
    );
    expect((await run(renamed, { dryRun: true, caller })).detail.rejected).toMatchObject([{ code: 'cellFixed' }]);
  });
});

describe('a table of reply templates', () => {
  const HEAD = ['标题', '内容', '类别', '单位'];
  const [mine, theirs] = ['甲镇规划建设办', '乙镇规划建设办'];
  const caller = people.bodyHeadA;
  const kept = async () =>
    (await server.as(caller, { url: '/api/v1/reply-templates' })).json<{ templates: { title: string; text: string; version: number }[] }>()
      .templates;

  test('brings in those of the own office, judged by its form: no name of a person, no placeholder there is not, none of another office', async () => {
    const rows = [
      HEAD,
      ['已派单', '您反映的{category}（编号{caseNumber}）已转{leadOrganization}。', '路灯不亮', mine],
      ['找人', '请找王建国师傅，电话 13812345678。', '', mine],
      ['空格', '您好，{name}。', '', mine],
      ['别家', '已收到。', '', theirs],
    ] as const;
    expect((await bring(people.handlerA, 'replyTemplates', table(rows))).statusCode).toBe(403);
    const rehearsed = await brought('replyTemplates', table(rows), { caller, dryRun: true });
    expect(rehearsed.result).toMatchObject({ imported: 1, rejected: 3 });
    expect(await kept()).toEqual([]);
    const ended = await brought('replyTemplates', table(rows), { caller });
    expect(ended.detail.rejected.map(({ line, code }) => [line, code])).toEqual([
      [3, 'personInTemplate'],
      [4, 'unknownPlaceholder'],
      [5, 'beyondYourArea'],
    ]);
    expect(await kept()).toMatchObject([{ title: '已派单', version: 1 }]);
  });

  test('goes out and comes back as it went; a changed one shows both sides, and is changed once somebody takes the table’s', async () => {
    const id = v7();
    const columns = COLUMNS.replyTemplates.map((column) => column.id);
    await server.as(caller, { method: 'POST', url: '/api/v1/exports', body: { id, source: 'replyTemplates', format: 'csv', columns } });
    await workThrough(server);
    const file = (await server.as(caller, { url: `/api/v1/jobs/${id}/file` })).rawPayload;
    expect((await brought('replyTemplates', file, { caller })).result).toMatchObject({ read: 1, duplicates: 1, imported: 0 });
    const upload = await taken(
      'replyTemplates',
      edited(file, (row) => Object.assign(row, { 内容: '{caseNumber}已派单。' })),
      caller,
    );
    const { conflicts } = (await run(upload, { dryRun: true, caller })).detail;
    expect(conflicts).toMatchObject([{ line: 2, fields: [{ field: 'text', now: '{caseNumber}已派单。' }] }]);
    const take = [{ line: 2, kept: conflicts[0]!.kept! }];
    expect((await run(upload, { take, caller })).result).toMatchObject({ imported: 1, changed: 1 });
    expect(await kept()).toMatchObject([{ title: '已派单', text: '{caseNumber}已派单。', version: 2 }]);
    expect((await run(upload, { take, caller })).result).toMatchObject({ imported: 0, duplicates: 1 });
  });
});

describe('a table of people', () => {
  const PEOPLE = [
    ['用户名', '姓名', '单位', '岗位'],
    ['wang-new', '王某', '甲镇规划建设办', '甲镇规划建设办承办员'],
    ['wang-new', '王某', '甲镇城建中心', '承办员'],
    ['Bad Name!', '李某', '甲镇规划建设办', '甲镇规划建设办承办员'],
    ['li-new', '李某', '甲镇规划建设办', '没有的岗位'],
    [people.handlerB.username, '', '甲镇规划建设办', '甲镇规划建设办承办员'],
  ];
  test('gives accounts and posts as the form does; first passwords are told to whoever brought it, and stand in no file', async () => {
    await brought(
      'posts',
      table([
        ['岗位', '单位', '负责区域', '岗位类别'],
        ['承办员', '甲镇城建中心', '甲镇', '承办人'],
      ]),
    );
    const rehearsed = await brought('people', table(PEOPLE), { dryRun: true });
    expect(rehearsed.result).toMatchObject({ imported: 3, rejected: 2 });
    expect(rehearsed.detail.accounts).toEqual([]);
    const accounts = async (name: string) =>
      (await server.db.pools.auth.query(`select 1 from auth."user" where username = $1`, [name])).rows.length;
    expect(await accounts('wang-new')).toBe(0);
    const ended = await brought('people', table(PEOPLE));
    expect(ended.result).toMatchObject({ read: 5, imported: 3, rejected: 2 });
    expect(ended.detail.rejected.map(({ line }) => line)).toEqual([4, 5].sort());
    expect(ended.detail.accounts).toMatchObject([{ line: 2, username: 'wang-new', firstPassword: expect.stringMatching(/.{8,}/u) }]);
    expect(await accounts('wang-new')).toBe(1);
    const { rows } = await server.db.pools.maintenance.query(
      `select p.password_once, count(*)::int as posts from person p join post_holding h using (person_id)
        where h.valid_from = '2026-09-30' and p.password_once group by p.person_id`,
    );
    expect(rows).toEqual([{ password_once: true, posts: 2 }]);
    const file = await server.as(people.administrator, { url: ended.file!.url });
    expect(file.body).not.toContain(ended.detail.accounts[0]!.firstPassword);
    const again = await brought('people', table(PEOPLE));
    expect(again.result).toMatchObject({ imported: 0, duplicates: 3, rejected: 2 });
    expect(again.detail.accounts).toEqual([]);
  });
});

describe('a table of facilities', () => {
  const LAMPS = [
    ['编号', '名称', '种类', '经度', '纬度', '所在区域'],
    ['99000001037000002', '北门路灯2号', '路灯', '113.031', '22.031', ''],
    ['99000001037000003', '北门路灯3号', '路灯', '113.032', '22.032', '甲镇'],
    ['99000001037000004', '北门路灯4号', '路灯', '113.032', '22.032', '乙镇'],
    ['99000001037000005', '海里的路灯', '路灯', '0', '0', ''],
    ['', '没有编号的路灯', '路灯', '113.032', '22.032', ''],
    ['99000001037000006', '飞碟', '飞碟', '113.032', '22.032', ''],
  ];
  const placed = async (code: string) =>
    (await server.db.pools.maintenance.query('select lon, lat, area_id from facility where code = $1 and valid_to is null', [code])).rows;

  test('comes in where each stands, by its number; the same again brings nothing, and a moved one shows both sides', async () => {
    const ended = await brought('facilities', table(LAMPS));
    expect(ended.detail.rejected).toMatchObject([
      { line: 4, code: 'placeElsewhere' },
      { line: 5, code: 'placeOutside' },
      { line: 6, code: 'cellMissing', reason: '“编号”没有填写' },
      { line: 7, code: 'codeUnknown' },
    ]);
    expect(ended.result).toMatchObject({ read: 6, imported: 2, rejected: 4 });
    expect(await placed('99000001037000002')).toMatchObject([{ area_id: WORLD.areas.gridA11.areaId }]);
    expect(await placed('99000001037000003')).toMatchObject([{ area_id: WORLD.areas.townA.areaId }]);
    const moved = LAMPS.slice(0, 2).map((row, n) => (n ? row.with(3, '113.0315') : row));
    const upload = await taken('facilities', table(moved));
    const { conflicts } = (await run(upload, { dryRun: true })).detail;
    expect(conflicts).toMatchObject([{ fields: [{ field: 'lon', before: '113.031', now: '113.0315' }] }]);
    const take = [{ line: conflicts[0]!.line, kept: conflicts[0]!.kept! }];
    expect((await run(upload, { take })).result).toMatchObject({ imported: 1, changed: 1 });
    expect((await run(upload)).result).toMatchObject({ imported: 0, duplicates: 1 });
  });

  test('says by a day what is gone: shown before it is, taken out as it stands, and nothing of it said twice', async () => {
    const told = (day: string, code = '99000001037000003') =>
      table([
        ['编号', '名称', '种类', '经度', '纬度', '撤销日期'],
        [code, '改了名的灯', '路灯', '113.031', '22.031', day],
      ]);
    const upload = await taken('facilities', told('2026/9/30'));
    const { conflicts } = (await run(upload, { dryRun: true })).detail;
    expect(conflicts).toMatchObject([{ line: 2, fields: [{ field: 'closedOn', before: '', now: '2026-09-30' }] }]);
    expect((await run(upload)).result).toMatchObject({ imported: 0, conflicts: 1 });
    expect(await placed('99000001037000003')).toHaveLength(1);
    const take = [{ line: 2, kept: conflicts[0]!.kept! }];
    expect((await run(upload, { take })).result).toMatchObject({ imported: 1, changed: 1 });
    expect(await placed('99000001037000003')).toEqual([]);
    const { rows } = await server.db.pools.maintenance.query(
      `select name->>'zh' as name, valid_to::text as day from facility where code = $1`,
      ['99000001037000003'],
    );
    expect(rows).toEqual([{ name: '北门路灯3号', day: '2026-09-30' }]);
    expect((await run(upload)).result).toMatchObject({ imported: 0, duplicates: 1, conflicts: 0 });
    for (const [day, code, why] of [
      ['2026-10-01', '99000001037000002', 'dateInFuture'],
      ['2026-09-29', '99000001037000002', 'endsBeforeItBegins'],
      ['2026-09-29', '99000001037999999', 'rowUnknown'],
      ['2026-09-28', '99000001037000003', 'facilityClosed'],
    ] as const)
      expect((await brought('facilities', told(day, code), { dryRun: true })).detail.rejected).toMatchObject([{ line: 2, code: why }]);
    // Its number is free for what is put in its place, and comes in as something new.
    expect((await brought('facilities', told('')).then(({ result }) => result)).imported).toBe(1);
    expect(await placed('99000001037000003')).toHaveLength(1);
  });

  test('goes out as GeoJSON and comes back as it went; what is drawn is where it is, a line is no lamp', async () => {
    const id = v7();
    const body = { id, source: 'facilities', format: 'geojson', columns: COLUMNS.facilities.map((column) => column.id) };
    await server.as(people.administrator, { method: 'POST', url: '/api/v1/exports', body });
    await workThrough(server);
    const { rawPayload } = await server.as(people.administrator, { url: `/api/v1/jobs/${id}/file` });
    const ended = await brought('facilities', rawPayload, { dryRun: true });
    expect(ended.detail).toMatchObject({ rejected: [], conflicts: [] });
    expect(ended.result.duplicates).toBe(ended.result.read);
    const feature = (code: string, geometry: object) => ({ type: 'Feature', geometry, properties: { code, name: '灯', kind: 'lamp' } });
    const features = [
      feature('99000001037000011', { type: 'Point', coordinates: [113.03, 22.03] }),
      feature('99000001037000012', { type: 'LineString', coordinates: [] }),
    ];
    const upload = await taken('facilities', JSON.stringify({ type: 'FeatureCollection', features }));
    // As a map service of the country gives them: some five hundred metres off.
    const shifted = await run({ ...upload, map: { ...upload.map, datum: 'gcj02' } });
    expect(shifted.detail.rejected).toMatchObject([{ line: 2, code: 'pointUnfit' }]);
    const [lamp] = await placed('99000001037000011');
    expect(Math.abs(lamp!.lon - 113.03)).toBeGreaterThan(0.003);
    expect((await bring(people.administrator, 'facilities', '{"type":"Feature"}')).json()).toMatchObject({ code: 'notFeatureCollection' });
  });
});

describe('a table of days off', () => {
  const HEAD = ['日期', '安排', '节日', '通知'];
  const NOTICE = '国办发明电〔2030〕1号';
  const YEAR = [
    ...['2031-01-01', '2031/5/1', '2031-10-01', '2031年10月2日', '2031-10-03'].map((day) => [day, '放假', '某节', NOTICE]),
    ['2031-10-12', '上班', '国庆节', NOTICE],
  ];
  const known = async () =>
    (
      await server.db.pools.maintenance.query<{ day: string; kind: string; source: string }>(
        `select e.day::text as day, e.kind, y.source from calendar_exception e join calendar_year y on y.year = extract(year from e.day)
          where y.year = 2031 order by day`,
      )
    ).rows;

  test('loads a year whole or not at all, as its form does', async () => {
    const lacking = await brought('calendarDays', table([HEAD, ...YEAR.slice(1)]));
    expect(lacking.result).toMatchObject({ imported: 0, rejected: 5 });
    expect(lacking.detail.rejected[0]).toMatchObject({ line: 2, code: 'calendarHolidayMissing' });
    const broken = await brought('calendarDays', table([HEAD, ...YEAR, ['某日', '放假', '某节', NOTICE]]));
    expect(broken.result).toMatchObject({ imported: 0, rejected: 7 });
    expect(broken.detail.rejected[0]).toMatchObject({ line: 2, code: 'wholeBroken' });
    const before = await logged();
    expect((await brought('calendarDays', table([HEAD, ...YEAR]), { dryRun: true })).result).toMatchObject({ imported: 6, rejected: 0 });
    expect(await known()).toEqual([]);
    expect((await brought('calendarDays', table([HEAD, ...YEAR]))).result).toMatchObject({ read: 6, imported: 6, rejected: 0 });
    expect(await logged()).toBe(before + 1);
    expect((await known()).map(({ day }) => day)).toHaveLength(6);
    expect((await brought('calendarDays', table([HEAD, ...YEAR]))).result).toMatchObject({ imported: 0, duplicates: 6 });
  });

  test('amends a known year day by day, only where somebody takes the table’s side', async () => {
    const amended = table([HEAD, ['2031-10-12', '放假', '国庆节', NOTICE], ['2031-10-04', '放假', '国庆节', NOTICE]]);
    const upload = await taken('calendarDays', amended);
    const rehearsed = await run(upload, { dryRun: true });
    expect(rehearsed.result).toMatchObject({ imported: 1, conflicts: 1 });
    expect(rehearsed.detail.conflicts).toMatchObject([{ line: 2, fields: [{ field: 'kind', before: '上班', now: '放假' }] }]);
    const [shown] = rehearsed.detail.conflicts;
    expect((await run(upload)).result).toMatchObject({ imported: 1, conflicts: 1 });
    expect((await run(upload, { take: [{ line: 2, kept: shown!.kept! }] })).result).toMatchObject({
      imported: 1,
      changed: 1,
      duplicates: 1,
    });
    expect(await known()).toMatchObject([{}, {}, {}, {}, {}, { day: '2031-10-04' }, { day: '2031-10-12', kind: 'off', source: NOTICE }]);
    expect((await bring(people.bodyHeadA, 'calendarDays', amended)).statusCode).toBe(403);
  });
});

describe('what cannot be read', () => {
  test('is refused whole: columns by which nothing is known, columns there are not, too many rows', async () => {
    const upload = await taken('organizations', table(BODIES));
    const refused = async (columns: RegisterMap['columns']): Promise<string> => {
      const map = { ...upload.map, columns };
      return (await start(people.administrator, { id: v7(), uploadId: upload.id, map, dryRun: true })).json<{ code: string }>().code;
    };
    const { area: _, ...unplaced } = upload.map.columns;
    expect(await refused(unplaced)).toBe('keyUnmapped');
    expect(await refused({ ...upload.map.columns, mark: '没有的列' })).toBe('columnMissing');
    const long = [BODIES[0]!, ...Array.from({ length: 5001 }, (_row, n) => [`某单位${n}`, '部门', '甲镇', ''])];
    expect(await brought('organizations', table(long), { dryRun: true })).toMatchObject({ status: 'failed', problem: 'tooManyRows' });
    expect((await bring(people.administrator, 'organizations', '')).json()).toMatchObject({ code: 'fileEmpty' });
  });
});
