import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** What a column of a COPY may hold. Arrays become Postgres arrays, plain objects JSON. */
export type Cell = string | number | boolean | null | undefined | Buffer | readonly (string | number)[] | object;

const ESCAPE: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const SPECIAL = /[\\\n\r\t]/;
const escaped = (text: string): string => (SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (char) => ESCAPE[char]!) : text);
const element = (value: string | number): string => (typeof value === 'number' ? String(value) : `"${value.replace(/(["\\])/g, '\\$1')}"`);

/** One value in COPY's text format. */
export const cell = (value: Cell): string => {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return escaped(`{${(value as (string | number)[]).map(element).join(',')}}`);
  return escaped(JSON.stringify(value));
};

const CHUNK = 256 * 1024;

/** Streams rows into a table in the order of `columns`; waits whenever Postgres is behind, so memory stays flat. */
export const copyRows = async (
  client: pg.PoolClient,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<number> => {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  const done = new Promise<void>((resolve, reject) => {
    stream.once('finish', resolve);
    stream.once('error', reject);
  });
  done.catch(() => {});
  let written = 0;
  let chunk = '';
  for (const row of rows) {
    let line = '';
    for (const [i, value] of row.entries()) line += i === 0 ? cell(value) : `\t${cell(value)}`;
    chunk += `${line}\n`;
    written += 1;
    if (chunk.length < CHUNK) continue;
    if (!stream.write(chunk)) await Promise.race([new Promise((resolve) => stream.once('drain', resolve)), done]);
    chunk = '';
  }
  stream.end(chunk);
  await done;
  return written;
};

/** Adds rows that are not there yet: COPY into a temporary table, then one insert that skips known keys. Answers how many were new. */
export const mergeRows = async (
  client: pg.PoolClient,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<number> => {
  const list = columns.join(', ');
  await client.query(`create temporary table incoming on commit drop as select ${list} from ${table} with no data`);
  await copyRows(client, 'incoming', columns, rows);
  const { rowCount } = await client.query(`insert into ${table} (${list}) select ${list} from incoming on conflict do nothing`);
  await client.query('drop table incoming');
  return rowCount ?? 0;
};

export interface PackLoad {
  readonly pack: string;
  readonly seed: string;
  readonly cases: number;
  readonly parts: readonly string[];
}

export const findPackLoad = async (client: pg.PoolClient, pack: string): Promise<PackLoad | undefined> => {
  const { rows } = await client.query<PackLoad>('select pack, seed, cases, parts from pack_load where pack = $1', [pack]);
  return rows[0];
};

export const savePackLoad = async (client: pg.PoolClient, load: Omit<PackLoad, 'parts'>, now: Date): Promise<void> => {
  await client.query(
    `insert into pack_load (pack, seed, cases, loaded_at) values ($1, $2, $3, $4)
     on conflict (pack) do update set seed = excluded.seed, cases = excluded.cases, loaded_at = excluded.loaded_at`,
    [load.pack, load.seed, load.cases, now],
  );
};

/** Which parts are there now. A city without cases has no row, and is asked for nothing at a start. */
export const savePackParts = async (client: pg.PoolClient, pack: string, parts: readonly string[]): Promise<void> => {
  await client.query('update pack_load set parts = $2 where pack = $1', [pack, parts]);
};

/** Lets the planner know the tables that have just been filled. */
export const analyse = async (client: pg.PoolClient, tables: readonly string[]): Promise<void> => {
  await client.query('select analyse_tables($1)', [tables]);
};
