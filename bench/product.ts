import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { installation } from '@tongxin/server/cli/installation.ts';
import { packLoad, readPack } from '@tongxin/server/cli/pack.ts';
import { loadCases, loadCity } from '@tongxin/server/modules/pack/index.ts';
import { manifests } from '@tongxin/server/modules.ts';
import { loadConfig } from '@tongxin/server/platform/config/config.ts';
import { settleFeed } from '@tongxin/server/platform/feed/feed.ts';

export const ROOT = resolve(import.meta.dirname, '..');
const BIN = join(ROOT, 'apps/server/bin/tongxin.mjs');
const PACK = join(ROOT, 'packs/zhongshan');

const envOf = (size: number): NodeJS.ProcessEnv => ({
  TONGXIN_DATA: join(ROOT, `.data-bench-${size}`),
  TONGXIN_WEB: 'none',
  TONGXIN_PACK_CASES: '0',
  TONGXIN_REQUESTS_PER_MINUTE: '100000000',
  TONGXIN_LOG: 'silent',
});

/** The installation of a size, built by bulk load once and kept for later runs: short cases, at most five events each. */
export const ensureData = async (
  size: number,
  say: (line: string) => void,
): Promise<{ loadedPerSecond?: number; settledPerSecond?: number }> => {
  const env = envOf(size);
  const stamp = join(env.TONGXIN_DATA!, 'bench-ready');
  if (existsSync(stamp)) return JSON.parse(readFileSync(stamp, 'utf8'));
  const place = installation(loadConfig({ ...process.env, ...env, PORT: '0' }), { sizes: { app: 6, feed: 4, auth: 2, maintenance: 3 } });
  try {
    say(`building an installation of ${size} cases`);
    await packLoad.run({
      args: [PACK],
      options: { cases: '0' },
      config: () => loadConfig({ ...process.env, ...env }),
      open: place.open,
      admin: place.admin,
      roles: place.roles,
      answer: () => {},
      progress: () => {},
      say,
    });
    const deps = await place.open();
    const pack = await readPack(PACK);
    const built = pack.build(pack.seed);
    await loadCity(deps, built.city);
    let since = performance.now();
    if (size > 0)
      await loadCases(deps, pack, built, size, (what, done, of) => done % 50_000 === 0 && say(`${what} ${done}/${of}`), {
        lived: Math.min(size, 4000),
        mostEvents: 5,
      });
    const loadedPerSecond = size / ((performance.now() - since) / 1000);
    since = performance.now();
    const handled = await settleFeed(
      deps,
      manifests.flatMap((manifest) => manifest.consumers ?? []),
    );
    const settledPerSecond = handled / ((performance.now() - since) / 1000);
    await deps.pools.maintenance.query('select analyse_tables($1)', [
      ['cases', 'events', 'event_content', 'clock', 'search_document', 'feed', 'case_count', 'case_counted', 'notice'],
    ]);
    const figures = { loadedPerSecond: Math.round(loadedPerSecond), settledPerSecond: Math.round(settledPerSecond) };
    const { writeFileSync } = await import('node:fs');
    writeFileSync(stamp, JSON.stringify(figures));
    return figures;
  } finally {
    await place.close();
  }
};

/** Reads the files of a size's tables and indexes once: they stand in memory, as on a server that has run for a day, and a disk is not what is measured. */
export const warmFiles = async (size: number): Promise<void> => {
  const base = join(envOf(size).TONGXIN_DATA!, 'postgres', 'base');
  for (const entry of await readdir(base, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      await pipeline(createReadStream(join(entry.parentPath, entry.name), { highWaterMark: 1 << 20 }), new PassThrough().resume());
};

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

export interface Client {
  /** Status, body and its length as it came (packed or not) of one request over a kept connection. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; body: string; bytes: number }>;
  readonly close: () => void;
}

export const clientOf = (port: number): Client => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return {
    close: () => agent.destroy(),
    call: (method, path, body, headers = {}) =>
      new Promise((done, fail) => {
        const bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
        const sent = request(
          {
            host: '127.0.0.1',
            port,
            agent,
            method,
            path,
            headers: {
              ...(bytes && !Buffer.isBuffer(body) ? { 'content-type': 'application/json' } : {}),
              ...(bytes ? { 'content-length': bytes.length } : {}),
              ...headers,
            },
          },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.once('end', () => {
              const whole = Buffer.concat(chunks);
              done({ status: answer.statusCode ?? 0, body: whole.toString('utf8'), bytes: whole.length });
            });
          },
        );
        sent.once('error', fail);
        sent.end(bytes);
      }),
  };
};

export interface Product extends Client {
  readonly port: number;
  readonly child: ChildProcess;
  readonly startSeconds: number;
  readonly residentMegabytes: () => number;
  /** Headers of a demo account. */
  readonly signIn: (username: string) => Promise<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const residentOf = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

/** The server as its users run it, in a process of its own. */
export const startProduct = async (size: number, more: NodeJS.ProcessEnv = {}): Promise<Product> => {
  const port = await freePort();
  const since = performance.now();
  // With the flags of `npm start`. Half the young generation: a hundred megabytes less at rest, and no request slower than the noise. Garbage is
  // looked for when what is kept has grown by half: by itself V8 waits for four times as much, and keeps the pages (a long export: 450 MB for 118).
  const child = spawn(process.execPath, ['--max-semi-space-size=8', '--heap-growing-percent=50', BIN, 'start'], {
    cwd: ROOT,
    env: { ...process.env, ...envOf(size), ...more, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  let said = '';
  await new Promise<void>((done, fail) => {
    const take = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-5000);
      if (/^ready /mu.test(said)) done();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${said}`)));
  });
  const startSeconds = (performance.now() - since) / 1000;
  const client = clientOf(port);
  const signInOnce = (username: string): Promise<Record<string, string>> =>
    new Promise((done, fail) => {
      const body = JSON.stringify({ username, password: 'tongxin-2026' });
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          path: '/api/auth/sign-in/username',
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), origin: `http://127.0.0.1:${port}` },
        },
        (answer) => {
          answer.resume();
          const cookie = (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
          if (answer.statusCode === 200 && cookie) done({ cookie });
          else fail(Object.assign(new Error(`${username} could not sign in: ${answer.statusCode}`), { status: answer.statusCode }));
        },
      );
      sent.once('error', fail);
      sent.end(body);
    });
  /** A server that has just started on a busy machine tells its callers to come back; they do. */
  const signIn = async (username: string, tries = 10): Promise<Record<string, string>> => {
    try {
      return await signInOnce(username);
    } catch (error) {
      if (tries <= 1 || (error as { status?: number }).status !== 503) throw error;
      await new Promise((again) => setTimeout(again, 1000));
      return signIn(username, tries - 1);
    }
  };
  return {
    ...client,
    port,
    child,
    startSeconds,
    residentMegabytes: () => residentOf(child.pid!),
    signIn: (username) => signIn(username),
    stop: async () => {
      client.close();
      child.kill('SIGTERM');
      await exited;
    },
  };
};

/** The administrator's address of a running installation's Postgres, for the bare server beside it. */
export const adminUrlOf = async (size: number): Promise<string> => {
  const place = installation(loadConfig({ ...process.env, ...envOf(size), PORT: '0' }), {
    sizes: { app: 1, feed: 1, auth: 1, maintenance: 1 },
  });
  const { adminUrl } = await place.admin();
  await place.close();
  return Object.assign(new URL(adminUrl), { pathname: '/tongxin' }).toString();
};

export interface Bare extends Client {
  readonly port: number;
  readonly stop: () => void;
}

/** A bare node:http and pg server over the running installation's Postgres: `bare.ts` writes, `bare-inbox.ts` reads, `bare-desk.ts` shows. */
export const startBare = async (
  script: 'bare.ts' | 'bare-inbox.ts' | 'bare-desk.ts',
  size: number,
  more: NodeJS.ProcessEnv = {},
): Promise<Bare> => {
  const child = spawn(process.execPath, [join(ROOT, 'bench', script)], {
    env: { ...process.env, ...more, BARE_URL: await adminUrlOf(size) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((done, fail) => {
    child.stdout.once('data', (chunk: Buffer) => done(Number(chunk.toString())));
    child.once('exit', (code) => fail(new Error(`the bare server ended with ${code}`)));
  });
  const client = clientOf(port);
  return {
    ...client,
    port,
    stop: () => {
      client.close();
      child.kill('SIGKILL');
    },
  };
};
