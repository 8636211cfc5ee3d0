import { randomBytes } from 'node:crypto';
import type { RoleUrls } from '@tongxin/server/platform/db/bootstrap.ts';
import { roleUrls } from '@tongxin/server/platform/db/bootstrap.ts';
import { openPools, type Pools } from '@tongxin/server/platform/db/pools.ts';
import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { adminUrl: string; major: number };
    /** A folder of the run, gone after it. */
    room: string;
  }
}

/** The password of the test cluster's roles. */
export const TEST_PASSWORD = 'test-roles';
export const TEMPLATE = 'tongxin_template';

export interface TestDatabase {
  readonly name: string;
  readonly urls: RoleUrls;
  readonly pools: Pools;
  /** The cluster's administrator, on this database: what an attacker with the machine could do. */
  readonly adminUrl: string;
  close(): Promise<void>;
}

const onAdmin = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/** A database of its own for a test file, copied from the migrated template, file by file, in some tens of milliseconds. */
export const testDatabase = async ({ template = TEMPLATE }: { template?: string } = {}): Promise<TestDatabase> => {
  const cluster = inject('postgres');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onAdmin(cluster.adminUrl, `create database ${name} template ${template} owner tongxin_owner strategy file_copy`);
  const adminUrl = Object.assign(new URL(cluster.adminUrl), { pathname: `/${name}` }).toString();
  const urls = roleUrls(cluster.adminUrl, { database: name, password: TEST_PASSWORD });
  const pools = openPools(urls, { app: 8, feed: 5, auth: 3, maintenance: 3 });
  return {
    name,
    urls,
    pools,
    adminUrl,
    close: async () => {
      await pools.close();
      await onAdmin(cluster.adminUrl, `drop database ${name} with (force)`);
    },
  };
};
