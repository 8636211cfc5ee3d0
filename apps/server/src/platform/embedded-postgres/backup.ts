import { createHash } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { NeededKeys } from '../config/secrets.ts';
import { copyFile, copyTree, eachOf, fillingFolder, type ListedFile, listTree, writeWhole } from '../db/copy-file.ts';
import { placedMajor } from './embedded-postgres.ts';
import { PostgresError } from './errors.ts';
import { placeBinaries, placeCluster, runAs } from './place.ts';

/** What a backup is made of. Written last: a folder without it is not a backup. */
export interface BackupManifest {
  readonly format: 1;
  readonly postgresMajor: number;
  readonly startLsn: string;
  /** Everything acknowledged before this position is in the backup. */
  readonly stopLsn: string;
  /** Which keys the sealed words need (`keyDigests`); one digest over all of them in backups of before. */
  readonly keys: NeededKeys;
  readonly withSecrets: boolean;
  readonly folders: readonly string[];
  readonly files: readonly ListedFile[];
}

/** Folders of the data folder that belong to the installation beside the cluster. */
export const KEPT_FOLDERS = ['files', 'checkpoints'] as const;

/** Contents that a start makes anew (PostgreSQL documentation 25.3.4, "Backing Up the Data Directory"). */
const EMPTIED = ['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'];
const isCopied = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    !EMPTIED.includes(path) &&
    !['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map'].includes(path) &&
    !name.startsWith('pgsql_tmp') &&
    name !== 'pg_internal.init'
  );
};
const SEGMENT = /^[0-9A-F]{24}$/u;

interface BackupOptions {
  readonly adminUrl: string;
  readonly clusterDir: string;
  readonly dataDir: string;
  /** A folder that is missing or empty. */
  readonly target: string;
  readonly keys: readonly string[];
  readonly withSecrets: boolean;
  readonly onProgress?: (line: string) => void;
}

const refuseFilled = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) throw new PostgresError('folderNotEmpty', `${folder} is not empty; name a new folder`);
};

/**
 * Base backup of a running cluster with the write-ahead log that makes it whole, then attachments and checkpoints (after the database: what
 * a committed row names was stored before it). Writers go on meanwhile.
 */
export const makeBackup = async (options: BackupOptions): Promise<BackupManifest> => {
  await refuseFilled(options.target);
  return fillingFolder(options.target, () => copyAll(options));
};

const copyAll = async (options: BackupOptions): Promise<BackupManifest> => {
  const { adminUrl, clusterDir, dataDir, target, onProgress = () => {} } = options;
  const files: ListedFile[] = [];
  const cluster = join(target, 'postgres');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // The slot keeps the log from being recycled until it was copied; it goes with this session.
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [`tongxin_backup_${process.pid}`]);
    const start = await client.query<{ lsn: string; segment: string; major: number }>(
      `select lsn::text, pg_walfile_name(lsn) as segment, current_setting('server_version_num')::int / 10000 as major
         from pg_backup_start('tongxin', true) as lsn`,
    );
    const { lsn: startLsn, segment: first, major } = start.rows[0]!;
    const tree = await listTree(clusterDir, isCopied);
    const copies = await eachOf(tree.files, async (path, i): Promise<ListedFile[]> => {
      const copied = await copyFile(join(clusterDir, path), join(cluster, path));
      if (i % 100 === 0) onProgress(`database files ${i} / ${tree.files.length}`);
      return copied ? [{ path: `postgres/${path}`, ...copied }] : [];
    });
    files.push(...copies.flat());
    const stop = await client.query<{ lsn: string; labelfile: string; segment: string }>(
      'select lsn::text, labelfile, pg_walfile_name(lsn) as segment from pg_backup_stop(wait_for_archive => false)',
    );
    const { lsn: stopLsn, labelfile, segment: last } = stop.rows[0]!;
    const label = Buffer.from(labelfile);
    await writeFile(join(cluster, 'backup_label'), label, { mode: 0o600 });
    files.push({ path: 'postgres/backup_label', bytes: label.length, sha256: createHash('sha256').update(label).digest('hex') });
    const wal = (await readdir(join(clusterDir, 'pg_wal'))).filter(
      (name) => (SEGMENT.test(name) && name >= first && name <= last) || name.endsWith('.history'),
    );
    for (const name of wal.sort())
      files.push({
        path: `postgres/pg_wal/${name}`,
        ...(await copyFile(join(clusterDir, 'pg_wal', name), join(cluster, 'pg_wal', name)))!,
      });
    onProgress('attachments');
    for (const folder of KEPT_FOLDERS) files.push(...(await copyTree(join(dataDir, folder), target, folder)));
    if (options.withSecrets) {
      const copied = await copyFile(join(dataDir, 'secrets.json'), join(target, 'secrets.json'));
      if (!copied) throw new PostgresError('secretsMissing', 'the secrets come from the environment; keep them where they are kept');
      files.push({ path: 'secrets.json', ...copied });
    }
    const manifest: BackupManifest = {
      format: 1,
      postgresMajor: major,
      startLsn,
      stopLsn,
      keys: options.keys,
      withSecrets: options.withSecrets,
      folders: tree.folders,
      files,
    };
    await writeWhole(join(target, 'manifest.json'), JSON.stringify(manifest));
    return manifest;
  } finally {
    await client.end();
  }
};

export const readBackup = async (folder: string): Promise<BackupManifest> => {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  if (text === undefined) throw new PostgresError('notABackup', `${folder} holds no finished backup (manifest.json is missing)`);
  const manifest = JSON.parse(text) as BackupManifest;
  if (manifest.format !== 1 || !Array.isArray(manifest.files)) throw new PostgresError('notABackup', `${folder} is not a backup`);
  for (const { path } of manifest.files)
    if (path.startsWith('/') || path.split('/').includes('..')) throw new PostgresError('notABackup', `${folder} names ${path}`);
  return manifest;
};

/** Puts a backup into an empty data folder, every file against its digest. The next start replays the log. Same major version only. */
export const restoreBackup = async (folder: string, dataDir: string, binDir?: string): Promise<BackupManifest> => {
  const manifest = await readBackup(folder);
  const as = runAs();
  const major = await placedMajor(as, binDir ?? (await placeBinaries(as)));
  if (major !== manifest.postgresMajor)
    throw new PostgresError(
      'otherMajorVersion',
      `the backup is of PostgreSQL ${manifest.postgresMajor}, this is ${major}; use "tongxin export --full" and "tongxin import-full" across versions`,
    );
  for (const taken of ['postgres', 'postgres.path', ...KEPT_FOLDERS])
    if (await stat(join(dataDir, taken)).catch(() => undefined))
      throw new PostgresError('folderNotEmpty', `${dataDir} already holds ${taken}; restore into an empty data folder`);
  await mkdir(dataDir, { recursive: true });
  const { clusterDir } = await placeCluster(dataDir, as);
  const give = async (path: string): Promise<void> => {
    if (as.uid !== undefined) await chown(path, as.uid, as.gid!);
  };
  try {
    await mkdir(clusterDir, { recursive: true, mode: 0o700 });
    for (const path of manifest.folders) {
      await mkdir(join(clusterDir, path), { recursive: true, mode: 0o700 });
      await give(join(clusterDir, path));
    }
    await eachOf(manifest.files, async (listed) => {
      if (listed.path === 'secrets.json') return;
      const inCluster = listed.path.startsWith('postgres/');
      const to = inCluster ? join(clusterDir, listed.path.slice('postgres/'.length)) : join(dataDir, listed.path);
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      const copied = await copyFile(join(folder, listed.path), to);
      if (copied?.sha256 !== listed.sha256)
        throw new PostgresError('backupDamaged', `${listed.path} is ${copied ? 'not as it was backed up' : 'missing'}; use another backup`);
      if (inCluster) await give(to);
    });
  } catch (error) {
    await rm(clusterDir, { recursive: true, force: true });
    for (const kept of ['postgres.path', ...KEPT_FOLDERS]) await rm(join(dataDir, kept), { recursive: true, force: true });
    throw error;
  }
  return manifest;
};
