import type { Duplex } from 'node:stream';
import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type RawBuilder,
} from 'kysely';
import type pg from 'pg';
import { byPost, demand, type Requirement } from '../access-plugin/demand.ts';
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
 * demands of its caller: checked on the actor as soon as the scope is open, before any work. `postId`: by which of their posts they do it.
 * `within`: several steps that are one transaction (`together`).
 */
export type Who = { readonly requires?: Requirement; readonly postId?: string; readonly within?: Within } & (
  | { readonly kind: 'person'; readonly token: string }
  | { readonly kind: 'service'; readonly token: string; readonly receiptHash?: Buffer }
);

/** Callers whose requirement was met in a transaction; the access plugin answers nothing before its caller is among them. */
const proved = new WeakSet<Who>();
export const isProved = (who: Who): boolean => !who.requires || proved.has(who);

/** Distinct texts that are prepared once a connection; the product's own lists and reads are far fewer. */
const MOST_PREPARED = 400;
const prepared = new Map<string, string>();

/**
 * The same text is parsed and planned once a connection. Texts without parameters may hold several statements and stay as they are. `anew`: it is
 * planned each time, for the values it has.
 */
const statement = (text: string, values: readonly unknown[], anew = false): pg.QueryConfig => {
  if (values.length === 0) return { text };
  if (anew) return { text, values: values as unknown[] };
  let name = prepared.get(text);
  if (!name && prepared.size < MOST_PREPARED) {
    name = `s${prepared.size}`;
    prepared.set(text, name);
  }
  return { text, values: values as unknown[], ...(name ? { name } : {}) };
};

class HeldConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  constructor(client: pg.PoolClient) {
    this.client = client;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.client.query(statement(query.sql, query.parameters));
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

const kyselyOn = (createDriver: () => Driver): Tx =>
  new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

/** A Kysely handle over a client that somebody else has begun a transaction on. */
export const handleOn = (client: pg.PoolClient): Tx => kyselyOn(() => driverOn(new HeldConnection(client)));

const writer = kyselyOn(() => new DummyDriver());

/** Sends a statement at once, behind those already sent, without waiting for their answers: for reads and writes that leave together. */
export const send = <R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  template: RawBuilder<R>,
  anew = false,
): Promise<pg.QueryResult<R>> => {
  const { sql: text, parameters } = template.compile(writer);
  return client.query<R>(statement(text, parameters, anew));
};

/** What is sent meanwhile leaves in one write: the database is woken once, and the machine asked once. */
const inOneWrite = <T>(client: pg.PoolClient, work: () => T): T => {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  stream.cork();
  try {
    return work();
  } finally {
    stream.uncork();
  }
};

interface Entered {
  readonly personId: string;
  readonly kind: 'staff' | 'resident' | 'service';
  readonly language: 'zh' | 'en';
  readonly posts: readonly HeldPost[];
}

/** Who holds a query code is known by it alone: the portal's own post gives that caller nothing. Throws 403 `postNotYours` for a post chosen. */
const actorOf = (entered: Entered, postId: string | undefined, receipt?: Receipt): Actor =>
  receipt
    ? { kind: 'anonymous', posts: [], receiptCaseIds: [receipt.caseId], receiptPartyId: receipt.partyId }
    : byPost({ kind: entered.kind === 'service' ? 'service' : 'person', personId: entered.personId, posts: entered.posts }, postId);

const unwrap = <T>(settled: PromiseSettledResult<T>): T => {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
};

const ENTER = { name: 'enter', text: 'select enter($1, $2) as entered' };
const ENTER_BY_RECEIPT = {
  name: 'enter-by-receipt',
  text: `select e.entered, case when e.entered is not null then enter_receipt($3) end as receipt
    from (select enter($1, $2) as entered offset 0) e`,
};

/** `slip`: of a code that was made anew, which one. */
type Receipt = { readonly caseId: string; readonly partyId: string; readonly slip?: string };
type Opened = { readonly entered: Entered | null; readonly receipt?: Receipt | null };

const sendEnter = (client: pg.PoolClient, who: Who): Promise<pg.QueryResult<Opened>> =>
  who.kind === 'service' && who.receiptHash
    ? client.query<Opened>({ ...ENTER_BY_RECEIPT, values: [who.kind, who.token, who.receiptHash] })
    : client.query<Opened>({ ...ENTER, values: [who.kind, who.token] });

/** Statements of one transaction, answered in order: the first that failed is the one that is told, not those it took with it. */
const allOf = async (statements: readonly Promise<pg.QueryResult>[]): Promise<pg.QueryResult[]> =>
  (await Promise.allSettled(statements)).map(unwrap);

/** Statements to send: called at once, and must send them before it returns. */
export type Sending = (client: pg.PoolClient) => readonly Promise<pg.QueryResult>[];

export interface Scope {
  readonly tx: ScopedTx;
  readonly actor: Actor;
  /** The client itself, for pipelined statements on hot paths. */
  readonly client: pg.PoolClient;
  /** Answers of the statements that left together with the opening of the scope. */
  readonly first: readonly pg.QueryResult[];
  /** Sends statements with COMMIT right behind them and waits for all: one round trip for the whole write. */
  readonly commitWith: (sending: Sending) => Promise<pg.QueryResult[]>;
  readonly language: 'zh' | 'en';
  readonly personKind: Entered['kind'];
  /** Present when the caller came with a query code. */
  readonly receipt?: Receipt;
}

/** A scope that stands open around several steps; in a rehearsal all of them are undone. */
export interface Within {
  readonly scope: Scope;
  readonly isRehearsal: boolean;
}

/** A step of what stands open: the same actor, nothing committed. */
const inOpen = (who: Who, { scope }: Within): Scope => {
  if (who.requires) {
    demand(scope.actor, who.requires, scope.receipt);
    proved.add(who);
  }
  return scope;
};

/** Sends what opens a transaction and its scope, with statements right behind; answers who has come and, in order, what they answered. */
const enter = async (client: pg.PoolClient, who: Who, sending?: Sending) => {
  const opening = inOneWrite(client, () => [client.query('begin'), sendEnter(client, who), ...(sending?.(client) ?? [])] as const);
  const [begun, entering, ...following] = await Promise.allSettled(opening);
  const [, found] = [unwrap(begun), unwrap(entering as PromiseSettledResult<pg.QueryResult<Opened>>)];
  const { entered, receipt } = found.rows[0] ?? { entered: null };
  if (!entered) throw signInNeeded();
  const actor = actorOf(entered, who.postId, receipt ?? undefined);
  if (who.requires) {
    demand(actor, who.requires, receipt ?? undefined);
    proved.add(who);
  }
  return { entered, receipt, actor, answers: following.map(unwrap) };
};

/**
 * A read that needs no more than the statements it begins with, none of which depends on who asks: transaction, scope, statements and the
 * end of it in one round trip. They see what the scope sees, and nobody gets their answers who may not do what the route demands.
 */
export const readInScope = async (pool: pg.Pool, who: Who, sending: Sending): Promise<readonly pg.QueryResult[]> => {
  if (who.within) return allOf(sending(inOpen(who, who.within).client));
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return (await enter(client, who, (sender) => [...sending(sender), sender.query('commit')])).answers.slice(0, -1);
  } catch (error) {
    // Whatever failed, the commit behind it has ended the transaction; a lost connection shows here.
    await client.query('select').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
};

/**
 * Runs `work` in one transaction under the caller's scope: commits when it returns, rolls back when it throws. `pool` must be the app
 * role's. One round trip opens the transaction and its scope, and takes `first` along: statements that do not depend on who asks. They see
 * what the scope sees; their answers reach `work` only when the caller may do what the route demands.
 */
export const withScope = async <T>(pool: pg.Pool, who: Who, work: (scope: Scope) => Promise<T>, first?: Sending): Promise<T> => {
  if (who.within) {
    const scope = inOpen(who, who.within);
    return work(first ? { ...scope, first: await allOf(first(scope.client)) } : scope);
  }
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { entered, receipt, actor, answers } = await enter(client, who, first);
    let committed = false;
    const scope: Scope = {
      get tx() {
        return handleOn(client) as ScopedTx;
      },
      actor,
      client,
      first: answers,
      commitWith: async (sending) => {
        committed = true;
        const results = await allOf(inOneWrite(client, () => [...sending(client), client.query('commit')]));
        // A failure in the middle turns COMMIT into ROLLBACK without an error of its own.
        if (results.at(-1)?.command !== 'COMMIT') throw new Error('transaction was rolled back');
        return results.slice(0, -1);
      },
      language: entered.language,
      personKind: entered.kind,
      ...(receipt ? { receipt } : {}),
    };
    const result = await work(scope);
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

class Undone extends Error {}

/**
 * Several steps of one caller as one transaction: each takes the `who` it is given, and all are done or none. With `rehearse` they are done as
 * they would be, judged by every rule and by the database, and undone.
 */
export const together = async <T>(pool: pg.Pool, who: Who, rehearse: boolean, work: (inside: Who) => Promise<T>): Promise<T> => {
  let done: { readonly result: T } | undefined;
  try {
    await withScope(pool, who, async (scope) => {
      const open: Scope = { ...scope, commitWith: (sending) => allOf(inOneWrite(scope.client, () => sending(scope.client))) };
      done = { result: await work({ ...who, within: { scope: open, isRehearsal: rehearse } }) };
      if (rehearse) throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return done!.result;
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
