import pg from 'pg';
import type { RoleUrls } from './bootstrap.ts';

export interface Pools {
  readonly app: pg.Pool;
  readonly feed: pg.Pool;
  readonly auth: pg.Pool;
  readonly maintenance: pg.Pool;
  /** The maintenance role again, for jobs: one connection for the queue and one for each job that runs, none until there is work. */
  readonly jobs: pg.Pool;
  close(): Promise<void>;
}

/** `bigint` counts and positions stay text unless a query casts them; dates stay `YYYY-MM-DD`. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: never) => (oid === 1082 ? (value: string) => value : pg.types.getTypeParser(oid, format))) as never,
};

type Asked = pg.QueryConfig | pg.Submittable | string;
type Answer = (error: Error, result: pg.QueryResult) => void;

/**
 * A statement asked with `await` is given its callback before it is made. Where pg sets it afterwards, as its own promise does, the rows of every
 * statement outlive two collections of young memory and wait for a full one: a long export then held 200 MB of rows it had done with.
 */
class Client extends pg.Client {
  override query(asked: Asked, values?: unknown[] | Answer, answer?: Answer): never {
    const ask = super.query.bind(this) as (...args: unknown[]) => unknown;
    if (answer || typeof values === 'function' || (typeof asked === 'object' && 'submit' in asked))
      return ask(asked, values, answer) as never;
    return new Promise<pg.QueryResult>((fine, fail) => {
      ask(asked, values, (error: Error | null, result: pg.QueryResult) => (error ? fail(error) : fine(result)));
    }).catch((error: Error) => {
      // Whoever asked stands in the trace, not the socket that answered.
      Error.captureStackTrace(error);
      throw error;
    }) as never;
  }
}

const poolOf = (connectionString: string, name: string, max: number, options?: string): pg.Pool => {
  const pool = new pg.Pool({
    Client,
    connectionString,
    max,
    application_name: `tongxin-${name}`,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 15_000,
    types,
    // Statements are sent without waiting for the answers of those before: platform/tx counts on it.
    // COPY, which only maintenance uses, cannot be.
    pipeline: name !== 'maintenance' && name !== 'jobs',
    ...(options ? { options } : {}),
  } as pg.PoolConfig);
  // A connection that dies while idle is replaced at the next use; the error must not end the process.
  pool.on('error', () => {});
  // So it is with one that dies at work: its statements fail, and whoever sent them hears of it there.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};

/** Work in sets of very different sizes: a plan made once for all of them has cost a thousand times the one made for each. */
const BY_SIZE = '-c plan_cache_mode=force_custom_plan';

/** One pool a role. `app` is sized for request concurrency on few cores: more connections than this only queue inside Postgres. */
export const openPools = (urls: RoleUrls, { app = 12, feed = 7, auth = 4, maintenance = 3 } = {}): Pools => {
  const pools = {
    app: poolOf(urls.app, 'app', app),
    feed: poolOf(urls.feed, 'feed', feed, BY_SIZE),
    auth: poolOf(urls.auth, 'auth', auth, '-c search_path=auth'),
    maintenance: poolOf(urls.maintenance, 'maintenance', maintenance, BY_SIZE),
    jobs: poolOf(urls.maintenance, 'jobs', 6),
  };
  return {
    ...pools,
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
};
