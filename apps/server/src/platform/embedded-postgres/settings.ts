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

const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums'] as const;

/** Reads the running settings back: what would lose an acknowledged write is refused, whoever set it. */
export const assertSettings = async (adminUrl: string, relaxed: boolean): Promise<void> => {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; setting: string }>('select name, setting from pg_settings where name = any ($1)', [
      [...DURABLE],
    ]);
    const off = rows.filter(({ name, setting }) => setting !== 'on' && !(relaxed && name !== 'data_checksums')).map(({ name }) => name);
    if (off.length > 0 || rows.length !== DURABLE.length)
      throw new PostgresError(
        'notDurable',
        `Postgres runs without ${off.join(', ') || 'known settings'}; acknowledged writes could be lost, so the server does not start`,
      );
  } finally {
    await client.end();
  }
};
