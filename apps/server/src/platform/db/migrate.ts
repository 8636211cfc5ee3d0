import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

const FOLDER = join(import.meta.dirname, '../../../migrations');
const NAME = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)+\.sql$/u;

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

/** The migrations of a folder, in order, without gaps. */
export const readMigrations = async (folder = FOLDER): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, i) => {
      const number = Number(NAME.exec(name)?.[1]);
      if (number !== i + 1) throw new Error(`migration ${name} is out of order: ${String(i + 1).padStart(4, '0')} was expected`);
      const sql = await readFile(join(folder, name), 'utf8');
      return { number, name, sql, digest: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

/** Who queues jobs and who runs them: the definer's functions and the maintenance role. Requests never touch the queue themselves. */
const QUEUE_GRANTS = `
  grant usage on schema graphile_worker to tongxin_definer, tongxin_maintenance;
  grant select, insert, update, delete on all tables in schema graphile_worker to tongxin_definer, tongxin_maintenance;
  grant usage on all sequences in schema graphile_worker to tongxin_definer, tongxin_maintenance;
  grant execute on all functions in schema graphile_worker to tongxin_definer, tongxin_maintenance;`;

/** Tables of the queue of jobs, in their own schema, as its library wants them. Safe to repeat. */
const migrateQueue = async (ownerUrl: string, client: pg.Client): Promise<void> => {
  const { Logger, runMigrations } = await import('graphile-worker');
  await runMigrations({ connectionString: ownerUrl, logger: new Logger(() => () => {}) });
  await client.query(QUEUE_GRANTS);
};

/**
 * Applies what is missing, forward only, each file in one transaction under an advisory lock. A file that was applied and changed since is
 * refused. Answers the names applied now. `through`: the number of the last one to apply, for data of an older version.
 */
export const migrate = async (ownerUrl: string, folder = FOLDER, through = Number.POSITIVE_INFINITY): Promise<string[]> => {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('tongxin.migrate'))");
    await client.query(`create table if not exists migration (
      number integer primary key, name text not null, digest text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ number: number; name: string; digest: string }>(
      'select number, name, digest from migration order by number',
    );
    const applied: string[] = [];
    for (const [i, migration] of migrations.entries()) {
      const before = rows[i];
      if (before) {
        if (before.digest !== migration.digest)
          throw new Error(`migration ${migration.name} was changed after it was applied; add a new one instead`);
        continue;
      }
      if (migration.number > through) break;
      await client.query('begin');
      try {
        await client.query(migration.sql);
        await client.query('insert into migration (number, name, digest) values ($1, $2, $3)', [
          migration.number,
          migration.name,
          migration.digest,
        ]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(migration.name);
    }
    await migrateQueue(ownerUrl, client);
    if (rows.length > migrations.length) throw new Error('this database was migrated by a newer version of the product');
    return applied;
  } finally {
    await client.end();
  }
};
