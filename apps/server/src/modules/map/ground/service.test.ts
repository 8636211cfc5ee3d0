import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../app.ts';
import { readMapBase } from '../../../platform/config/map.ts';

let server: TestServer;
let folder: string;
const apps: FastifyInstance[] = [];
beforeAll(async () => {
  server = await testServer();
  folder = mkdtempSync(join(tmpdir(), 'tongxin-map-'));
});
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The same installation with a base below its maps. */
const withBase = async (env: NodeJS.ProcessEnv): Promise<FastifyInstance> => {
  const map = readMapBase({ TONGXIN_MAP_ATTRIBUTION: '示例测绘', ...env });
  const app = await buildApp({ ...server.deps, config: { ...server.deps.config, ...(map ? { map } : {}) } }, { limits: { mostLagMs: 0 } });
  apps.push(app);
  return app;
};
const policyOf = async (app: FastifyInstance): Promise<string> =>
  String((await app.inject({ url: '/healthz' })).headers['content-security-policy']);

describe('the base of the map', () => {
  it('is none by default, and the browser may ask nobody else', async () => {
    const answer = await server.as('anonymous', { url: '/api/v1/map' });
    expect(answer.json()).toEqual({ bounds: [...server.world.areas.city.bbox] });
    expect(await policyOf(server.app)).toContain("connect-src 'self';");
    expect((await server.as('anonymous', { url: '/api/v1/map/base.pmtiles', headers: { range: 'bytes=0-9' } })).statusCode).toBe(404);
  });

  it('named by configuration is told to the desk, and its host alone is opened', async () => {
    const app = await withBase({ TONGXIN_MAP_TILES: 'https://t0.tiles.example/{z}/{x}/{y}.png', TONGXIN_MAP_DATUM: 'gcj02' });
    expect((await app.inject({ url: '/api/v1/map' })).json().backdrop).toEqual({
      kind: 'xyz',
      urls: ['https://t0.tiles.example/{z}/{x}/{y}.png'],
      attribution: '示例测绘',
      shifted: true,
    });
    const policy = await policyOf(app);
    expect(policy).toContain("connect-src 'self' https://t0.tiles.example;");
    expect(policy).toContain("script-src 'self';");
  });

  it('as an archive on this machine is handed out by parts, and never more than its own bytes', async () => {
    const file = join(folder, 'city.pmtiles');
    writeFileSync(file, Buffer.from('PMTiles and what follows'));
    const app = await withBase({ TONGXIN_MAP_PMTILES: file });
    const part = (range?: string) => app.inject({ url: '/api/v1/map/base.pmtiles', headers: range ? { range } : {} });
    const first = await part('bytes=0-6');
    expect([first.statusCode, first.body, first.headers['content-range']]).toEqual([206, 'PMTiles', 'bytes 0-6/24']);
    const last = await part('bytes=20-4000');
    expect([last.body, last.headers['content-range']]).toEqual(['lows', 'bytes 20-23/24']);
    for (const range of [undefined, 'bytes=-5', 'bytes=0-', 'bytes=9-3', 'bytes=24-30', 'bytes=0-99999999', 'bytes=0-1,4-5', 'lines=0-1'])
      expect([range, (await part(range)).json().code]).toEqual([range, 'rangeUnfit']);
  });
});
