import { setTimeout as pause } from 'node:timers/promises';
import type { Composed } from '../compose.ts';
import { systemClock } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config/config.ts';
import { bootstrapDatabase, type RoleUrls } from '../platform/db/bootstrap.ts';
import { migrate } from '../platform/db/migrate.ts';
import { openPools } from '../platform/db/pools.ts';
import { attachEmbedded, type Embedded, startEmbedded } from '../platform/embedded-postgres/embedded-postgres.ts';
import type { PostgresError } from '../platform/embedded-postgres/errors.ts';
import { judgeServer, readSettings } from '../platform/embedded-postgres/settings.ts';

export const DATABASE = 'tongxin';

type Server = Embedded | { readonly adminUrl: string; readonly owned: false; readonly clusterDir?: string };

interface Opening {
  readonly sizes?: Parameters<typeof openPools>[1];
  /** One sentence for each thing that was not in order and is mended, or is to be known. */
  readonly say?: (line: string) => void;
}

/** The installation a command works on, opened as far as it asks for, closed once at the end. */
export const installation = (
  config: Config,
  { sizes = { app: 6, feed: 4, auth: 2, maintenance: 3 }, say = (line) => void process.stderr.write(`${line}\n`) }: Opening = {},
) => {
  const closers: (() => Promise<void>)[] = [];
  let postgres: Promise<Server> | undefined;
  let ended: Promise<PostgresError> | undefined;
  const admin = () => {
    postgres ??= (async () => {
      if (config.databaseUrl) return { adminUrl: config.databaseUrl, owned: false };
      const options = { dataDir: config.dataDir, password: config.secrets.databasePassword, say };
      const embedded = (await attachEmbedded(options)) ?? (await startEmbedded(options));
      if (embedded.owned) {
        closers.push(() => embedded.stop());
        ended = embedded.ended;
      }
      return embedded;
    })();
    return postgres;
  };
  const roles = async (): Promise<RoleUrls> => {
    const { adminUrl } = await admin();
    if (config.databaseUrl) judgeServer(await readSettings(adminUrl));
    const urls = await bootstrapDatabase(adminUrl, { database: databaseOf(config), password: config.secrets.databasePassword });
    if (config.databaseUrl) {
      // A role or a database may have settings of its own.
      const warnings = new Set<string | undefined>();
      for (const url of Object.values(urls)) warnings.add(judgeServer(await readSettings(url)));
      for (const warning of warnings) if (warning) say(warning);
    }
    return urls;
  };
  let composed: Promise<Composed> | undefined;
  const open = () => {
    composed ??= (async () => {
      const urls = await roles();
      await migrate(urls.owner);
      const pools = openPools(urls, sizes);
      closers.push(() => pools.close());
      // What only looks into the database, or copies it, does not wait for this.
      const [{ compose }, { pino }] = await Promise.all([import('../compose.ts'), import('pino')]);
      return compose({ config, pools, clock: systemClock, log: pino({ level: process.env.TONGXIN_LOG ?? 'warn' }, pino.destination(2)) });
    })();
    return composed;
  };
  return {
    admin,
    roles,
    open,
    /** Why our own Postgres ended by itself, when it did: what failed with it failed for that reason. */
    lost: (): Promise<PostgresError | undefined> => Promise.race([ended ?? Promise.resolve(undefined), pause(2000, undefined)]),
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
