import type { Bounds } from '@tongxin/domain/area/schema.ts';
import { keysOfBox } from '@tongxin/domain/map/rules.ts';
import type { CaseMark } from '@tongxin/domain/post/policy.ts';
import { type RawBuilder, sql } from 'kysely';
import type pg from 'pg';
import { type ScopedTx, send } from '../../../platform/tx/tx.ts';
import type { CaseRecord } from '../repo.ts';

export interface AreaAnchor {
  /** `overlay`: a dedicated grid, which lies over the others. */
  readonly by: 'city' | 'district' | 'town' | 'community' | 'grid' | 'overlay';
  readonly id: string;
}
/** The one index a list walks: an area level, a body, a person's work, or one's own cases. Named by equality, so that the order index is used. */
export type Anchor =
  | AreaAnchor
  | { readonly by: 'lead' | 'receiving' | 'respondent' | 'handler' | 'dispatcher'; readonly id: string }
  | { readonly by: 'participant' | 'supporting'; readonly id: string };

/** `changed`: the newest change first. `due`: what is due next first, of what is open. */
export type Order = 'changed' | 'due';
/** From an instant up to, and without, another. */
export interface Span {
  readonly from?: string;
  readonly before?: string;
}

export interface ListFilter {
  readonly anchor: Anchor;
  readonly order?: Order;
  /** Within the anchor, only those of an area. */
  readonly within?: AreaAnchor;
  readonly mark?: CaseMark;
  /** When they were reported, or logged where nobody says when. */
  readonly filed?: Span;
  readonly due?: Span;
  /** Only whose reporter waits to be called. */
  readonly callBack?: boolean;
  readonly stage?: string;
  readonly procedureId?: string;
  readonly light?: string;
  readonly categoryId?: string;
  readonly channel?: string;
  readonly open?: boolean;
  /** Only these, best first is not kept: candidates of a search. */
  readonly caseIds?: readonly string[];
  /** Only what a map shows within this box. */
  readonly box?: Bounds;
  /** They were found by words: those that complain of the caller's own body are left out. */
  readonly foundByWords?: boolean;
  /** The last row of the page before: its time by which the list is ordered, and its id. */
  readonly after?: { readonly at: string; readonly caseId: string };
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
  dispatcher: 'dispatcher_id',
} as const;

/** What lies in an area. Arrays are asked as their indexes have them. */
const inArea = ({ by, id }: AreaAnchor): RawBuilder<unknown> =>
  by === 'overlay' ? sql`overlay_ids <> '{}' and overlay_ids @> ${[id]}::uuid[]` : sql`${sql.ref(COLUMN[by])} = ${id}`;

const anchored = (anchor: Anchor): RawBuilder<unknown> => {
  switch (anchor.by) {
    case 'participant':
      return sql`participant_ids @> ${[anchor.id]}::uuid[]`;
    case 'supporting':
      return sql`supporting_organization_ids <> '{}' and supporting_organization_ids @> ${[anchor.id]}::uuid[]`;
    case 'overlay':
      return inArea({ by: 'overlay', id: anchor.id });
    default:
      return sql`${sql.ref(COLUMN[anchor.by])} = ${anchor.id}`;
  }
};

const within = (column: RawBuilder<unknown>, { from, before }: Span) => [
  ...(from ? [sql`${column} >= ${from}::timestamptz`] : []),
  ...(before ? [sql`${column} < ${before}::timestamptz`] : []),
];

const day = (at: string) => sql`(${at}::timestamptz at time zone 'Asia/Shanghai')::date`;

/**
 * What lies in a box, of what maps show: whoever may not find a place on a map finds it by no box either. The numbers of places, the days of
 * filing and what is open are said as the indexes of the map have them.
 */
const inBox = ({ box, filed, open, order }: ListFilter & { readonly box: Bounds }) => {
  const [west, south, east, north] = box;
  const ranges = keysOfBox(box).map(([from, to]) => sql`(place_key >= ${from}::bigint and place_key < ${to}::bigint)`);
  return [
    sql`mapped and lon >= ${west}::float8 and lon <= ${east}::float8 and lat >= ${south}::float8 and lat <= ${north}::float8`,
    sql`(${sql.join(ranges, sql` or `)})`,
    ...(open === true || order === 'due' ? [sql`ended_at is null`] : []),
    ...(filed?.from ? [sql`filed_on >= ${day(filed.from)}`] : []),
    ...(filed?.before ? [sql`filed_on <= ${day(filed.before)}`] : []),
  ];
};

/** Facts of a case that waits for its reporter to be called: not asked yet, and not three times in vain. */
export const WAITS_FOR_CALL = sql`stage = 'replied' and ended_at is null and call_back_wanted and state->'facts'->>'satisfaction' = 'unknown'
  and state->'facts'->>'callBack' in ('none', 'once', 'twice')`;

/**
 * What a list is made of. For a count it says of what is open that it has a due time, which is the same and leads to the indexes that hold
 * nothing else.
 */
export const where = (filter: ListFilter, counts = false) => {
  const { anchor, order } = filter;
  const openOnly = counts || order === 'due' ? sql`next_due_at is not null` : sql`ended_at is null`;
  return sql.join(
    [
      anchored(anchor),
      ...(filter.procedureId ? [sql`procedure_id = ${filter.procedureId}`] : []),
      ...(filter.stage ? [sql`stage = ${filter.stage}`] : []),
      ...(filter.callBack ? [WAITS_FOR_CALL] : []),
      ...(filter.light ? [sql`light = ${filter.light}`] : []),
      ...(filter.categoryId ? [sql`category_id = ${filter.categoryId}`] : []),
      ...(filter.channel ? [sql`channel = ${filter.channel}`] : []),
      ...(filter.open === true || order === 'due' ? [openOnly] : []),
      ...(filter.open === false ? [sql`ended_at is not null`] : []),
      ...(filter.within ? [inArea(filter.within)] : []),
      // The mark stands in the text, as it does in the indexes of what bears it.
      ...(filter.mark ? [sql`${sql.lit(filter.mark)} = any (marks)`] : []),
      ...within(sql`coalesce(reported_at, created_at)`, filter.filed ?? {}),
      // What was reported on a day was written no earlier: so far down the order of changes, and no further, it may stand.
      ...within(sql`updated_at`, filter.filed?.from ? { from: filter.filed.from } : {}),
      ...within(sql`next_due_at`, filter.due ?? {}),
      ...(filter.box ? inBox({ ...filter, box: filter.box }) : []),
      ...(filter.caseIds ? [sql`case_id = any (${[...filter.caseIds]}::uuid[])`] : []),
      // What the reporter wrote and what staff noted would answer the guesses of the side complained of (R5).
      ...(filter.foundByWords || filter.mark ? [sql`coalesce(respondent_organization_id <> all (scope_ids('organizations')), true)`] : []),
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
  | 'marks'
> & { updated_at: Date; next_due: Date | null };

/** The two lengths a page is read in: what is not asked for is not presented. */
const SHORT = 51;
const LONG = 201;

/** Where a protected reporter lives shows who it is: the side complained of is told the town (R5). */
export const nearby = (column: 'community_id' | 'grid_id') => sql`case when reporter_protected and respondent_organization_id is not null
  and respondent_organization_id = any (scope_ids('organizations')) then null else ${sql.ref(column)} end as ${sql.ref(column)}`;

/** What leaders wrote on a case is not told to the side complained of. */
const MARKS_SEEN = sql`case when respondent_organization_id = any (scope_ids('organizations')) then '{}' else marks end as marks`;

const changedAfter = ({ at, caseId }: NonNullable<ListFilter['after']>) =>
  sql`and updated_at <= ${at}::timestamptz and (updated_at < ${at}::timestamptz or case_id > ${caseId}::uuid)`;
const dueAfter = ({ at, caseId }: NonNullable<ListFilter['after']>) =>
  sql`and next_due_at >= ${at}::timestamptz and (next_due_at > ${at}::timestamptz or case_id > ${caseId}::uuid)`;

/**
 * Narrowed in two ways, a list is long along one of them and short along the other: which, only a plan for these very values knows. Planned once
 * for any values it walked all that is closed, a million, to find that nothing closed is green.
 */
const narrowedTwice = ({ stage, light, categoryId, channel, procedureId, within: part }: ListFilter): boolean =>
  [stage, light, categoryId, channel, procedureId, part].filter(Boolean).length > 1;
/** What a row of a list is made of. */
export const LIST_COLUMNS = sql`case_id, number, source_number, title, procedure_id, procedure_version, stage, channel, demand_kind, category_id, category_version,
      city_id, town_id, ${nearby('community_id')}, ${nearby('grid_id')}, lead_organization_id, overall_due_at, handling_due_at, imported, reported_at, version, updated_at,
      overall_stopped, due_provisional, light, ${MARKS_SEEN}, nullif(next_due_at, 'infinity') as next_due`;

/**
 * One page by keyset over (updated_at desc, case_id) or (next_due_at, case_id): a deep page costs what the first does. The limit stands in the
 * text: a plan made for any limit would not know that fifty rows are few.
 */
export const listQuery = (filter: ListFilter) => {
  const { after, order = 'changed' } = filter;
  return sql<ListRow>`
    select ${LIST_COLUMNS}
    from cases where ${where(filter)}
      ${after ? (order === 'due' ? dueAfter(after) : changedAfter(after)) : sql``}
    order by ${order === 'due' ? sql`next_due_at` : sql`updated_at desc`}, case_id limit ${sql.lit(filter.limit <= SHORT ? SHORT : LONG)}`;
};

export const sendList = (client: pg.PoolClient, filter: ListFilter): Promise<pg.QueryResult<ListRow>> =>
  send(client, listQuery(filter), narrowedTwice(filter));

/** Exact to 1,000; one more says that there are more. */
export const sendCount = (client: pg.PoolClient, filter: ListFilter): Promise<pg.QueryResult<{ n: number }>> =>
  send(
    client,
    sql<{ n: number }>`select count(*)::int as n from (select 1 from cases where ${where(filter, true)} limit 1001) as counted`,
    narrowedTwice(filter),
  );

/** Whether a number is known: one of these as a case number, or the first as the number of another system. All are searched exactly. */
export const findByNumber = async (tx: ScopedTx, numbers: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ case_id: string }>`
    (select case_id from cases where number = any (${[...numbers]}::text[]) limit 20)
    union (select case_id from cases where source_number = ${numbers[0]} limit 20)`.execute(tx);
  return rows.map((row) => row.case_id);
};
