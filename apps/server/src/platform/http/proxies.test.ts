import { request } from 'node:http';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import type { TrustProxy } from '../config/proxies.ts';

const CLIENT = '203.0.113.7';
let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A server that listens, as behind a proxy on this machine. `perMinute` is small, so that whoever is one caller is soon told so. */
const listening = async (setting: { trustProxy?: TrustProxy; metricsFrom?: readonly string[] }): Promise<string> => {
  server = await testServer();
  const { deps } = server;
  const { trustProxy = false, metricsFrom } = setting;
  const config = { ...deps.config, trustProxy, ...(metricsFrom ? { metricsFrom } : {}) };
  const app = await buildApp({ ...deps, config }, { trustProxy, limits: { perMinute: 3, mostLagMs: 0 }, drainMs: 300 });
  const { close } = server;
  server = {
    ...server,
    close: async () => {
      await app.close();
      await close();
    },
  };
  return app.listen({ host: '127.0.0.1', port: 0 });
};
const ask = (site: string, path: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((done, fail) => {
    const sent = request(`${site}${path}`, { headers, agent: false }, (answer) => {
      answer.resume();
      answer.once('end', () => done(answer.statusCode!));
    });
    sent.once('error', fail);
    sent.end();
  });
/** What a proxy sends that appends who called it to what the caller wrote. */
const through = (...chain: string[]): Record<string, string> => ({ 'x-forwarded-for': chain.join(', ') });

describe('the operator’s figures', () => {
  it('are for this machine, and not for who says it is this machine', async () => {
    for (const trustProxy of [false, 1, 2, ['127.0.0.1']] as const) {
      const site = await listening({ trustProxy });
      const answers = [
        await ask(site, '/metrics', through('127.0.0.1', CLIENT)),
        await ask(site, '/metrics', through('127.0.0.1')),
        await ask(site, '/metrics', { forwarded: 'for=127.0.0.1' }),
        await ask(site, '/metrics', { 'x-real-ip': '127.0.0.1' }),
        await ask(site, '/metrics', { 'x-forwarded-proto': 'https' }),
        await ask(site, '/metrics'),
      ];
      expect([trustProxy, ...answers]).toEqual([trustProxy, 404, 404, 404, 404, 404, 200]);
      await server?.close();
      server = undefined;
    }
  });

  it('are reached through a trusted proxy only from an address that was named', async () => {
    const site = await listening({ trustProxy: 1, metricsFrom: ['198.51.100.0/24'] });
    const answers = [
      await ask(site, '/metrics', through('198.51.100.9')),
      await ask(site, '/metrics', through(CLIENT)),
      await ask(site, '/metrics', through('198.51.100.9', CLIENT)),
      await ask(site, '/metrics'),
    ];
    expect(answers).toEqual([200, 404, 404, 404]);
  });

  it('are not reached through a proxy that nobody trusts, whatever addresses were named', async () => {
    const site = await listening({ metricsFrom: ['127.0.0.1', '198.51.100.0/24'] });
    expect([await ask(site, '/metrics', through('198.51.100.9')), await ask(site, '/metrics')]).toEqual([404, 200]);
  });
});

describe('a caller who writes other addresses into the header', () => {
  const path = '/api/v1/openapi.json';
  const floodThrough = async (site: string, chain: (i: number) => string[]): Promise<number[]> => {
    const answers: number[] = [];
    for (let i = 0; i < 5; i++) answers.push(await ask(site, path, through(...chain(i))));
    return answers;
  };

  it.each([
    ['that appends', 1 as TrustProxy, (i: number) => [`192.0.2.${i}`, CLIENT]],
    ['that appends, one of two', 2 as TrustProxy, (i: number) => [`192.0.2.${i}`, CLIENT, '10.0.0.5']],
    ['known by its address', ['127.0.0.1'] as TrustProxy, (i: number) => [`192.0.2.${i}`, CLIENT]],
    ['that nobody trusts', false as TrustProxy, (i: number) => [`192.0.2.${i}`]],
  ])('is one caller behind a proxy %s, and told to slow down', async (_which, trustProxy, chain) => {
    const site = await listening({ trustProxy });
    expect(await floodThrough(site, chain)).toEqual([200, 200, 200, 429, 429]);
  });

  it('while callers whom the proxy tells apart do not slow each other down', async () => {
    const site = await listening({ trustProxy: 1 });
    expect(await floodThrough(site, (i) => [`192.0.2.${i}`])).toEqual([200, 200, 200, 200, 200]);
  });
});
