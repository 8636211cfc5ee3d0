import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from './app.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const good = { id: '0190a0a0-0000-7000-8000-000000000001', text: '路灯不亮' };
const cases = '/api/v1/cases';
type Bad = [
  what: string,
  ask: { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; url: string; payload?: string | Buffer; headers?: Record<string, string> },
  status: number,
  code: string,
];
const post = (payload: string | Buffer, headers: Record<string, string> = JSON_TYPE, url = cases): Bad[1] => ({
  method: 'POST',
  url,
  payload,
  headers,
});

const BAD: readonly Bad[] = [
  ['JSON cut off', post('{"id":"'), 400, 'malformedJson'],
  ['no body', post(''), 400, 'invalidInput'],
  ['a form instead of JSON', post('text=lamp', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupportedMediaType'],
  ['no media type', post('{}', {}), 415, 'unsupportedMediaType'],
  ['text in GB 18030', post(Buffer.from([0x7b, 0x22, 0xb5, 0xc6, 0x22, 0x3a, 0x31, 0x7d])), 400, 'notUtf8'],
  ['nested a thousand deep', post('['.repeat(1000)), 400, 'nestedTooDeep'],
  ['NUL in the text', post(JSON.stringify({ ...good, text: 'a\0b' })), 400, 'forbiddenCharacter'],
  ['half a surrogate pair', post('{"text":"\\ud83d"}'), 400, 'forbiddenCharacter'],
  ['a key of the prototype', post('{"__proto__":{"a":1}}'), 400, 'malformedJson'],
  ['a body of a megabyte', post(JSON.stringify({ ...good, text: 'x'.repeat(1_000_000) })), 413, 'bodyTooLarge'],
  ['a wrong length', post('{}', { ...JSON_TYPE, 'content-length': '1' }), 400, 'malformedRequest'],
  ['an unknown field', post(JSON.stringify({ ...good, admin: true })), 400, 'invalidInput'],
  ['a number for text', post(JSON.stringify({ ...good, text: 7 })), 400, 'invalidInput'],
  ['an id that is none', post(JSON.stringify({ ...good, id: "1' or '1'='1" })), 400, 'invalidInput'],
  ['a point beyond the pole', post(JSON.stringify({ ...good, point: { lon: 0, lat: 91 } })), 400, 'invalidInput'],
  ['an address of bad percent signs', { method: 'GET', url: '/api/v1/cases/%ff' }, 400, 'malformedAddress'],
  ['NUL in the address', { method: 'GET', url: '/api/v1/areas?parentId=%00' }, 400, 'forbiddenCharacter'],
  ['an unknown question', { method: 'GET', url: '/api/v1/areas?everything=1' }, 400, 'invalidInput'],
  ['an unknown address', { method: 'GET', url: '/api/v1/nothing' }, 404, 'notFound'],
  ['an unknown method', { method: 'DELETE', url: cases }, 404, 'notFound'],
  ['a path out of the folder', { method: 'GET', url: '/../../../etc/passwd' }, 404, 'notFound'],
  ['a path out of the folder, encoded', { method: 'GET', url: '/%2e%2e/%2e%2e/etc/passwd' }, 404, 'notFound'],
  ['a query code that is none', { method: 'GET', url: '/api/v1/receipts/0000-0000-0000' }, 404, 'notFound'],
  ['a token that is none', { method: 'GET', url: '/api/v1/me', headers: { authorization: 'Bearer x' } }, 401, 'signInNeeded'],
  ['a token of nobody', { method: 'GET', url: '/api/v1/me', headers: { authorization: `Bearer ${'x'.repeat(40)}` } }, 401, 'signInNeeded'],
  ['a forged cookie', { method: 'GET', url: '/api/v1/me', headers: { cookie: 'tongxin.session_token=a.b' } }, 401, 'signInNeeded'],
];

describe('a bad request', () => {
  const rowsOf = async () =>
    (
      await server.db.pools.maintenance.query(
        'select (select count(*) from cases) + (select count(*) from events) + (select count(*) from file_pending) as n',
      )
    ).rows;

  it.each(BAD)('of %s gets a code and a sentence in both languages, and leaves nothing behind', async (_what, ask, status, code) => {
    const before = await rowsOf();
    const zh = await server.app.inject(ask as never);
    expect([zh.statusCode, zh.json<{ code: string }>().code]).toEqual([status, code]);
    expect(zh.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(zh.json()).toMatchObject({ type: `/problems/${code}`, status, title: expect.stringMatching(/[\u4e00-\u9fff]/u) });
    expect(zh.body).not.toMatch(/node_modules|at \w+ \(|select |pg_|stack/u);
    const en = await server.app.inject({ ...ask, headers: { ...ask.headers, 'accept-language': 'en' } } as never);
    expect(en.json<{ title: string }>().title).toMatch(/^[A-Z][ -~’]+\.$/u);
    expect(await rowsOf()).toEqual(before);
  });

  it('that is no HTTP at all is answered and hung up on', async () => {
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.app.server.address() as { port: number };
    const said = await new Promise<string>((done) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('HELLO THERE\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => done(text));
    });
    expect(said).toContain('400');
    expect(said).toContain('"malformedRequest"');
  });
});

describe('any page', () => {
  it('may run only our own scripts and be framed by nobody', async () => {
    const { headers } = await server.app.inject({ url: '/healthz' });
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('keeps the parts that never change on the device, packed or not, and asks again for everything else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongxin-pages-'));
    mkdirSync(join(folder, 'assets'));
    for (const name of ['index.html', 'assets/inbox-D_f9x2Ab.js', 'favicon.svg'])
      for (const packed of ['', '.br', '.gz']) writeFileSync(join(folder, `${name}${packed}`), name);
    const app = await buildApp(server.deps, { limits: { mostLagMs: 0 }, web: { portal: folder, desk: folder } });
    const kept = async (url: string, coding: string): Promise<unknown[]> => {
      const { statusCode, headers } = await app.inject({ url, headers: { 'accept-encoding': coding } });
      return [statusCode, headers['content-encoding'], headers['cache-control']];
    };
    for (const coding of ['br', 'gzip', undefined]) {
      const asked = coding ?? 'identity';
      expect(await kept('/desk/assets/inbox-D_f9x2Ab.js', asked)).toEqual([200, coding, 'public, max-age=31536000, immutable']);
      expect(await kept('/desk/index.html', asked)).toEqual([200, coding, 'no-cache']);
      expect(await kept('/favicon.svg', asked)).toEqual([200, coding, 'no-cache']);
    }
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('of the API reference fetches nothing from outside', async () => {
    const { body, headers } = await server.app.inject({ url: '/api/' });
    expect(body.match(/(src|href)="https?:/gu)).toBeNull();
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
  });

  it('of the API is described in OpenAPI 3.1, every route with a summary', async () => {
    const document = (await server.app.inject({ url: '/api/v1/openapi.json' })).json<{
      openapi: string;
      paths: Record<string, Record<string, { summary?: string }>>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, { summary }] of Object.entries(methods))
        expect([method, path, typeof summary]).toEqual([method, path, path === '/api/v1/openapi.json' ? 'undefined' : 'string']);
  });
});

describe('more requests than are worked on at once', () => {
  it('are told when to come back, before their body is read; whoever is inside is answered, and the probe is for the operator always', async () => {
    const app = await buildApp(server.deps, { limits: { mostLagMs: 0, mostAtOnce: 2 } });
    const file = (n: number) =>
      app.inject({
        method: 'POST',
        url: cases,
        payload: { ...good, id: `0190a0a0-0000-7000-8000-0000000001${String(n).padStart(2, '0')}` },
      });
    const answers = await Promise.all([...Array.from({ length: 12 }, (_, n) => file(n)), app.inject('/healthz')]);
    const told = answers.slice(0, 12).map(({ statusCode, headers }) => `${statusCode} ${headers['retry-after']}`);
    expect(answers.at(-1)?.statusCode).toBe(200);
    expect([...new Set(told)].sort()).toEqual(['201 undefined', '503 6']);
    expect(answers.find(({ statusCode }) => statusCode === 503)?.json()).toMatchObject({ code: 'overloaded' });
    // All places are free again.
    expect((await Promise.all([file(50), file(51)])).map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    await app.close();
  });
});

describe('the operator', () => {
  it('sees that the process and the database answer, and figures on the own machine only', async () => {
    expect((await server.app.inject({ url: '/healthz' })).statusCode).toBe(200);
    expect((await server.app.inject({ url: '/readyz' })).statusCode).toBe(200);
    expect((await server.app.inject({ url: '/metrics' })).body).toContain('http_request_seconds');
    expect((await server.app.inject({ url: '/metrics', remoteAddress: '10.0.0.7' })).statusCode).toBe(404);
  });
});
