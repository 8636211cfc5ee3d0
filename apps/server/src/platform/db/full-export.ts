import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { NeededKeys } from '../config/secrets.ts';
import type { RoleUrls } from './bootstrap.ts';
import { copyFile, copyTree, eachOf, fillingFolder, type ListedFile, writeWhole } from './copy-file.ts';
import { migrate, readMigrations } from './migrate.ts';

/** A table as exported: `sha256` and `rows` of its COPY text, ordered by its key, so that they are equal wherever the rows are. */
export interface ExportedTable {
  readonly schema: 'public' | 'auth';
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly sha256: string;
}
export interface ExportManifest {
  readonly format: 1;
  readonly postgresMajor: number;
  /** As in a backup: which keys the sealed words need. */
  readonly keys: NeededKeys;
  readonly migrations: readonly { readonly number: number; readonly name: string; readonly digest: string }[];
  readonly tables: readonly ExportedTable[];
  readonly sequences: readonly { readonly name: string; readonly lastValue: string; readonly isCalled: boolean }[];
  readonly files: readonly ListedFile[];
}

/** Why an export or an import cannot be done. */
export class ExportError extends Error {
  readonly code: 'folderNotEmpty' | 'notAnExport' | 'otherMigrations' | 'exportDamaged' | 'databaseNotEmpty';
  constructor(code: ExportError['code'], message: string) {
    super(message);
    this.name = 'ExportError';
    this.code = code;
  }
}

const KEPT_FOLDERS = ['files', 'checkpoints'];
/** One text for one value, whatever the server's or the machine's settings are. */
const FORMS =
  "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set extra_float_digits = 1; set bytea_output = 'hex'";

interface Session {
  readonly public: pg.Client;
  readonly auth: pg.Client;
}

/** maintenance reads past row-level security what is in `public`; sign-in tables are the owner's alone. Two sessions, one snapshot. */
const withSession = async <T>(urls: RoleUrls, work: (session: Session) => Promise<T>): Promise<T> => {
  const session = { public: new pg.Client({ connectionString: urls.maintenance }), auth: new pg.Client({ connectionString: urls.owner }) };
  try {
    for (const client of [session.public, session.auth]) {
      await client.connect();
      await client.query(FORMS);
    }
    return await work(session);
  } finally {
    await Promise.allSettled([session.public.end(), session.auth.end()]);
  }
};

interface Table {
  readonly schema: 'public' | 'auth';
  readonly name: string;
  readonly columns: string[];
  readonly key: string[];
  readonly needs: string[];
}

const TABLES = `select n.nspname as schema, c.relname as name,
    (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    coalesce((select array_agg(quote_ident(a.attname) || case when t.typcollation <> 0 then ' collate "C"' else '' end order by k.n)
      from pg_index i cross join unnest(i.indkey) with ordinality as k (attnum, n)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum join pg_type t on t.oid = a.atttypid
      where i.indrelid = c.oid and i.indisprimary), '{}') as key,
    array(select distinct f.confrelid::regclass::oid::text from pg_constraint f
      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs, c.oid::text as oid
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and not c.relispartition
    and not (n.nspname = 'public' and c.relname = 'migration')
  order by 1, 2`;

/** Tables, each after those its foreign keys name. */
const readTables = async (client: pg.Client): Promise<Table[]> => {
  const { rows } = await client.query<Table & { oid: string }>(TABLES);
  const ordered: (Table & { oid: string })[] = [];
  const visit = (table: Table & { oid: string }, above: readonly string[]): void => {
    if (ordered.includes(table)) return;
    if (above.includes(table.oid)) throw new Error(`foreign keys of ${table.name} run in a circle`);
    for (const oid of table.needs) visit(rows.find((row) => row.oid === oid)!, [...above, table.oid]);
    ordered.push(table);
  };
  for (const row of rows) visit(row, []);
  return ordered;
};

const quoted = (table: { schema: string; name: string }): string =>
  `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`;
const listOf = (columns: readonly string[]): string => columns.map((column) => pg.escapeIdentifier(column)).join(', ');
const fileOf = (table: { schema: string; name: string }): string => `tables/${table.schema}.${table.name}.copy.gz`;

/** Digests COPY text on its way; a row is a line (line breaks within values are escaped). */
const measuring = () => {
  const hash = createHash('sha256');
  let rows = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows += 1;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ rows, sha256: hash.digest('hex') }) };
};

const readOut = async (client: pg.Client, table: Table, to: Writable[]) => {
  const order = table.key.length > 0 ? ` order by ${table.key.join(', ')}` : '';
  const source = client.query(copyTo(`copy (select ${listOf(table.columns)} from ${quoted(table)}${order}) to stdout`));
  const measure = measuring();
  await pipeline([source, measure.stream, ...to] as never);
  return measure.result();
};

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

const shareSnapshot = async ({ public: first, auth }: Session): Promise<void> => {
  await first.query('begin isolation level repeatable read, read only');
  const { rows } = await first.query<{ id: string }>('select pg_export_snapshot() as id');
  await auth.query('begin isolation level repeatable read, read only');
  await auth.query(`set transaction snapshot ${pg.escapeLiteral(rows[0]!.id)}`);
};

/** Every table's rows and digest, in one snapshot: equal in two databases exactly when their data are. */
export const digestTables = (urls: RoleUrls): Promise<ExportedTable[]> =>
  withSession(urls, async (session) => {
    await shareSnapshot(session);
    const digests: ExportedTable[] = [];
    for (const table of await readTables(session.auth)) {
      const { schema, name, columns } = table;
      digests.push({ schema, name, columns, ...(await readOut(session[schema], table, [nowhere()])) });
    }
    return digests;
  });

const readSequences = async (owner: pg.Client): Promise<ExportManifest['sequences'][number][]> => {
  const { rows } = await owner.query<{ name: string }>(
    "select c.relname as name from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace order by 1",
  );
  const sequences = [];
  for (const { name } of rows) {
    const found = await owner.query(
      `select last_value::text as "lastValue", is_called as "isCalled" from public.${pg.escapeIdentifier(name)}`,
    );
    sequences.push({ name, ...(found.rows[0] as { lastValue: string; isCalled: boolean }) });
  }
  return sequences;
};

interface ExportOptions {
  readonly urls: RoleUrls;
  readonly dataDir: string;
  /** A folder that is missing or empty. */
  readonly folder: string;
  readonly keys: readonly string[];
  readonly withSecrets?: boolean;
  readonly onProgress?: (line: string) => void;
}

/** Writes every table, sequence, attachment and checkpoint; readable by any later version on any supported PostgreSQL. */
export const exportFull = async (options: ExportOptions): Promise<ExportManifest> => {
  const { folder } = options;
  if ((await readdir(folder).catch(() => [])).length > 0)
    throw new ExportError('folderNotEmpty', `${folder} is not empty; name a new folder`);
  return fillingFolder(folder, () => writeAll(options));
};

const writeAll = async (options: ExportOptions): Promise<ExportManifest> => {
  const { urls, dataDir, folder, keys, onProgress = () => {} } = options;
  await mkdir(join(folder, 'tables'), { recursive: true, mode: 0o700 });
  const manifest = await withSession(urls, async (session): Promise<ExportManifest> => {
    await shareSnapshot(session);
    const { rows: versions } = await session.public.query<{ major: number }>(
      "select current_setting('server_version_num')::int / 10000 as major",
    );
    const { rows: migrations } = await session.auth.query('select number, name, digest from migration order by number');
    const tables: ExportedTable[] = [];
    for (const table of await readTables(session.auth)) {
      const { schema, name, columns } = table;
      onProgress(`${schema}.${name}`);
      const target = createWriteStream(join(folder, fileOf(table)), { mode: 0o600, flags: 'wx', flush: true });
      tables.push({ schema, name, columns, ...(await readOut(session[schema], table, [createGzip({ level: 6 }), target])) });
    }
    // After the rows: a number that was given since is skipped, never given twice.
    const sequences = await readSequences(session.auth);
    const files: ListedFile[] = [];
    for (const kept of KEPT_FOLDERS) files.push(...(await copyTree(join(dataDir, kept), folder, kept)));
    if (options.withSecrets) {
      const copied = await copyFile(join(dataDir, 'secrets.json'), join(folder, 'secrets.json'));
      if (copied) files.push({ path: 'secrets.json', ...copied });
    }
    return { format: 1, postgresMajor: versions[0]!.major, keys, migrations, tables, sequences, files };
  });
  await writeWhole(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return manifest;
};

export const readExport = async (folder: string): Promise<ExportManifest> => {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  const manifest = text === undefined ? undefined : (JSON.parse(text) as ExportManifest);
  if (manifest?.format !== 1 || !Array.isArray(manifest.tables)) throw new ExportError('notAnExport', `${folder} holds no finished export`);
  for (const { path } of manifest.files)
    if (path.startsWith('/') || path.split('/').includes('..')) throw new ExportError('notAnExport', `${folder} names ${path}`);
  return manifest;
};

const load = async (client: pg.Client, folder: string, table: ExportedTable): Promise<void> => {
  // Rows a migration put there come with the export.
  await client.query(`delete from ${quoted(table)}`);
  const target = client.query(copyFrom(`copy ${quoted(table)} (${listOf(table.columns)}) from stdin`));
  const measure = measuring();
  await pipeline([createReadStream(join(folder, fileOf(table))), createGunzip(), measure.stream, target] as never);
  const { rows, sha256 } = measure.result();
  if (rows !== table.rows || sha256 !== table.sha256)
    throw new ExportError('exportDamaged', `${fileOf(table)} is not as it was exported; use another export`);
};

const setSequences = async (owner: pg.Client, sequences: ExportManifest['sequences']): Promise<void> => {
  for (const { name, lastValue, isCalled } of sequences) {
    const prefix = /^case_serial_([a-z]{1,6})$/u.exec(name)?.[1];
    if (prefix) await owner.query('select ensure_case_serial($1)', [prefix.toUpperCase()]);
    await owner.query('select setval($1::text::regclass, $2::bigint, $3)', [`public.${pg.escapeIdentifier(name)}`, lastValue, isCalled]);
  }
};

/** Attachments and checkpoints; when one cannot be brought none stays, so that the import can be tried again. */
const bringFiles = async (files: readonly ListedFile[], folder: string, dataDir: string): Promise<void> => {
  const brought: string[] = [];
  try {
    await eachOf(files, async (listed) => {
      if (listed.path === 'secrets.json') return;
      const target = join(dataDir, listed.path);
      const copied = await copyFile(join(folder, listed.path), target);
      if (copied) brought.push(target);
      if (copied?.sha256 !== listed.sha256)
        throw new ExportError('exportDamaged', `${listed.path} is not as it was exported; use another export`);
    });
  } catch (error) {
    for (const path of brought) await rm(path, { force: true });
    throw error;
  }
};

interface ImportOptions {
  readonly urls: RoleUrls;
  readonly dataDir: string;
  readonly folder: string;
  readonly onProgress?: (line: string) => void;
}

/**
 * Loads an export into an empty database: schema as it was, rows, every table compared by digest, then the migrations that came since. The
 * caller drops the database when it throws.
 */
export const importFull = async (options: ImportOptions): Promise<{ tables: number; rows: number; applied: string[] }> => {
  const { urls, dataDir, folder, onProgress = () => {} } = options;
  const manifest = await readExport(folder);
  const known = await readMigrations();
  for (const { number, name, digest } of manifest.migrations)
    if (known[number - 1]?.digest !== digest)
      throw new ExportError(
        'otherMigrations',
        `the export was made with migration ${name}, which this version does not have; update first`,
      );
  await migrate(urls.owner, undefined, manifest.migrations.length);
  await withSession(urls, async (session) => {
    const order = await readTables(session.auth);
    const byName = new Map(manifest.tables.map((table) => [`${table.schema}.${table.name}`, table]));
    if (order.length !== byName.size) throw new ExportError('notAnExport', `${folder} does not hold every table`);
    await session.public.query('begin');
    await session.auth.query('begin');
    for (const { schema, name } of order) {
      const table = byName.get(`${schema}.${name}`);
      if (!table) throw new ExportError('notAnExport', `${folder} does not hold ${schema}.${name}`);
      onProgress(`${schema}.${name}`);
      await load(session[schema], folder, table);
    }
    await session.public.query('commit');
    await setSequences(session.auth, manifest.sequences);
    await session.auth.query('commit');
  });
  await bringFiles(manifest.files, folder, dataDir);
  onProgress('comparing');
  const loaded = new Map((await digestTables(urls)).map((table) => [`${table.schema}.${table.name}`, table.sha256]));
  for (const table of manifest.tables)
    if (loaded.get(`${table.schema}.${table.name}`) !== table.sha256)
      throw new ExportError('exportDamaged', `${table.schema}.${table.name} did not arrive as it left`);
  return {
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    applied: await migrate(urls.owner),
  };
};
