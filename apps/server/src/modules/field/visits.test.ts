import type { NewEdit } from '@tongxin/domain/field/view.ts';
import type { SosView } from '@tongxin/domain/sos/schema.ts';
import type { VisitView } from '@tongxin/domain/visit/schema.ts';
import { workThrough } from '@tongxin/testing/long-list.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import ExcelJS from 'exceljs';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPack } from '../../cli/pack.ts';
import { withScope } from '../../platform/tx/tx.ts';
import { forgetCalls } from '../sos/index.ts';
import { eraseVisits } from '../visit/index.ts';
import { editOf, makeRecord, publishForms, publishVisit, sendEdit } from './build.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  const pack = await readPack(new URL('../../../../../packs/zhongshan', import.meta.url).pathname);
  await publishForms(server);
  await publishVisit(server, pack.build(pack.seed).city);
});
afterAll(() => server?.close());

const people = () => server.world.people;
const VALUES: Readonly<Record<string, NewEdit['changes'][number]['value']>> = {
  name: '陈某',
  age: 82,
  phone: '13800138066',
  address: '康乐路12号3栋502',
  alone: true,
  helper: '邻居林某',
  systolic: 150,
  diastolic: 85,
  medicine: false,
  healthNote: '血压偏高',
  wiring: 'bad',
  gas: 'good',
  exits: 'bad',
  'needs/r1': true,
  'needs/r1/need': '助餐补贴',
  'needs/r1/urgent': true,
  'needs/r2': true,
  'needs/r2/need': '扶手安装',
  'needs/r2/urgent': false,
  summary: '愿意申请助餐',
};
const visited = (more: Partial<NewEdit> = {}): Promise<string> =>
  makeRecord(server, people().gridWorkerA, 'visit', VALUES, {
    made: { formId: 'elderVisit', formVersion: 1, consent: true, point: { lon: 113.02, lat: 22.02 } },
    done: true,
    ...more,
  });
const readings = async (visitId: string): Promise<{ purpose: string; fields: string[] }[]> =>
  (
    await server.db.pools.maintenance.query('select purpose, fields from person_access where visit_id = $1 order by read_at, purpose', [
      visitId,
    ])
  ).rows;

describe('one visit', () => {
  it('fills four departments’ own sheets without typing again, formulas kept, each reading logged', async () => {
    const id = await visited();
    const { sheets } = (await server.as(people().gridWorkerA, { url: `/api/v1/visits/${id}/sheets` })).json<{ sheets: { id: string }[] }>();
    expect(sheets.map((sheet) => sheet.id).sort()).toEqual(['civilElder', 'fireHome', 'governanceVisit', 'healthFollowUp']);
    const filled = async (sheetId: string): Promise<ExcelJS.Worksheet> => {
      const answer = await server.as(people().gridWorkerA, {
        method: 'POST',
        url: `/api/v1/visits/${id}/sheets/${sheetId}`,
        body: { preparedBy: '网格员甲' },
      });
      expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(answer.rawPayload as unknown as ArrayBuffer);
      return workbook.worksheets[0]!;
    };
    const said = (sheet: ExcelJS.Worksheet, ...cells: string[]) => cells.map((cell) => sheet.getCell(cell).text);
    const civil = await filled('civilElder');
    expect(said(civil, 'B2', 'D2', 'B3', 'D4', 'B9', 'C9', 'B10', 'C10')).toEqual([
      '陈某',
      '82',
      '康乐路12号3栋502',
      '是',
      '助餐补贴',
      '急',
      '扶手安装',
      '缓',
    ]);
    expect(civil.getCell('C14').formula).toBe('COUNTIF(C9:C13,"急")');
    expect(civil.getCell('A1').isMerged).toBe(true);
    expect(said(civil, 'B16', 'D16')).toEqual(['网格员甲', '2026年9月30日']);
    const fire = await filled('fireHome');
    expect(said(fire, 'A2', 'D2', 'B4', 'B5', 'B6')).toEqual(['检查日期：2026年9月30日', '陈某', '×', '√', '×']);
    expect(fire.getCell('B7').formula).toBe('COUNTIF(B4:B6,"×")');
    const health = await filled('healthFollowUp');
    expect([health.getCell('B3').value, health.getCell('D3').value, health.getCell('B4').formula]).toEqual([150, 85, 'B3-D3']);
    expect(said(health, 'D4', 'B5')).toEqual(['不规律', '血压偏高']);
    const governance = await filled('governanceVisit');
    expect(said(governance, 'B2', 'D2', 'B3', 'B5')).toEqual(['甲一社区第1网格', '甲一社区网格组', '陈某', '愿意申请助餐']);
    expect((await readings(id)).map(({ purpose }) => purpose).sort()).toEqual(
      ['填写《居家消防安全检查表》', '填写《网格走访登记表》', '填写《老年人健康随访表》', '填写《高龄老人走访表》'].sort(),
    );
  });

  it('that is not finished fills none, nor one of another town', async () => {
    const id = await visited({ done: false });
    const ask = async (who = people().gridWorkerA) =>
      (await server.as(who, { method: 'POST', url: `/api/v1/visits/${id}/sheets/civilElder`, body: {} })).json().code;
    expect([await ask(), await ask(people().gridWorkerB)]).toEqual(['visitNotDone', 'notFound']);
  });

  it('is read by a colleague without anything of the person, or for a purpose that the person then reads', async () => {
    const id = await visited();
    const plain = (await server.as(people().gridLeadA, { url: `/api/v1/visits/${id}` })).json<VisitView>();
    expect([plain.fields.name, plain.fields.wiring, plain.hidden.includes('phone')]).toEqual([undefined, 'bad', true]);
    expect(await readings(id)).toEqual([]);
    const read = await server.as(people().gridLeadA, { method: 'POST', url: `/api/v1/visits/${id}/read`, body: { purpose: '接替走访' } });
    expect(read.json<VisitView>().fields.name).toBe('陈某');
    expect(await readings(id)).toMatchObject([{ purpose: '接替走访' }]);
  });

  it('opens a request for the person with what is known, once', async () => {
    const id = await visited();
    const body = { id: v7(), categoryId: 'livelihood.schooling', words: '申请助餐补贴', consent: true };
    const ask = (asked: object) => server.as(people().gridWorkerA, { method: 'POST', url: `/api/v1/visits/${id}/requests`, body: asked });
    expect((await ask({ ...body, id: v7(), categoryId: 'sanitation.binFull' })).json().code).toBe('requestNotOffered');
    const receipts = [await ask(body), await ask(body)];
    expect(receipts.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect(receipts[0]!.json()).toEqual(receipts[1]!.json());
    expect(receipts[0]!.json()).toHaveProperty('behalfOfQueryCode');
    const { rows } = await server.db.pools.maintenance.query(
      "select role, name_sealed is not null as named, phone_sealed is not null as phoned from case_party where case_id = $1 and role = 'behalfOf'",
      [body.id],
    );
    expect(rows).toEqual([{ role: 'behalfOf', named: true, phoned: true }]);
    expect((await server.as(people().gridWorkerA, { url: `/api/v1/visits/${id}` })).json<VisitView>().caseIds).toEqual([body.id]);
  });

  it('is erased when its time is over, with every edit; what it asked of the worker stays', async () => {
    const id = await visited();
    await server.db.pools.maintenance.query("update visit set expires_at = '2026-09-01' where visit_id = $1", [id]);
    expect(await eraseVisits(server.deps)).toBe(1);
    expect((await server.as(people().gridWorkerA, { url: `/api/v1/visits/${id}` })).statusCode).toBe(404);
    const { rows } = await server.db.pools.maintenance.query(
      'select status, fields_sealed, burden is not null as counted, (select count(*)::int from edit where subject_id = visit_id) as edits from visit where visit_id = $1',
      [id],
    );
    expect(rows).toEqual([{ status: 'erased', fields_sealed: null, counted: true, edits: 0 }]);
  });
});

describe('what departments ask', () => {
  it('is summed by kind of post and day, and shown of no fewer posts than five', async () => {
    await visited();
    const ask = async () => (await server.as(people().leaderA, { url: '/api/v1/statistics/burden?from=2026-09-01&to=2026-09-30' })).json();
    expect((await ask()).rows).toEqual([]);
    // The same visits, as if by five posts.
    await server.db.pools.maintenance.query(
      `insert into post (post_id, organization_id, area_id, role, title, valid_from) select gen_random_uuid(), organization_id, area_id, role, title, valid_from
        from post, generate_series(1, 4) where post_id = $1`,
      [people().gridWorkerA.posts[0]!.postId],
    );
    await server.db.pools.maintenance.query(
      `insert into visit select (jsonb_populate_record(null::visit, to_jsonb(v) || jsonb_build_object('visit_id', gen_random_uuid(), 'post_id', p.post_id))).*
        from (select * from visit where status = 'done' limit 1) v, post p where p.role = 'gridWorker' and p.area_id = $1`,
      [people().gridWorkerA.posts[0]!.areaId],
    );
    const [row] = (await ask()).rows;
    expect(row).toMatchObject({ role: 'gridWorker', posts: 5, postDays: 5 });
    expect(row.departments.map(({ code }: { code: string }) => code)).toEqual(['civil', 'fire', 'governance', 'health']);
    const asked = row.departments.reduce((sum: number, { fields }: { fields: number }) => sum + fields, 0);
    expect(asked).toBeGreaterThan(row.once.fields);
  });

  it('is taken along as a table by whoever reads figures of the area, and by nobody else', async () => {
    const start = (who: Caller, figures: object = {}) =>
      server.as(who, { method: 'POST', url: '/api/v1/exports', body: { id: v7(), source: 'burden', format: 'csv', figures } });
    const { id } = (await start(people().leaderA, { from: '2026-09-01', to: '2026-09-30' })).json<{ id: string }>();
    expect((await start(people().gridWorkerA)).json().code).toBe('missingCapability');
    // Another town's figures: refused when they are read, as the screen refuses them.
    const { id: elsewhere } = (await start(people().leaderA, { areaId: server.world.areas.townB.areaId })).json<{ id: string }>();
    await workThrough(server);
    expect((await server.as(people().leaderA, { url: `/api/v1/jobs/${elsewhere}` })).json()).toMatchObject({
      status: 'failed',
      problem: 'missingCapability',
    });
    const [head, ...lines] = (await server.as(people().leaderA, { url: `/api/v1/jobs/${id}/file` })).body.trimEnd().split('\r\n');
    expect(head).toBe('\ufeff统计起,统计止,岗位类别,部门,岗位数,岗位天数,走访和巡查,填写项数,估算分钟,每岗每天项数,每岗每天分钟');
    expect(lines.map((line) => line.split(',').slice(0, 6).join(' '))).toEqual(
      ['民政', '应急消防', '综治', '卫健', '实际填写（一次）'].map((name) => `2026-09-01 2026-09-30 网格员 ${name} 5 5`),
    );
    // The database says the same to a service that forgets to ask.
    await expect(
      withScope(server.deps.pools.app, { kind: 'person', token: people().leaderA.token }, ({ client }) =>
        client.query('select * from field_burden($1, current_date, current_date, 5)', [server.world.areas.townB.areaId]),
      ),
    ).rejects.toThrow('not these figures');
  });
});

describe('a call for help', () => {
  it('is heard at once by who answers for the area, acknowledged and ended; nobody else sees it, and its place goes', async () => {
    const { gridWorkerA, gridLeadA, dispatcherA, dispatcherB, handlerA } = people();
    const id = v7();
    const press = () =>
      server.as(gridWorkerA, { method: 'POST', url: '/api/v1/sos', body: { id, point: { lon: 113.02, lat: 22.02 }, words: '有人受伤' } });
    expect((await press()).json<SosView>()).toMatchObject({ mine: true, told: 3, mayAcknowledge: false, mayEnd: true });
    expect((await press()).statusCode).toBe(201);
    const heard = async (who: typeof gridLeadA) =>
      (await server.as(who, { url: '/api/v1/notices?kind=sos' })).json<{ notices: unknown[] }>().notices.length;
    expect([await heard(gridLeadA), await heard(dispatcherA), await heard(dispatcherB), await heard(gridWorkerA)]).toEqual([1, 1, 0, 0]);
    const seen = async (who: typeof gridLeadA) => (await server.as(who, { url: '/api/v1/sos' })).json<{ calls: SosView[] }>().calls;
    expect([(await seen(dispatcherA)).length, (await seen(dispatcherB)).length, (await seen(handlerA)).length]).toEqual([1, 0, 0]);
    const act = (who: typeof gridLeadA, what: string) => server.as(who, { method: 'POST', url: `/api/v1/sos/${id}/${what}` });
    expect((await act(dispatcherB, 'acknowledge')).statusCode).toBe(404);
    expect((await act(gridLeadA, 'acknowledge')).json<SosView>()).toMatchObject({
      acknowledgedBy: { zh: '甲一社区网格长' },
      point: { lon: 113.02 },
    });
    expect((await act(gridWorkerA, 'end')).json<SosView>()).toHaveProperty('endedAt');
    server.deps.clock.set('2026-10-02T13:40:00.000Z');
    expect(await forgetCalls(server.deps)).toBe(1);
    const { rows } = await server.db.pools.maintenance.query('select place_sealed, words_sealed from sos where sos_id = $1', [id]);
    expect(rows).toEqual([{ place_sealed: null, words_sealed: null }]);
  });
});

describe('a finding of a checklist', () => {
  it('becomes a case by the patrol’s door, which its finder settles on the spot or files for the record', async () => {
    const { gridWorkerA } = people();
    const id = await makeRecord(server, gridWorkerA, 'patrol', { charging: true });
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    for (const [action, stage, input] of [
      ['settleOnSpot', 'settled', { result: '已现场拆除' }],
      ['fileForRecord', 'filed', { note: '已列入明年计划' }],
    ] as const) {
      const [caseId, fileId] = [v7(), v7()];
      const headers = { 'content-type': 'image/png', 'x-kind': 'photo' };
      await server.as(gridWorkerA, { method: 'PUT', url: `/api/v1/cases/${caseId}/files/${fileId}`, body: picture, headers });
      const body = { id: caseId, field: 'charging', words: '飞线充电', fileIds: [fileId], occurredAt: '2099-01-01T00:00:00.000Z' };
      const file = () => server.as(gridWorkerA, { method: 'POST', url: `/api/v1/patrols/${id}/findings`, body });
      const filed = await file();
      expect(filed.statusCode, filed.body).toBe(201);
      expect((await file()).json()).toEqual(filed.json());
      const acted = await server.as(gridWorkerA, {
        method: 'POST',
        url: `/api/v1/cases/${caseId}/actions`,
        body: { commandId: v7(), action, version: 1, input, ...(action === 'settleOnSpot' ? { fileIds: [fileId] } : {}) },
      });
      expect(acted.statusCode, acted.body).toBe(200);
      const seen = (await server.as(gridWorkerA, { url: `/api/v1/cases/${caseId}` })).json();
      expect(seen).toMatchObject({ channel: 'patrol', categoryId: 'utility.gasSmell', stage });
    }
  });
});

it('an edit of a visit is of who holds the duty there', async () => {
  const id = await visited();
  expect((await sendEdit(server, people().gridWorkerB, editOf({ kind: 'visit', id }, []))).status).toBe(404);
});
