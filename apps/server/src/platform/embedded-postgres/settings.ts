import pg from 'pg';
import { PostgresError } from './errors.ts';

/** Durable, on the loopback only, sized for a small server; nothing of a statement reaches the log. */
export const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '80',
  shared_buffers: '512MB',
  effective_cache_size: '4GB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  wal_keep_size: '512MB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
  log_checkpoints: 'off',
  password_encryption: 'scram-sha-256',
  idle_in_transaction_session_timeout: '120s',
};

const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;
const NEEDED_VERSION = 15;

/** What a server says of itself: `pg_settings` by name, with `server_version_num`. */
export type ServerSettings = Readonly<Record<string, string>>;

/** Read as who asks: a role or a database may have settings of its own. */
export const readSettings = async (url: string): Promise<ServerSettings> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; setting: string }>('select name, setting from pg_settings where name = any ($1)', [
      [...DURABLE, 'data_checksums', 'server_version_num'],
    ]);
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  } finally {
    await client.end();
  }
};

/** Settings that are off, or unknown. `local` and the like of synchronous_commit still wait for this server's own disk. */
const missing = (settings: ServerSettings, names: readonly string[]): readonly string[] =>
  names.filter((name) => (settings[name] ?? 'off') === 'off');

const notDurable = (names: readonly string[], way = ''): PostgresError =>
  new PostgresError(
    'notDurable',
    `Postgres runs without ${names.join(', ')}; acknowledged writes could be lost, so the server does not start${way}`,
  );

/** Reads the embedded server's running settings back: what would lose an acknowledged write is refused, whoever set it. */
export const assertSettings = async (adminUrl: string, relaxed: boolean): Promise<void> => {
  const settings = await readSettings(adminUrl);
  const off = missing(settings, relaxed ? ['data_checksums'] : [...DURABLE, 'data_checksums']);
  if (off.length > 0) throw notDurable(off);
};

/**
 * Whether a server of one's own may serve: version and durability are demanded, checksums cannot be (an existing cluster may have none).
 * Answers a warning, or nothing. Throws PostgresError `postgresTooOld` or `notDurable`.
 */
export const judgeServer = (settings: ServerSettings): string | undefined => {
  const version = Math.floor(Number(settings.server_version_num ?? 0) / 10_000);
  if (!(version >= NEEDED_VERSION))
    throw new PostgresError(
      'postgresTooOld',
      `DATABASE_URL names a PostgreSQL ${version}; ${NEEDED_VERSION} or newer is needed: update it, or leave DATABASE_URL away and use the embedded one`,
    );
  const off = missing(settings, DURABLE);
  if (off.length > 0) throw notDurable(off, `; switch ${off.length > 1 ? 'them' : 'it'} on at the server that DATABASE_URL names`);
  return missing(settings, ['data_checksums']).length > 0
    ? 'the server that DATABASE_URL names has no data checksums: a block that goes bad on its disk is not noticed (pg_checksums --enable)'
    : undefined;
};
