import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { bootstrapDatabase } from '@tongxin/server/platform/db/bootstrap.ts';
import { migrate } from '@tongxin/server/platform/db/migrate.ts';
import { startEmbedded } from '@tongxin/server/platform/embedded-postgres/embedded-postgres.ts';
import type { TestProject } from 'vitest/node';
import { TEMPLATE, TEST_PASSWORD } from './database.ts';
import { runFolder } from './room.ts';

/** Where Debian puts a server of a major version. */
export const debianBinaries = (major: string): string => `/usr/lib/postgresql/${major}/bin`;

/** One Postgres for the whole run (`TONGXIN_TEST_PG=15` for Debian's), relaxed, with a migrated template that test files copy. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const wanted = process.env.TONGXIN_TEST_PG;
  const binDir = wanted ? debianBinaries(wanted) : undefined;
  if (binDir && !existsSync(binDir)) throw new Error(`PostgreSQL ${wanted} is not installed; run scripts/system-deps`);
  const dataDir = await runFolder('test');
  const postgres = await startEmbedded({
    dataDir,
    password: TEST_PASSWORD,
    relaxed: true,
    ...(binDir ? { binDir } : {}),
    // The log of a long run would fill the memory it lies in.
    settings: { max_connections: '200', max_wal_size: '512MB', wal_keep_size: '0' },
  });
  const urls = await bootstrapDatabase(postgres.adminUrl, { database: TEMPLATE, password: TEST_PASSWORD });
  await migrate(urls.owner);
  project.provide('room', dataDir);
  project.provide('postgres', { adminUrl: postgres.adminUrl, major: postgres.major });
  return async () => {
    await postgres.stop();
    // As root below a closed folder the cluster lies apart from the data folder, where the unprivileged child can reach it.
    for (const folder of [postgres.clusterDir, dataDir]) await rm(folder, { recursive: true, force: true });
  };
};
