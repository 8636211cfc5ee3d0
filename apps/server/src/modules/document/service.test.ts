import type { Draft } from '@tongxin/domain/document/schema.ts';
import type { DocumentsView } from '@tongxin/domain/document/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { unzipSync } from 'fflate';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyRecord } from '../record/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-09-30T13:40:00.000Z' });
});
afterAll(() => server.close());

const filed = async (): Promise<string> => {
  const { categories, points, people } = server.world;
  const id = v7();
  const reporter = { name: '陈阿姨', phone: '13812345678', callBackWanted: true };
  const answer = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text: '路灯不亮，电话13812345678', categoryId: categories.lamp, point: points.inA11, reporter },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  await server.as(people.dispatcherA, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action: 'accept', version: 1 },
  });
  return id;
};
const desk = async (who: Caller, id: string): Promise<DocumentsView> =>
  (await server.as(who, { url: `/api/v1/cases/${id}/documents` })).json();
const draft = async (who: Caller, id: string, kind: string): Promise<Draft> =>
  (await server.as(who, { url: `/api/v1/cases/${id}/documents/draft?kind=${kind}` })).json();
const issue = (who: Caller, id: string, body: Record<string, unknown>) =>
  server.as(who, { method: 'POST', url: `/api/v1/cases/${id}/documents`, body: { commandId: v7(), documentId: v7(), ...body } });
const fetched = (who: Caller, id: string, documentId: string, format: string) =>
  server.as(who, { url: `/api/v1/cases/${id}/documents/${documentId}/${format}` });

describe('a paper', () => {
  test('is numbered by its office without gaps, and the same command issues it once', async () => {
    const { dispatcherA, dispatcherA2 } = server.world.people;
    const id = await filed();
    const body = { commandId: v7(), documentId: v7(), kind: 'supervision', draft: await draft(dispatcherA, id, 'supervision') };
    const [first, again] = [await issue(dispatcherA, id, body), await issue(dispatcherA, id, body)];
    expect([first.statusCode, again.statusCode, again.json().version]).toEqual([201, 201, first.json().version]);
    const more = await Promise.all(
      [dispatcherA, dispatcherA2, dispatcherA].map(async (who) => {
        const other = await filed();
        expect((await issue(who, other, { kind: 'supervision', draft: body.draft })).statusCode).toBe(201);
        return (await desk(who, other)).issued[0]!.number!;
      }),
    );
    const numbers = [(await desk(dispatcherA, id)).issued[0]!.number!, ...more];
    expect(numbers.map((number) => /〔2026〕(\d+)号$/u.exec(number)?.[1]).sort()).toEqual(['1', '2', '3', '4']);
    const reused = await issue(dispatcherA, id, { ...body, kind: 'assignment' });
    expect([reused.statusCode, reused.json().code]).toEqual([409, 'commandReused']);
  });

  test('that is refused takes no number', async () => {
    const { dispatcherA } = server.world.people;
    const id = await filed();
    const before = await server.db.pools.maintenance.query('select coalesce(sum(last), 0)::int as n from document_serial');
    for (const [kind, change, code] of [
      ['opinion', {}, 'documentNotOffered'],
      ['supervision', { datedOn: '2026-02-30' }, 'fieldUnfit'],
      ['supervision', { title: '   ' }, 'fieldMissing'],
    ] as const) {
      const answer = await issue(dispatcherA, id, { kind, draft: { ...(await draft(dispatcherA, id, 'supervision')), ...change } });
      expect([answer.statusCode, answer.json().code]).toEqual([422, code]);
    }
    const after = await server.db.pools.maintenance.query('select coalesce(sum(last), 0)::int as n from document_serial');
    expect(after.rows).toEqual(before.rows);
  });

  test('comes as Word and as PDF with the same words, Chinese among them, and without the reporter’s telephone', async () => {
    const { dispatcherA } = server.world.people;
    const id = await filed();
    const documentId = v7();
    const copyTo = '甲镇党政办';
    expect(
      (
        await issue(dispatcherA, id, {
          documentId,
          kind: 'minutes',
          draft: { ...(await draft(dispatcherA, id, 'minutes')), copyTo, redHead: true },
        })
      ).statusCode,
    ).toBe(201);
    const word = await fetched(dispatcherA, id, documentId, 'docx');
    expect(word.headers['content-disposition']).toContain(encodeURIComponent('会议纪要'));
    const xml = Buffer.from(unzipSync(word.rawPayload)['word/document.xml']!).toString('utf8');
    for (const words of ['会议纪要', '抄送：甲镇党政办', '印发', '〔2026〕1号', 'C00000']) expect(xml).toContain(words);
    expect(xml).not.toContain('13812345678');
    const pdf = await fetched(dispatcherA, id, documentId, 'pdf');
    expect([pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
  });

  test('stays as it was issued whatever happens to the case, and its signed copy hangs beside it', async () => {
    const { dispatcherA } = server.world.people;
    const { organizationId } = server.world.organizations.bodyA;
    const id = await filed();
    const documentId = v7();
    await issue(dispatcherA, id, { documentId, kind: 'dossier', draft: await draft(dispatcherA, id, 'dossier') });
    const before = unzipSync((await fetched(dispatcherA, id, documentId, 'docx')).rawPayload)['word/document.xml'];
    const dispatched = await server.as(dispatcherA, {
      method: 'POST',
      url: `/api/v1/cases/${id}/actions`,
      body: { commandId: v7(), action: 'dispatch', version: 3, input: { organizationId } },
    });
    expect(dispatched.statusCode, dispatched.body).toBe(200);
    expect(unzipSync((await fetched(dispatcherA, id, documentId, 'docx')).rawPayload)['word/document.xml']).toEqual(before);
    const fileId = v7();
    const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
    await server.as(dispatcherA, {
      method: 'PUT',
      url: `/api/v1/cases/${id}/files/${fileId}`,
      body: PNG,
      headers: { 'content-type': 'image/png', 'x-kind': 'document' },
    });
    const signed = await server.as(dispatcherA, {
      method: 'POST',
      url: `/api/v1/cases/${id}/documents/${documentId}/signed`,
      body: { commandId: v7(), fileIds: [fileId] },
    });
    expect(signed.statusCode, signed.body).toBe(200);
    expect((await desk(dispatcherA, id)).issued).toMatchObject([{ id: documentId, signed: [{ id: fileId }] }]);
    expect(await verifyRecord(server.deps)).toMatchObject({ ok: true });
  });

  test('is nothing to the reporter, to another town, nor to who only checks results', async () => {
    const { dispatcherA, dispatcherB, verifierA } = server.world.people;
    const id = await filed();
    const documentId = v7();
    await issue(dispatcherA, id, { documentId, kind: 'assignment', draft: await draft(dispatcherA, id, 'assignment') });
    expect((await fetched(dispatcherB, id, documentId, 'pdf')).statusCode).toBe(404);
    expect((await fetched('anonymous', id, documentId, 'pdf')).statusCode).toBe(401);
    expect((await desk(verifierA, id)).mayIssue).toBe(false);
    expect((await issue(verifierA, id, { kind: 'assignment', draft: await draft(dispatcherA, id, 'assignment') })).statusCode).toBe(403);
  });

  test('whose words were erased says so and is printed no more', async () => {
    const { dispatcherA, administrator } = server.world.people;
    const id = await filed();
    const documentId = v7();
    await issue(dispatcherA, id, { documentId, kind: 'assignment', draft: await draft(dispatcherA, id, 'assignment') });
    const erased = await server.as(administrator, {
      method: 'POST',
      url: `/api/v1/cases/${id}/erase`,
      body: { commandId: v7(), eventNos: [3], ground: 'byRequest' },
    });
    expect(erased.statusCode, erased.body).toBe(200);
    expect((await desk(dispatcherA, id)).issued).toMatchObject([{ erased: true }]);
    expect((await fetched(dispatcherA, id, documentId, 'pdf')).json().code).toBe('documentErased');
  });

  test('of several pages shows each in its place, with nothing painted over the first', async () => {
    const { dispatcherA } = server.world.people;
    const id = await filed();
    const preview = await server.as(dispatcherA, {
      method: 'POST',
      url: `/api/v1/cases/${id}/documents/preview`,
      body: { kind: 'dossier', draft: await draft(dispatcherA, id, 'dossier') },
    });
    expect([...preview.body.matchAll(/class="typst-page" transform="translate\(0, ([\d.]+)\)"/gu)].map(([, y]) => Number(y) > 0)).toEqual([
      false,
      true,
    ]);
    expect(preview.body).not.toContain('fill="#ffffff"');
  });

  test('is set as words: what looks like markup in a case is printed and not obeyed', async () => {
    const { dispatcherA } = server.world.people;
    const id = await filed();
    const body = '#panic("x") \\ $1$ *b* _c_ @r <w:t> & "引号" 𠮷 \u{20BB7}\n#import "/etc/passwd"';
    const preview = await server.as(dispatcherA, {
      method: 'POST',
      url: `/api/v1/cases/${id}/documents/preview`,
      body: { kind: 'assignment', draft: { ...(await draft(dispatcherA, id, 'assignment')), body } },
    });
    expect([preview.statusCode, preview.headers['content-type'], preview.body.slice(0, 4)]).toEqual([200, 'image/svg+xml', '<svg']);
    expect(preview.body).not.toContain('<script');
  });
});
