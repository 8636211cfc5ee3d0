import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runFolder } from '@tongxin/testing/room.ts';
import { inject } from 'vitest';

/** The product as its users run it: processes, a data folder, a port. */
export const ROOT = resolve(import.meta.dirname, '..');
const BIN = join(ROOT, 'apps/server/bin/tongxin.mjs');

export const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

/** As a patient client asks: one that is told to come back later (503 with Retry-After, a machine under load) does. Gives up after two minutes. */
export const askPatiently = async (url: string, init: RequestInit = {}): Promise<Response> => {
  for (const until = Date.now() + 120_000; ; ) {
    const answer = await fetch(url, init);
    const after = answer.headers.get('retry-after');
    if (answer.status !== 503 || after === null || Date.now() > until) return answer;
    await answer.arrayBuffer();
    await new Promise((done) => setTimeout(done, Number(after) * 1000));
  }
};

export interface Running {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
}

export interface Place {
  readonly dataDir: string;
  readonly port: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** The demo city without cases and without web apps: enough to file and import. */
const envOf = ({ dataDir, port, env }: Place): NodeJS.ProcessEnv => ({
  ...process.env,
  TONGXIN_DATA: dataDir,
  PORT: String(port),
  TONGXIN_PACK_CASES: '0',
  TONGXIN_WEB: 'none',
  ...env,
});

/** Starts the server and waits for its `ready` line; throws with its last words when it ends before. */
export const startProduct = async (place: Place): Promise<Running> => {
  const child = spawn(process.execPath, [BIN, 'start'], { cwd: ROOT, env: envOf(place), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  await new Promise<void>((done, fail) => {
    const take = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-20_000);
      if (/^ready /m.test(said)) done();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', (code, signal) => fail(new Error(`server ended with ${code ?? signal} before it was ready:\n${said.slice(-4000)}`)));
  });
  return { child, exited };
};

/** Starts a server for the first time in a folder, and stops it in order. */
const makeInstallation = async (dataDir: string): Promise<void> => {
  // Its cluster lies inside, and is copied with it.
  await chmod(dataDir, 0o755);
  const { child, exited } = await startProduct({ dataDir, port: await freePort() });
  child.kill('SIGTERM');
  await exited;
};

/**
 * A data folder as a first start and a stop in order leave it. The first file of a run that asks makes it, the others wait and get copies: a first start
 * costs as much as four that follow. Whose subject is the first start makes its own.
 */
export const installedFolder = async (name: string): Promise<string> => {
  const made = join(inject('room'), 'installed');
  while (!existsSync(made)) {
    const making = `${made}.part`;
    const isOurs = await mkdir(making).then(
      () => true,
      () => false,
    );
    if (!isOurs) await pause(100);
    else
      await makeInstallation(making).then(
        () => rename(making, made),
        async (error) => {
          await rm(making, { recursive: true, force: true });
          throw error;
        },
      );
  }
  const folder = await runFolder(name);
  await promisify(execFile)('cp', ['-a', `${made}/.`, folder]);
  return folder;
};

/** One command; `killAfter` ends it with SIGKILL after so many milliseconds. */
export const command = (
  place: Place,
  words: readonly string[],
  killAfter?: number,
): Promise<{ code: number | null; out: string; said: string }> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [BIN, ...words, '--json'], { cwd: ROOT, env: envOf(place), stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    child.once('exit', (code) => {
      clearTimeout(timer);
      done({ code, out, said });
    });
  });
