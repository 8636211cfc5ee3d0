import pino from 'pino';
import { type Composed, compose } from '../compose.ts';
import { systemClock } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { bootstrapDatabase } from '../platform/db/bootstrap.ts';
import { migrate } from '../platform/db/migrate.ts';
import { openPools } from '../platform/db/pools.ts';
import { attachEmbedded, type Embedded, startEmbedded } from '../platform/embedded-postgres/embedded-postgres.ts';

export const DATABASE = 'tongxin';

/** The installation a command works on, opened as far as it asks for, closed once at the end. */
export const installation = (config: Config, sizes: Parameters<typeof openPools>[1] = { app: 6, feed: 4, auth: 2, maintenance: 3 }) => {
  const closers: (() => Promise<void>)[] = [];
  let postgres: Promise<Embedded | { adminUrl: string; owned: boolean; clusterDir?: string }> | undefined;
  const admin = () => {
    postgres ??= (async () => {
      if (config.databaseUrl) return { adminUrl: config.databaseUrl, owned: false };
      const options = { dataDir: config.dataDir, password: config.secrets.databasePassword };
      const embedded = (await attachEmbedded(options)) ?? (await startEmbedded(options));
      if (embedded.owned) closers.push(() => embedded.stop());
      return embedded;
    })();
    return postgres;
  };
  let composed: Promise<Composed> | undefined;
  const open = () => {
    composed ??= (async () => {
      const { adminUrl } = await admin();
      const urls = await bootstrapDatabase(adminUrl, { database: databaseOf(config), password: config.secrets.databasePassword });
      await migrate(urls.owner);
      const pools = openPools(urls, sizes);
      closers.push(() => pools.close());
      return compose({ config, pools, clock: systemClock, log: pino({ level: process.env.TONGXIN_LOG ?? 'warn' }, pino.destination(2)) });
    })();
    return composed;
  };
  return {
    admin,
    open,
    close: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
};

/** With a server of one's own, the database its address names; otherwise ours. */
export const databaseOf = (config: Config): string => {
  const named = config.databaseUrl ? new URL(config.databaseUrl).pathname.slice(1) : '';
  return named === '' || named === 'postgres' ? DATABASE : named;
};
