import type { CaseState } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';
import { CASE_COLUMNS, type CaseRecord } from '../case/index.ts';

export interface KnownSource {
  source_number: string;
  case_id: string;
  digest: Buffer;
}

/** What the numbers of a system were imported as before. */
export const findSources = async (tx: ScopedTx, system: string, numbers: readonly string[]): Promise<Map<string, KnownSource>> => {
  const { rows } = await sql<KnownSource>`select * from find_sources(${system}, ${[...numbers]}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.source_number, row]));
};

/** Opens new ids to this transaction; answers which are new. */
export const openFilings = async (tx: ScopedTx, caseIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{ opened: string[] }>`select open_filings(${[...caseIds]}::uuid[]) as opened`.execute(tx);
  return new Set(rows[0]!.opened);
};

/** One case for each text that is known already, by the text's digest in hex. */
export const findSameTexts = async (tx: ScopedTx, digests: readonly Buffer[]): Promise<Map<string, string>> => {
  const { rows } = await sql<{ digest: Buffer; case_id: string }>`select * from find_same_texts(${[...digests]}::bytea[])`.execute(tx);
  return new Map(rows.map((row) => [row.digest.toString('hex'), row.case_id]));
};

const COLUMNS = CASE_COLUMNS.join(', ');
const VALUES = CASE_COLUMNS.map((column) =>
  column === 'number' ? 'next_case_number(r.number, extract(year from r.created_at)::int)' : `r.${column}`,
).join(', ');

/** Rows as JSON; bytes in Postgres' hex form. */
const asJson = (row: CaseRecord): Record<string, unknown> =>
  Object.fromEntries(
    CASE_COLUMNS.map((column) => [column, Buffer.isBuffer(row[column]) ? `\\x${(row[column] as Buffer).toString('hex')}` : row[column]]),
  );

/** Inserts many cases in one statement; `number` of each row is its procedure's prefix. */
export const sendCases = (client: pg.PoolClient, rows: readonly CaseRecord[]): Promise<pg.QueryResult> =>
  client.query({
    name: 'import-cases',
    text: `insert into cases (${COLUMNS}) select ${VALUES} from jsonb_populate_recordset(null::cases, $1::jsonb) r`,
    values: [JSON.stringify(rows.map(asJson))],
  });

export interface ImportedKeys {
  readonly caseId: string;
  readonly sourceNumber: string;
  readonly digest: Buffer;
  readonly textDigest: Buffer;
  readonly sameAs?: string;
}

/** Source keys, text digests and links of a batch. */
export const sendKeys = (client: pg.PoolClient, system: string, keys: readonly ImportedKeys[], now: string): Promise<pg.QueryResult> => {
  const linked = keys.filter((key) => key.sameAs !== undefined);
  return client.query({
    name: 'import-keys',
    text: `with k as (insert into source_key (source_system, source_number, case_id, digest)
        select $1, x.n, x.c, x.d from unnest($2::text[], $3::uuid[], $4::bytea[]) as x(n, c, d)),
      t as (insert into text_digest (digest, case_id) select x.d, x.c from unnest($5::bytea[], $3::uuid[]) as x(d, c))
      insert into case_link (case_id, other_case_id, kind, linked_at) select x.c, x.o, 'sameText', $8 from unnest($6::uuid[], $7::uuid[]) as x(c, o)`,
    values: [
      system,
      keys.map((key) => key.sourceNumber),
      keys.map((key) => key.caseId),
      keys.map((key) => key.digest),
      keys.map((key) => key.textDigest),
      linked.map((key) => key.caseId),
      linked.map((key) => key.sameAs),
      now,
    ],
  });
};

/** Clocks of imported cases: what they were due. */
export const sendImportedClocks = (
  client: pg.PoolClient,
  states: readonly { caseId: string; clock: CaseState['clocks'][string] }[],
): Promise<pg.QueryResult> =>
  client.query({
    name: 'import-clocks',
    text: `insert into clock (case_id, clock, status, due_at, provisional, calendar_version, next_at)
      select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::boolean[], $6::text[], $7::timestamptz[])`,
    values: [
      states.map((one) => one.caseId),
      states.map((one) => one.clock.clock),
      states.map((one) => one.clock.status),
      states.map((one) => one.clock.dueAt),
      states.map((one) => one.clock.provisional),
      states.map((one) => one.clock.calendarVersion),
      // An open row whose limit is still to come becomes late like any other case.
      states.map((one) => (one.clock.status === 'running' && !one.clock.overdueSince ? one.clock.dueAt : null)),
    ],
  });

/** Organizations by their Chinese name, for tables that name a department. */
export const findOrganizationNames = async (tx: Tx): Promise<Map<string, string>> => {
  const { rows } = await sql<{
    name: string;
    organization_id: string;
  }>`select name->>'zh' as name, organization_id from organization order by organization_id desc`.execute(tx);
  return new Map(rows.map((row) => [row.name, row.organization_id]));
};

export interface NewCategory {
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
}

/** Adds categories that are not known; answers which were new. By the maintenance role. */
export const insertCategories = async (tx: Tx, scheme: string, categories: readonly NewCategory[], day: string): Promise<Set<string>> => {
  const { rows } = await sql<{ category_id: string }>`
    insert into category (category_id, version, scheme, parent_id, name, valid_from)
    select c->>'id', 1, ${scheme}, c->>'parent', jsonb_build_object('zh', c->>'name'), ${day}::date from jsonb_array_elements(${JSON.stringify(categories)}::jsonb) c
    on conflict do nothing returning category_id`.execute(tx);
  return new Set(rows.map((row) => row.category_id));
};
