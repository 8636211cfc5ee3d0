import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import { demand, type Requirement } from '../access-plugin/demand.ts';
import { signInNeeded } from '../errors/problem.ts';

/** Tables are addressed with Kysely's `sql` template: SQL stays SQL, parameters stay parameters (docs/decisions/0002). */
// biome-ignore lint/suspicious/noExplicitAny: the schema is plain SQL; rows are typed where they are read
export type Database = any;

declare const scoped: unique symbol;
/** A handle on an open transaction. Every repo function takes one. */
export type Tx = Kysely<Database>;
/** A transaction whose row-level scope was set by `enter()`: repo functions on case-side tables demand it. */
export type ScopedTx = Tx & { readonly [scoped]: true };

/**
 * Whose scope a transaction takes. Tokens are looked up by the database; nothing else can set a scope. `requires` is what the route
 * demands of its caller: checked on the actor as soon as the scope is open, before any work.
 */
export type Who = { readonly requires?: Requirement } & (
  | { readonly kind: 'person'; readonly token: string }
  | { readonly kind: 'service'; readonly token: string; readonly receiptHash?: Buffer }
);

/** Callers whose requirement was met in a transaction; the access plugin answers nothing before its caller is among them. */
const proved = new WeakSet<Who>();
export const isProved = (who: Who): boolean => !who.requires || proved.has(who);

class HeldConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  constructor(client: pg.PoolClient) {
    this.client = client;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.client.query(query.sql, query.parameters as unknown[]);
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }
  // biome-ignore lint/correctness/useYield: streaming is done with COPY, not here
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported on a held connection');
  }
}

const driverOn = (connection: HeldConnection): Driver => ({
  init: async () => {},
  acquireConnection: async () => connection,
  beginTransaction: async () => {},
  commitTransaction: async () => {},
  rollbackTransaction: async () => {},
  releaseConnection: async () => {},
  destroy: async () => {},
});

/** A Kysely handle over a client that somebody else has begun a transaction on. */
export const handleOn = (client: pg.PoolClient): Tx =>
  new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driverOn(new HeldConnection(client)),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

interface Entered {
  readonly personId: string;
  readonly kind: 'staff' | 'resident' | 'service';
  readonly language: 'zh' | 'en';
  readonly posts: readonly HeldPost[];
}

/** Who holds a query code is known by it alone: the portal's own post gives that caller nothing. */
const actorOf = (entered: Entered, receipt?: { caseId: string }): Actor =>
  receipt
    ? { kind: 'anonymous', posts: [], receiptCaseIds: [receipt.caseId] }
    : { kind: entered.kind === 'service' ? 'service' : 'person', personId: entered.personId, posts: entered.posts };

const ENTER = { name: 'enter', text: 'select enter($1, $2) as entered' };

const unwrap = <T>(settled: PromiseSettledResult<T>): T => {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
};

export interface Scope {
  readonly tx: ScopedTx;
  readonly actor: Actor;
  /** The client itself, for pipelined statements on hot paths. */
  readonly client: pg.PoolClient;
  /** Sends COMMIT right behind statements already sent on `client` and waits for all of them: one round trip for the whole write. */
  readonly commitWith: (statements: readonly Promise<pg.QueryResult>[]) => Promise<pg.QueryResult[]>;
  readonly language: 'zh' | 'en';
  readonly personKind: Entered['kind'];
  /** Present when the caller came with a query code. */
  readonly receipt?: { readonly caseId: string; readonly partyId: string };
}

/**
 * Runs `work` in one transaction under the caller's scope: commits when it returns, rolls back when it throws. `pool` must be the app
 * role's. One round trip opens the transaction and its scope.
 */
export const withScope = async <T>(pool: pg.Pool, who: Who, work: (scope: Scope) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const opened = await Promise.allSettled([
      client.query('begin'),
      client.query<{ entered: Entered | null }>({ ...ENTER, values: [who.kind, who.token] }),
      ...(who.kind === 'service' && who.receiptHash
        ? [client.query<{ found: { caseId: string; partyId: string } | null }>('select enter_receipt($1) as found', [who.receiptHash])]
        : []),
    ]);
    unwrap(opened[0]);
    const entered = unwrap(opened[1]).rows[0]?.entered;
    const receipt = opened[2]
      ? (unwrap(opened[2] as PromiseSettledResult<pg.QueryResult>).rows[0]?.found as Scope['receipt'] | null)
      : undefined;
    if (!entered) throw signInNeeded();
    let committed = false;
    const commitWith: Scope['commitWith'] = async (statements) => {
      committed = true;
      const settled = await Promise.allSettled([...statements, client.query('commit')]);
      const results = settled.map(unwrap);
      // A failure in the middle turns COMMIT into ROLLBACK without an error of its own.
      if (results.at(-1)?.command !== 'COMMIT') throw new Error('transaction was rolled back');
      return results.slice(0, -1);
    };
    const actor = actorOf(entered, receipt ?? undefined);
    if (who.requires) {
      demand(actor, who.requires, receipt ?? undefined);
      proved.add(who);
    }
    const result = await work({
      tx: handleOn(client) as ScopedTx,
      actor,
      client,
      commitWith,
      language: entered.language,
      personKind: entered.kind,
      ...(receipt ? { receipt } : {}),
    });
    if (!committed) await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
};

/** Checks a caller's requirement at once, for work that must not begin before and opens no scope of its own. */
export const prove = (pool: pg.Pool, who: Who): Promise<void> => (isProved(who) ? Promise.resolve() : withScope(pool, who, async () => {}));

/** Runs `work` in one transaction without a scope: for roles that are not bound by one (feed, maintenance, owner). */
export const withTransaction = async <T>(pool: pg.Pool, work: (tx: Tx, client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(handleOn(client), client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
};
