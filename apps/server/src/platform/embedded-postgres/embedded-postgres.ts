import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chown, mkdir, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { writeWhole } from '../db/copy-file.ts';
import { explain, explainLoss, PostgresError } from './errors.ts';
import { findCluster, placeBinaries, placeCluster, type RunAs, runAs } from './place.ts';
import { assertSettings, SETTINGS } from './settings.ts';

export interface EmbeddedOptions {
  /** The installation's data folder; the cluster lies in `<dataDir>/postgres`, or where a pointer file beside it says. */
  readonly dataDir: string;
  /** The administrator's password: set at initdb. */
  readonly password: string;
  /** Folder with `initdb` and `postgres`; absent: the npm package's, placed where the unprivileged user can run them. */
  readonly binDir?: string;
  /** Tests only: no fsync. */
  readonly relaxed?: boolean;
  /** A fixed port; absent: a free one. */
  readonly port?: number;
  readonly settings?: Readonly<Record<string, string>>;
  /** One sentence for each thing that was not in order and is mended. */
  readonly say?: (line: string) => void;
}

export interface Embedded {
  readonly adminUrl: string;
  readonly port: number;
  readonly clusterDir: string;
  readonly major: number;
  /** Whether this process started it (a command may use one that is running). */
  readonly owned: boolean;
  /** Settles when Postgres ends by itself, with the reason. */
  readonly ended: Promise<PostgresError>;
  stop(): Promise<void>;
}

const START_MS = 60_000;

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

const adminUrlOf = (port: number, password: string): string =>
  `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;

const run = (as: RunAs, command: string, args: readonly string[]): Promise<{ code: number | null; said: string }> =>
  new Promise((done, fail) => {
    const child = spawn(command, args, { ...as, cwd: '/', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const take = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-20_000);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => fail(new PostgresError('cannotRun', `cannot run ${command}: ${error.message}`)));
    child.once('exit', (code) => done({ code, said }));
  });

const initialize = async (as: RunAs, binDir: string, clusterDir: string, password: string): Promise<void> => {
  await mkdir(clusterDir, { recursive: true, mode: 0o700 });
  if (as.uid !== undefined) await chown(clusterDir, as.uid, as.gid!);
  const passwordFile = `${clusterDir}.password`;
  try {
    const file = await open(passwordFile, 'w', 0o600);
    try {
      await file.writeFile(password);
      if (as.uid !== undefined) await file.chown(as.uid, as.gid!);
    } finally {
      await file.close();
    }
    const { code, said } = await run(as, join(binDir, 'initdb'), [
      '-D',
      clusterDir,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--data-checksums',
      '--no-instructions',
      ...(await localeArguments(as, binDir)),
    ]);
    if (code !== 0) {
      await rm(clusterDir, { recursive: true, force: true });
      throw explain(said, `initdb ended with ${code}`);
    }
  } finally {
    await rm(passwordFile, { force: true });
  }
};

/** One collation everywhere: code points, without the machine's locales. The built-in provider exists from version 17. */
const localeArguments = async (as: RunAs, binDir: string): Promise<string[]> =>
  (await placedMajor(as, binDir)) >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];

/** Major version of the binaries of a folder. */
export const placedMajor = async (as: RunAs, binDir: string): Promise<number> => {
  const { said } = await run(as, join(binDir, 'postgres'), ['--version']);
  const major = Number(/\(PostgreSQL\) (\d+)/u.exec(said)?.[1]);
  if (!major) throw new PostgresError('cannotRun', `cannot tell the version of ${join(binDir, 'postgres')}: ${said}`);
  return major;
};

interface Lock {
  readonly pid: number;
  readonly port: number;
}

const readLock = async (clusterDir: string): Promise<Lock | undefined> => {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n');
  return lines?.[0] ? { pid: Number(lines[0]), port: Number(lines[3] ?? 0) } : undefined;
};

/** Whether a pid is a postmaster of this cluster; a number that some other process has now is a stale lock. */
const isPostmasterOf = async (pid: number, clusterDir: string): Promise<boolean> => {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes('postgres') && command.split('\0').includes(clusterDir);
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const ownerFile = (dataDir: string): string => join(dataDir, 'server.pid');

/** When a process began, in ticks since boot: tells it from a later one that got the same number. Empty where there is no /proc. */
const beganAt = async (pid: number): Promise<string> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
};

/** The process a data folder's lock names, and whether it still is that process. */
const ownerOf = async (dataDir: string): Promise<{ pid: number; serves: boolean } | undefined> => {
  const [text = '', began = ''] = (await readFile(ownerFile(dataDir), 'utf8').catch(() => '')).split(' ');
  const pid = Number(text);
  return pid > 0 ? { pid, serves: isAlive(pid) && (await beganAt(pid)) === began } : undefined;
};

/** Takes the data folder for this process; what a killed process left is taken over. */
const takeFolder = async (dataDir: string, say: (line: string) => void): Promise<void> => {
  const owner = await ownerOf(dataDir);
  if (owner?.serves)
    throw new PostgresError(
      'dataFolderInUse',
      `process ${owner.pid} already serves ${dataDir}; stop it first, or set TONGXIN_DATA to another folder`,
    );
  if (owner) say(`process ${owner.pid}, which served ${dataDir}, ended without giving it back; it is taken over`);
  await writeWhole(ownerFile(dataDir), `${process.pid} ${await beganAt(process.pid)}`);
};

const stopPostmaster = async (pid: number): Promise<void> => {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 30_000; waited += 20) {
    if (!isAlive(pid)) return;
    await pause(20);
  }
  process.kill(pid, 'SIGQUIT');
  while (isAlive(pid)) await pause(50);
};

/** The embedded Postgres that already serves a data folder, for a command's own time; undefined when none runs. */
export const attachEmbedded = async ({
  dataDir,
  password,
}: Pick<EmbeddedOptions, 'dataDir' | 'password'>): Promise<Embedded | undefined> => {
  const clusterDir = await findCluster(dataDir);
  const lock = clusterDir && (await readLock(clusterDir));
  if (!lock || !(await isPostmasterOf(lock.pid, clusterDir))) return undefined;
  const major = Number(await readFile(join(clusterDir, 'PG_VERSION'), 'utf8'));
  return {
    adminUrl: adminUrlOf(lock.port, password),
    port: lock.port,
    clusterDir,
    major,
    owned: false,
    ended: new Promise(() => {}),
    stop: async () => {},
  };
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Whether our own postmaster says it is ready (line 8 of its lock file): the port alone could be somebody else's. */
const saysReady = async (clusterDir: string, pid: number | undefined): Promise<boolean> => {
  const lines = (await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
};

const waitUntilReady = async (adminUrl: string, clusterDir: string, child: ChildProcess, said: () => string): Promise<void> => {
  for (let waited = 0; !(await saysReady(clusterDir, child.pid)); waited += 15) {
    if (hasEnded(child)) throw explain(said(), `postgres ended with ${child.exitCode ?? child.signalCode}`);
    if (waited >= START_MS) throw explain(said(), 'postgres did not become ready within a minute');
    await pause(15);
  }
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    if ((error as { code?: string }).code === '28P01')
      throw new PostgresError('wrongPassword', 'the secrets do not belong to this database; put the secrets.json of this data folder back');
    throw error;
  }
};

const launch = (as: RunAs, binDir: string, clusterDir: string, port: number, options: EmbeddedOptions) => {
  const settings = {
    ...SETTINGS,
    ...(options.relaxed ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...options.settings,
  };
  const child = spawn(
    join(binDir, 'postgres'),
    ['-D', clusterDir, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...as, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  let said = '';
  const log = createWriteStream(join(options.dataDir, 'postgres.log'), { flags: 'a', mode: 0o600 });
  log.on('error', () => {});
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-20_000);
    log.write(chunk);
  });
  const ended = new Promise<PostgresError>((done) => {
    child.once('error', () => done(explainLoss(said, null)));
    child.once('close', () => log.end());
    child.once('exit', (_code, signal) => {
      const tell = (): void => done(explainLoss(said, signal));
      // Its last words may still be on their way; a child of its own that lingers does not keep us.
      child.once('close', tell);
      setTimeout(tell, 1000).unref();
    });
  });
  return { child, ended, said: () => said };
};

/**
 * Starts the embedded Postgres of a data folder as a child process: makes the cluster at the first start, recovers one that was not stopped
 * in order, refuses one of another major version, and asserts that what runs is durable. As root the child runs as an unprivileged user.
 * Throws PostgresError with a stable code and a sentence that says what to do.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  await mkdir(options.dataDir, { recursive: true });
  await takeFolder(options.dataDir, options.say ?? (() => {}));
  try {
    return await startTaken(options);
  } catch (error) {
    await rm(ownerFile(options.dataDir), { force: true });
    throw error;
  }
};

const startTaken = async (options: EmbeddedOptions): Promise<Embedded> => {
  const { dataDir, password, say = () => {} } = options;
  const as = runAs();
  const binDir = options.binDir ?? (await placeBinaries(as));
  const { clusterDir } = await placeCluster(dataDir, as);
  const major = await placedMajor(as, binDir);
  const found = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (found === undefined) await initialize(as, binDir, clusterDir, password);
  else if (Number(found) !== major)
    throw new PostgresError(
      'otherMajorVersion',
      `the data was written by PostgreSQL ${found.trim()}, this is ${major}; with the old version run "tongxin export --full <folder>", then "tongxin import-full <folder>" into a new data folder`,
    );
  const lock = await readLock(clusterDir);
  if (lock) {
    // Its server was killed: this postmaster has nobody left, or its lock is stale.
    if (await isPostmasterOf(lock.pid, clusterDir)) {
      say(`the Postgres of ${dataDir} was left running (process ${lock.pid}); it is stopped and started again`);
      await stopPostmaster(lock.pid);
    } else say(`the Postgres of ${dataDir} ended without taking its lock away (process ${lock.pid}); the lock is removed`);
    await rm(join(clusterDir, 'postmaster.pid'), { force: true });
  }
  const port = options.port ?? (await freePort());
  const adminUrl = adminUrlOf(port, password);
  const { child, ended, said } = launch(as, binDir, clusterDir, port, options);
  try {
    await waitUntilReady(adminUrl, clusterDir, child, said);
    await assertSettings(adminUrl, options.relaxed ?? false);
    if (/was not properly shut down/u.test(said()))
      say('Postgres was not stopped in order; it recovered by its log, and nothing that was acknowledged is lost');
  } catch (error) {
    if (child.pid && !hasEnded(child)) await stopPostmaster(child.pid);
    throw error;
  }
  return {
    adminUrl,
    port,
    clusterDir,
    major,
    owned: true,
    ended,
    stop: async () => {
      if (child.pid && !hasEnded(child)) process.kill(child.pid, 'SIGINT');
      const timer = setTimeout(() => child.pid && isAlive(child.pid) && process.kill(child.pid, 'SIGQUIT'), 30_000);
      await ended;
      clearTimeout(timer);
      await rm(ownerFile(dataDir), { force: true });
    },
  };
};
