import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type HttpOptions, makeHttp } from './http.ts';
import { ApiProblem } from './problem.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A real server that gives these answers in turn, the last one for ever after. */
const serving = async (...answers: Answer[]): Promise<{ base: string; asked: () => number }> => {
  let asked = 0;
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked++, answers.length - 1)]!;
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
};
const client = (base: string, options: Partial<HttpOptions> = {}) =>
  makeHttp({ base, language: () => 'zh', wait: async () => {}, ...options });
const json =
  (status: number, body: unknown): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const hangUp: Answer = (request) => void request.socket.destroy();
const failing = async (work: Promise<unknown>): Promise<ApiProblem> => {
  const problem = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(ApiProblem);
  return problem as ApiProblem;
};

test('a refusal arrives with its code, its sentence and its parameters', async () => {
  const { base, asked } = await serving(
    json(409, { type: '/problems/caseChanged', status: 409, code: 'caseChanged', title: '变了', params: { n: 1 } }),
  );
  const problem = await failing(client(base)('POST', '/x', { json: {}, idempotent: true }));
  expect(problem).toMatchObject({ status: 409, code: 'caseChanged', title: '变了', params: { n: 1 } });
  expect(asked()).toBe(1);
});

test('without a network nothing is asked and the reason is offline', async () => {
  const { base, asked } = await serving(json(200, {}));
  expect((await failing(client(base, { online: () => false })('GET', '/x'))).code).toBe('offline');
  expect(asked()).toBe(0);
});

test('a filing with client-made ids is tried again after a lost answer', async () => {
  const { base, asked } = await serving(hangUp, json(503, { code: 'databaseAway' }), json(201, { id: '1' }));
  await expect(client(base)('POST', '/cases', { json: { id: '1' }, idempotent: true })).resolves.toEqual({ id: '1' });
  expect(asked()).toBe(3);
});

test('an ordinary POST is never sent twice', async () => {
  const { base, asked } = await serving(json(503, { code: 'databaseAway' }));
  expect((await failing(client(base)('POST', '/x', { json: {} }))).status).toBe(503);
  expect(asked()).toBe(1);
});

test('trouble that lasts is given up after three tries', async () => {
  const { base, asked } = await serving(json(500, { nothing: 1 }));
  expect((await failing(client(base)('GET', '/x'))).code).toBe('serverFailed');
  expect(asked()).toBe(3);
});

test('an answer that is not the API’s is told apart', async () => {
  const { base } = await serving((_, response) => void response.end('<html>'));
  expect((await failing(client(base)('GET', '/x'))).code).toBe('unreadable');
});

test('empty filters are not sent, Chinese ones are encoded', async () => {
  let seen = '';
  const { base } = await serving((request, response) => {
    seen = request.url!;
    response.end('{}');
  });
  await client(base)('GET', '/cases', { query: { q: '路灯', stage: undefined, light: '', limit: 50 } });
  expect(seen).toBe('/cases?q=%E8%B7%AF%E7%81%AF&limit=50');
});

test('what is here already is not brought again: 304 answers without a value', async () => {
  const sent: (string | undefined)[] = [];
  const { base } = await serving((request, response) => {
    sent.push(request.headers['if-none-match']);
    if (sent.at(-1) === '"a"') response.writeHead(304, { etag: '"a"' }).end();
    else response.writeHead(200, { 'content-type': 'application/json', etag: '"a"' }).end('{"n":1}');
  });
  const first = await client(base)('GET', '/bundle', { known: {} });
  expect(first).toEqual({ value: { n: 1 }, etag: '"a"' });
  expect(await client(base)('GET', '/bundle', { known: { etag: '"a"' } })).toEqual({ etag: '"a"' });
  expect(sent).toEqual([undefined, '"a"']);
});

test('a server that says when to come back is not asked before; one that asks for longer than a screen is looked at is told on at once', async () => {
  const busy =
    (seconds: string): Answer =>
    (_, response) =>
      void response.writeHead(503, { 'content-type': 'application/json', 'retry-after': seconds }).end('{"code":"overloaded"}');
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const { base, asked } = await serving(busy('5'), json(200, { ok: true }));
  expect(await client(base, { wait })('GET', '/x')).toEqual({ ok: true });
  expect([asked(), waits.length, waits[0]! >= 5000 && waits[0]! < 6000]).toEqual([2, 1, true]);
  const { base: long, asked: askedLong } = await serving(busy('60'));
  expect(await failing(client(long)('GET', '/x'))).toMatchObject({ code: 'overloaded', retryAfterMs: 60_000 });
  expect(askedLong()).toBe(1);
});
