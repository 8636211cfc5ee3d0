import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { SharedView } from '@tongxin/domain/receipt/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, url: string, body?: object) =>
  server.as(caller, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) });
const report = async (body: object): Promise<Receipt> => {
  const answer = await call('anonymous', '/cases', { id: v7(), point: server.world.points.inA11, ...body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const shared = async (code: string): Promise<SharedView> => {
  const { token } = (await call('anonymous', `/receipts/${code}/share`)).json();
  expect(token).not.toContain(code.slice(0, 4));
  const seen = await call('anonymous', `/shared/${token}`);
  expect(seen.statusCode, seen.body).toBe(200);
  return seen.json();
};

test('a forwarded link shows how far a report is, and neither words, number nor name', async () => {
  const { queryCode, number } = await report({
    text: '我家302门前路灯不亮',
    categoryId: server.world.categories.lamp,
    reporter: { name: '李奶奶', phone: '13812345678' },
  });
  const seen = await shared(queryCode);
  expect(seen).toMatchObject({ categoryLabel: { zh: '路灯不亮' }, ended: false, reportedOn: '2026-09-30' });
  expect(seen.areaLabels.length).toBe(2);
  expect(JSON.stringify(seen)).not.toMatch(new RegExp(`302|李|138|${number}|${queryCode}`, 'u'));
});

test('of a protected reporter it shows no place, of a letter neither kind nor place nor office', async () => {
  const hidden = await shared((await report({ text: '路灯不亮', reporter: { protected: true } })).queryCode);
  expect([hidden.areaLabels, hidden.organizationLabel]).toEqual([[], undefined]);
  const letter = await shared((await report({ text: '请恢复人行横道', procedure: 'letter' })).queryCode);
  expect([letter.areaLabels, letter.organizationLabel, letter.categoryLabel]).toEqual([[], undefined, undefined]);
});

test('a link that was tampered with opens nothing, and a shared token is no query code', async () => {
  const { queryCode } = await report({ text: '路灯不亮' });
  const { token } = (await call('anonymous', `/receipts/${queryCode}/share`)).json();
  for (const bad of [`${token.slice(0, -3)}AAA`, 'A'.repeat(86), token.slice(0, 40)])
    expect((await call('anonymous', `/shared/${bad}`)).statusCode).toBe(404);
  expect((await call('anonymous', `/receipts/${token.slice(0, 40).replaceAll('_', '-')}`)).statusCode).toBe(404);
  expect((await call('anonymous', `/receipts/${queryCode}`)).json<CaseView>().text).toBe('路灯不亮');
});
