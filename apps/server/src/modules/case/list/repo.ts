import { sql } from 'kysely';
import type pg from 'pg';
import { type ScopedTx, send } from '../../../platform/tx/tx.ts';
import type { CaseRecord } from '../repo.ts';

/** The one index a list walks: an area level, a body, a handler, or one's own cases. Named by equality, so that the order index is used. */
export type Anchor =
  | { readonly by: 'city' | 'district' | 'town' | 'community' | 'grid'; readonly id: string }
  | { readonly by: 'lead' | 'receiving' | 'respondent' | 'handler'; readonly id: string }
  | { readonly by: 'participant' | 'supporting'; readonly id: string };

export interface ListFilter {
  readonly anchor: Anchor;
  readonly stage?: string;
  readonly procedureId?: string;
  readonly light?: string;
  readonly categoryId?: string;
  readonly channel?: string;
  readonly open?: boolean;
  /** Only these, best first is not kept: candidates of a search. */
  readonly caseIds?: readonly string[];
  /** They were found by words: those that complain of the caller's own body are left out. */
  readonly foundByWords?: boolean;
  readonly after?: { readonly updatedAt: string; readonly caseId: string };
  readonly limit: number;
}

const COLUMN = {
  city: 'city_id',
  district: 'district_id',
  town: 'town_id',
  community: 'community_id',
  grid: 'grid_id',
  lead: 'lead_organization_id',
  receiving: 'receiving_organization_id',
  respondent: 'respondent_organization_id',
  handler: 'handler_id',
} as const;

/** What a filter says of a row, for lists, counts and exports alike. */
export const where = (filter: ListFilter) => {
  const { anchor } = filter;
  const anchored =
    anchor.by === 'participant'
      ? sql`participant_ids @> ${[anchor.id]}::uuid[]`
      : anchor.by === 'supporting'
        ? sql`supporting_organization_ids <> '{}' and supporting_organization_ids @> ${[anchor.id]}::uuid[]`
        : sql`${sql.ref(COLUMN[anchor.by])} = ${anchor.id}`;
  return sql.join(
    [
      anchored,
      ...(filter.procedureId ? [sql`procedure_id = ${filter.procedureId}`] : []),
      ...(filter.stage ? [sql`stage = ${filter.stage}`] : []),
      ...(filter.light ? [sql`light = ${filter.light}`] : []),
      ...(filter.categoryId ? [sql`category_id = ${filter.categoryId}`] : []),
      ...(filter.channel ? [sql`channel = ${filter.channel}`] : []),
      ...(filter.open === true ? [sql`ended_at is null`] : filter.open === false ? [sql`ended_at is not null`] : []),
      ...(filter.caseIds ? [sql`case_id = any (${[...filter.caseIds]}::uuid[])`] : []),
      // What the reporter wrote and what staff noted would answer the guesses of the side complained of (R5).
      ...(filter.foundByWords ? [sql`coalesce(respondent_organization_id <> all (scope_ids('organizations')), true)`] : []),
    ],
    sql` and `,
  );
};

export type ListRow = Pick<
  CaseRecord,
  | 'case_id'
  | 'number'
  | 'source_number'
  | 'title'
  | 'procedure_id'
  | 'procedure_version'
  | 'stage'
  | 'channel'
  | 'demand_kind'
  | 'category_id'
  | 'category_version'
  | 'town_id'
  | 'community_id'
  | 'grid_id'
  | 'city_id'
  | 'lead_organization_id'
  | 'overall_due_at'
  | 'handling_due_at'
  | 'imported'
  | 'reported_at'
  | 'version'
  | 'overall_stopped'
  | 'due_provisional'
  | 'light'
> & { updated_at: Date };

/** The two lengths a page is read in: what is not asked for is not presented. */
const SHORT = 51;
const LONG = 201;

/** Where a protected reporter lives shows who it is: the side complained of is told the town (R5). */
export const nearby = (column: 'community_id' | 'grid_id') => sql`case when reporter_protected and respondent_organization_id is not null
  and respondent_organization_id = any (scope_ids('organizations')) then null else ${sql.ref(column)} end as ${sql.ref(column)}`;

/** What a row of a list is made of. */
export const LIST_COLUMNS = sql`case_id, number, source_number, title, procedure_id, procedure_version, stage, channel, demand_kind, category_id, category_version,
      city_id, town_id, ${nearby('community_id')}, ${nearby('grid_id')}, lead_organization_id, overall_due_at, handling_due_at, imported, reported_at, version, updated_at,
      overall_stopped, due_provisional, light`;

/**
 * One page by keyset over (updated_at desc, case_id): a deep page costs what the first does. The limit stands in the text: a
 * plan made for any limit would not know that fifty rows are few.
 */
export const listQuery = (filter: ListFilter) => {
  const { after } = filter;
  return sql<ListRow>`
    select ${LIST_COLUMNS}
    from cases where ${where(filter)}
      ${after ? sql`and updated_at <= ${after.updatedAt}::timestamptz and (updated_at < ${after.updatedAt}::timestamptz or case_id > ${after.caseId}::uuid)` : sql``}
    order by updated_at desc, case_id limit ${sql.lit(filter.limit <= SHORT ? SHORT : LONG)}`;
};

export const sendList = (client: pg.PoolClient, filter: ListFilter): Promise<pg.QueryResult<ListRow>> => send(client, listQuery(filter));

/** Exact to 1,000; one more says that there are more. */
export const sendCount = (client: pg.PoolClient, filter: ListFilter): Promise<pg.QueryResult<{ n: number }>> =>
  send(client, sql<{ n: number }>`select count(*)::int as n from (select 1 from cases where ${where(filter)} limit 1001) as counted`);

/** Whether a number is known: case number, or number of another system. Both are searched exactly. */
export const findByNumber = async (tx: ScopedTx, number: string): Promise<string[]> => {
  const { rows } = await sql<{ case_id: string }>`
    (select case_id from cases where number = ${number} limit 20) union (select case_id from cases where source_number = ${number} limit 20)`.execute(
    tx,
  );
  return rows.map((row) => row.case_id);
};
