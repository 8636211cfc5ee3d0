import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AppOptions, buildApp } from '@tongxin/server/app.ts';
import { BUILT_IN } from '@tongxin/server/built-in.ts';
import { type Composed, compose } from '@tongxin/server/compose.ts';
import { signCookie } from '@tongxin/server/platform/access-plugin/caller.ts';
import { builtInYears, publishCalendar } from '@tongxin/server/platform/calendar/calendar.ts';
import { settableClock } from '@tongxin/server/platform/clock/clock.ts';
import { type Config, loadConfig } from '@tongxin/server/platform/config/config.ts';
import { memorySender } from '@tongxin/server/platform/messages/codes.ts';
import type { Senders } from '@tongxin/server/platform/messages/sender.ts';
import { publishProcedures } from '@tongxin/server/platform/procedures/procedures.ts';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import pino from 'pino';
import { type TestDatabase, testDatabase } from './database.ts';
import { buildWorld, SERVICE_TOKENS, WORLD, type WorldPerson } from './world.ts';

export type Caller = WorldPerson | { readonly service: keyof typeof SERVICE_TOKENS } | 'anonymous';

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestServer {
  readonly app: FastifyInstance;
  readonly deps: Composed & { readonly clock: ReturnType<typeof settableClock>; readonly codes: ReturnType<typeof memorySender> };
  readonly db: TestDatabase;
  readonly world: typeof WORLD;
  /** One request as somebody of the world, without a network. */
  readonly as: (caller: Caller, call: Call) => Promise<LightMyRequestResponse>;
  /** Headers that make a request somebody's. */
  readonly headersOf: (caller: Caller) => Record<string, string>;
  close(): Promise<void>;
}

/** Settings of a server under test: demo mode, the world's service tokens, no web apps, no pack. */
export const testConfig = (dataDir: string): Config => {
  const config = loadConfig({ TONGXIN_DATA: dataDir, TONGXIN_WEB: 'none', TONGXIN_PACK: 'none' });
  return { ...config, secrets: { ...config.secrets, serviceTokens: { ...SERVICE_TOKENS } } };
};

/** The whole server over a database of its own that holds the world, the built-in procedures and the calendar. */
export const testServer = async ({
  now = '2026-09-30T13:40:00.000Z',
  log = pino({ level: 'silent' }),
  map,
  publicUrl,
  messages,
  ...options
}: AppOptions & {
  now?: string;
  log?: pino.Logger;
  map?: Config['map'];
  publicUrl?: string;
  messages?: Senders;
} = {}): Promise<TestServer> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongxin-server-'));
  const db = await testDatabase();
  const clock = settableClock(now);
  const codes = memorySender();
  const config = { ...testConfig(dataDir), ...(map ? { map } : {}), ...(publicUrl ? { publicUrl } : {}) };
  await buildWorld(db);
  await publishCalendar(db.pools.maintenance, builtInYears(2026), clock.now());
  await publishProcedures(db.pools.maintenance, BUILT_IN, { now: clock.now() });
  const composed = await compose({ config, pools: db.pools, clock, codes, log, ...(messages ? { messages } : {}) });
  const deps = { ...composed, clock, codes };
  const app = await buildApp(deps, {
    limits: { perMinute: 1e6, signInsPerMinute: 1e6, triesPerAccount: 1e6, mostLagMs: 0 },
    drainMs: 300,
    ...options,
  });
  const headersOf = (caller: Caller): Record<string, string> => {
    if (caller === 'anonymous') return {};
    if ('service' in caller) return { authorization: `Bearer ${SERVICE_TOKENS[caller.service]}` };
    return { cookie: `tongxin.session_token=${encodeURIComponent(signCookie(caller.token, config.secrets.authSecret))}` };
  };
  return {
    app,
    deps,
    db,
    world: WORLD,
    headersOf,
    as: (caller, { method = 'GET', url, body, headers }) =>
      app.inject({
        method,
        url,
        headers: { ...headersOf(caller), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      }),
    close: async () => {
      await app.close();
      await db.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
