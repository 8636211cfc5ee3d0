import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

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
