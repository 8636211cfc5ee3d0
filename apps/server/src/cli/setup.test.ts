import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, testDatabase } from '@tongxin/testing/database.ts';
import { testConfig } from '@tongxin/testing/server.ts';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { type Composed, compose } from '../compose.ts';
import { systemClock } from '../platform/clock/clock.ts';
import { prepare } from '../prepare.ts';
import { setupCommand } from './setup.ts';

/** An installation without a pack: it starts, is set up by one command, and its administrator makes the rest through the API. */
let db: TestDatabase;
let dataDir = '';
let deps: Composed;
let app: FastifyInstance;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tongxin-setup-'));
  db = await testDatabase();
  deps = await compose({ config: testConfig(dataDir), pools: db.pools, clock: systemClock, log: pino({ level: 'silent' }) });
  await prepare(deps);
  app = await buildApp(deps, { limits: { perMinute: 1e6, signInsPerMinute: 1e6, triesPerAccount: 1e6, mostLagMs: 0 } });
});
afterAll(async () => {
  delete process.env.TONGXIN_NEW_PASSWORD;
  await app?.close();
  await db?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const run = (...args: string[]) => setupCommand.run({ args, options: {}, open: async () => deps } as never);

it('refuses what is no code or no name, sets up once, and not a second time', async () => {
  process.env.TONGXIN_NEW_PASSWORD = 'a password of length';
  await expect(run('44x', '新市', 'first-admin')).rejects.toMatchObject({ code: 'codeUnfit' });
  await expect(run('442000', ' ', 'first-admin')).rejects.toMatchObject({ code: 'nameMissing' });
  expect(await run('442000', '新市', 'first-admin')).toMatchObject({ ok: true, username: 'first-admin' });
  await expect(run('442001', '另一市', 'second-admin')).rejects.toMatchObject({ code: 'alreadySetUp' });
});

it('lets the administrator make a body, a post and a person, who signs in', async () => {
  const signIn = async (username: string, password: string): Promise<string> => {
    const answer = await app.inject({ method: 'POST', url: '/api/auth/sign-in/username', payload: { username, password } });
    expect(answer.statusCode).toBe(200);
    return answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  };
  const cookie = await signIn('first-admin', 'a password of length');
  const ask = async <T>(url: string, body?: object): Promise<T> => {
    const answer = await app.inject({
      method: body ? 'POST' : 'GET',
      url: `/api/v1${url}`,
      headers: { cookie },
      ...(body ? { payload: { commandId: randomUUID(), ...body } } : {}),
    });
    expect([url, answer.statusCode, answer.body]).toEqual([url, 200, answer.body]);
    return answer.json<T>();
  };
  const { areas } = await ask<{ areas: { id: string }[] }>('/areas');
  const [organizationId, postId] = [randomUUID(), randomUUID()];
  await ask('/organizations', {
    id: organizationId,
    kind: 'centre',
    name: { zh: '新市综治中心' },
    areaId: areas[0]!.id,
    respondent: false,
  });
  await ask('/posts', { id: postId, organizationId, role: 'dispatcher', title: { zh: '调度员' } });
  const made = await ask<{ firstPassword: string }>('/staff', {
    personId: randomUUID(),
    holdingId: randomUUID(),
    postId,
    username: 'first-dispatcher',
    name: '第一位调度员',
  });
  await signIn('first-dispatcher', made.firstPassword);
  expect(deps.directory.organization(organizationId)?.label.zh).toBe('新市综治中心');
});
