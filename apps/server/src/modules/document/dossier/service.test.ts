import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument } from '@cantoo/pdf-lib';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { DossierView } from '@tongxin/domain/dossier/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

const { people, areas } = WORLD;
let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), 'tongxin-dossier-'));
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const call = (caller: Caller, path: string, body?: unknown) =>
  server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST', body }) });
const attach = async (id: string, bytes: Buffer, mediaType: string, kind: string): Promise<string> => {
  const fileId = v7();
  const headers = { 'content-type': mediaType, 'x-kind': kind };
  const put = await server.as(people.mediatorA, { method: 'PUT', url: `/api/v1/cases/${id}/files/${fileId}`, body: bytes, headers });
  expect(put.statusCode, put.body).toBeLessThan(300);
  return fileId;
};
/** A PDF from elsewhere: two pages across, the second turned. */
const statement = async (): Promise<Buffer> => {
  const pdf = await PDFDocument.create();
  for (const angle of [0, 90]) {
    const page = pdf.addPage([842, 595]);
    page.setRotation(degrees(angle));
    page.drawText(`BANK STATEMENT ${angle}`, { x: 60, y: 300, size: 40 });
  }
  return Buffer.from(await pdf.save());
};
const bare = (words: string): string => words.replace(/\s+/gu, '');
const tool = (name: string, args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8' });
  expect(status, `${name}: ${stderr}`).toBe(0);
  return stdout;
};

test('the file of a mediation is put together in the official order, numbered over the whole, archived once, and opened for a purpose its parties see', async () => {
  const id = v7();
  const registered = await call(people.mediatorA, '/disputes', {
    id,
    kind: 'neighbour',
    origin: 'applied',
    areaId: areas.gridA11.areaId,
    facts: '楼上漏水，楼下天花板发霉',
    parties: [{ name: '赵甲', phone: '13812345678' }, { name: '钱乙' }],
    mediatedOn: '2026-09-30',
    outcome: 'byDay',
    agreement: '楼上分三次付清粉刷费四千八百元',
    performBy: '2026-10-20',
  });
  expect(registered.statusCode, registered.body).toBe(201);
  const png = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#3a7d44' } })
    .png()
    .toBuffer();
  const identity = await attach(id, png, 'image/png', 'photo');
  const evidence = await attach(id, await statement(), 'application/pdf', 'document');
  const receipt = await attach(id, png, 'image/png', 'photo');
  const draft = (await call(people.mediatorA, `/cases/${id}/documents/draft?kind=oralAgreement`)).json();
  const issued = await call(people.mediatorA, `/cases/${id}/documents`, {
    commandId: v7(),
    documentId: v7(),
    kind: 'oralAgreement',
    draft,
  });
  expect(issued.statusCode, issued.body).toBe(201);

  const view = async (caller: Caller = people.mediatorA): Promise<DossierView> => (await call(caller, `/cases/${id}/dossier`)).json();
  const refused = async (caller: Caller, what: string, body: object) => {
    const answer = await call(caller, `/cases/${id}/dossier/${what}`, { commandId: v7(), ...body });
    return [answer.statusCode, answer.json().code];
  };
  expect((await view()).loose).toHaveLength(3);
  expect((await call(people.mediatorA2, `/cases/${id}/dossier`)).statusCode).toBe(404);
  expect(await refused(people.mediatorA, 'place', { fileId: v7(), slot: 'evidence' })).toEqual([422, 'unknownFile']);
  const command = { commandId: v7(), fileId: identity, slot: 'identity' };
  for (let n = 0; n < 2; n++) expect((await call(people.mediatorA, `/cases/${id}/dossier/place`, command)).statusCode).toBe(200);
  for (const [fileId, slot] of [
    [evidence, 'evidence'],
    [receipt, 'performance'],
  ])
    await call(people.mediationHeadA, `/cases/${id}/dossier/place`, { commandId: v7(), fileId, slot });
  const before = await view();
  expect(before.loose).toEqual([]);
  expect(before.slots.filter(({ missing }) => missing).map(({ slot }) => slot)).toEqual(['application', 'rights', 'mediation']);
  expect(before.slots.find(({ slot }) => slot === 'agreement')).toMatchObject({ required: true, missing: false });

  const archive = { archivedOn: '2026-09-30', retention: 'long' };
  expect(await refused(people.mediatorA, 'archive', archive)).toEqual([409, 'dossierNotOver']);
  const { version } = (await call(people.mediatorA, `/cases/${id}`)).json<CaseView>();
  const performed = await call(people.mediatorA, `/cases/${id}/actions`, {
    commandId: v7(),
    action: 'confirmPerformed',
    version,
    input: {},
  });
  expect(performed.statusCode, performed.body).toBe(200);
  expect(await refused(people.mediatorA, 'archive', archive)).toEqual([422, 'fieldMissing']);
  expect(await refused(people.mediatorA, 'archive', { ...archive, archivedOn: '2026-10-01', note: '口头调解' })).toEqual([
    422,
    'dateInFuture',
  ]);
  const archived = await call(people.mediatorA, `/cases/${id}/dossier/archive`, {
    commandId: v7(),
    ...archive,
    note: '口头调解，未制作笔录。',
  });
  expect(archived.statusCode, archived.body).toBe(200);
  expect(await refused(people.mediatorA, 'place', { fileId: receipt, slot: 'evidence' })).toEqual([409, 'dossierArchived']);
  expect((await view()).archived).toEqual({ ...archive, number: '（2026）甲镇人民调解委员会人调字第1号', note: '口头调解，未制作笔录。' });

  expect(await refused(people.mediatorA, 'read', { purpose: '  ' })).toEqual([422, 'wordsMissing']);
  const pdf = await call(people.mediationHeadA, `/cases/${id}/dossier/read`, { commandId: v7(), purpose: '司法所检查卷宗' });
  expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect((await view()).readings).toMatchObject([{ purpose: '司法所检查卷宗', by: { zh: '甲镇人民调解委员会 甲镇调委会主任' } }]);
  const codes = registered.json<{ queryCodes: string[] }>().queryCodes;
  for (const code of codes) expect((await call('anonymous', `/receipts/${code}/access-log`)).body).toContain('司法所检查卷宗');

  const path = join(folder, 'dossier.pdf');
  writeFileSync(path, pdf.rawPayload);
  // Cover, contents, back cover; between them identity, two of the bank, the agreement, the receipt and the note.
  const { length } = (await PDFDocument.load(pdf.rawPayload)).getPages();
  expect(length).toBeGreaterThanOrEqual(9);
  const pages = Array.from({ length }, (_, i) =>
    tool('pdftotext', ['-layout', '-f', String(i + 1), '-l', String(i + 1), path, '-']).trim(),
  );
  for (const words of ['甲镇人民调解委员会', '调解卷宗', '（2026）甲镇人民调解委员会人调字第1号', '长期'])
    expect(bare(pages[0]!)).toContain(words);
  expect(pages[1]).toContain('卷内目录');
  const body = pages.slice(2, -1);
  expect(body.map((words) => Number(words.split(/\s+/u)[0]))).toEqual(body.map((_, i) => i + 1));
  expect(bare(pages[1]!)).toContain(`卷宗情况说明${body.length}`);
  for (const words of ['BANK STATEMENT 0', '四千八百元', '缺少：人民调解申请书或者受理登记表'])
    expect(bare(body.join(''))).toContain(bare(words));
  const fonts = tool('pdffonts', [path]).trim().split('\n').slice(2);
  expect(fonts.filter((font) => !font.includes('Helvetica') && !/\byes (?:yes|no)\s+(?:yes|no)\b/u.test(font))).toEqual([]);
  expect(pages.filter((words) => words === '')).toEqual([]);
});
