import type { Calendar } from '@tongxin/domain/calendar/schema.ts';
import type { CaseState, ClockChange, NewEvent } from '@tongxin/domain/case/schema.ts';
import { nextRungAt } from '@tongxin/domain/clock/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { ChainedEvent } from '../../platform/record/chain.ts';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

/** A case as stored. `state` is what the rules see; the columns beside it serve lists, policies and indexes. */
export interface CaseRecord {
  case_id: string;
  version: number;
  procedure_id: string;
  procedure_version: number;
  stage: string;
  state: CaseState;
  number: string;
  source_system: string | null;
  source_number: string | null;
  source_department: string | null;
  channel: string;
  demand_kind: string | null;
  category_id: string | null;
  category_version: number | null;
  title: string | null;
  confidential: boolean;
  reporter_protected: boolean;
  call_back_wanted: boolean;
  city_id: string | null;
  district_id: string | null;
  town_id: string | null;
  community_id: string | null;
  grid_id: string | null;
  overlay_ids: string[];
  lon: number | null;
  lat: number | null;
  receiving_organization_id: string | null;
  lead_organization_id: string | null;
  supporting_organization_ids: string[];
  respondent_organization_id: string | null;
  handler_id: string | null;
  participant_ids: string[];
  main_case_id: string | null;
  overall_due_at: string | null;
  handling_due_at: string | null;
  due_provisional: boolean;
  overdue: boolean;
  light: string;
  imported: boolean;
  submitter_id: string;
  payload_digest: Buffer;
  event_count: number;
  head_hash: Buffer;
  reported_at: string | null;
  created_at: string;
  updated_at: string;
  ended_at: string | null;
}

/** Columns in the order every writer uses: filing, import and bulk load write the same row. */
export const CASE_COLUMNS = [
  'case_id',
  'version',
  'procedure_id',
  'procedure_version',
  'stage',
  'state',
  'number',
  'source_system',
  'source_number',
  'source_department',
  'channel',
  'demand_kind',
  'category_id',
  'category_version',
  'title',
  'confidential',
  'reporter_protected',
  'call_back_wanted',
  'city_id',
  'district_id',
  'town_id',
  'community_id',
  'grid_id',
  'overlay_ids',
  'lon',
  'lat',
  'receiving_organization_id',
  'lead_organization_id',
  'supporting_organization_ids',
  'respondent_organization_id',
  'handler_id',
  'participant_ids',
  'main_case_id',
  'overall_due_at',
  'handling_due_at',
  'due_provisional',
  'overdue',
  'light',
  'imported',
  'submitter_id',
  'payload_digest',
  'event_count',
  'head_hash',
  'reported_at',
  'created_at',
  'updated_at',
  'ended_at',
] as const satisfies readonly (keyof CaseRecord)[];

export const EVENT_COLUMNS = [
  'case_id',
  'event_no',
  'type',
  'schema_version',
  'occurred_at',
  'recorded_at',
  'header',
  'content_hash',
  'prev_hash',
  'hash',
  'command_id',
  'command_digest',
] as const;

type Derived = Pick<
  CaseRecord,
  | 'version'
  | 'stage'
  | 'state'
  | 'category_id'
  | 'category_version'
  | 'receiving_organization_id'
  | 'lead_organization_id'
  | 'supporting_organization_ids'
  | 'respondent_organization_id'
  | 'handler_id'
  | 'participant_ids'
  | 'main_case_id'
  | 'overall_due_at'
  | 'handling_due_at'
  | 'due_provisional'
  | 'overdue'
  | 'light'
  | 'event_count'
  | 'head_hash'
  | 'updated_at'
  | 'ended_at'
>;

/** The columns that follow from a state: never written by hand. */
export const derivedColumns = (
  procedure: Procedure,
  state: CaseState,
  last: ChainedEvent,
  light: string,
  endedBefore: string | null,
): Derived => {
  const overall = state.clocks[procedure.lights.overall];
  const handling = procedure.lights.handling ? state.clocks[procedure.lights.handling] : undefined;
  const running = [overall, handling].filter((clock) => clock && clock.status !== 'stopped');
  const ended = procedure.stages[state.stage]?.end !== undefined;
  return {
    version: state.version,
    stage: state.stage,
    state,
    category_id: state.categoryId ?? null,
    category_version: state.categoryVersion ?? null,
    receiving_organization_id: state.receivingOrganizationId ?? null,
    lead_organization_id: state.leadOrganizationId ?? null,
    supporting_organization_ids: [...state.supportingOrganizationIds],
    respondent_organization_id: state.respondentOrganizationId ?? null,
    handler_id: state.handlerId ?? null,
    participant_ids: [...new Set([...state.reporterIds, ...state.respondentIds, ...state.partyIds])],
    main_case_id: state.mainCaseId ?? null,
    overall_due_at: overall?.dueAt ?? null,
    handling_due_at: handling && handling.status !== 'stopped' ? (handling.dueAt ?? null) : null,
    due_provisional: running.some((clock) => clock!.provisional),
    overdue: Object.values(state.clocks).some((clock) => clock.overdueSince !== undefined),
    light,
    event_count: state.version,
    head_hash: last.hash,
    updated_at: last.recordedAt,
    ended_at: ended ? (endedBefore ?? last.recordedAt) : null,
  };
};

const place = (from: number, n: number): string => Array.from({ length: n }, (_, i) => `$${from + i}`).join(', ');

const INSERT_CASE = `insert into cases (${CASE_COLUMNS.join(', ')}) values (${CASE_COLUMNS.map((column, i) =>
  column === 'number' ? `next_case_number($${i + 1}, $${CASE_COLUMNS.length + 1})` : `$${i + 1}`,
).join(', ')}) returning number`;

const parameter = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !Buffer.isBuffer(value) ? JSON.stringify(value) : value;

export interface NewParty {
  readonly partyId: string;
  readonly role: 'reporter' | 'behalfOf' | 'respondent' | 'party';
  readonly personId?: string;
  readonly organizationId?: string;
  readonly protected: boolean;
  readonly nameSealed?: Buffer;
  readonly phoneSealed?: Buffer;
  readonly phoneIndex?: Buffer;
  readonly addressSealed?: Buffer;
  readonly receiptHash?: Buffer;
}

/** Party and query code, from the parameter `$n` on. */
const insertParty = (n: number): string => `p as (
    insert into case_party (case_id, party_id, role, person_id, organization_id, protected, name_sealed, phone_sealed, phone_index, address_sealed, joined_at)
    values (${place(n, 11)})),
  r as (insert into receipt (code_hash, case_id, party_id, issued_at)
    select $${n + 11}::bytea, $${n}::uuid, $${n + 1}::uuid, $${n + 10}::timestamptz where $${n + 11}::bytea is not null)`;

const partyValues = (caseId: string, party: NewParty, now: string): unknown[] => [
  caseId,
  party.partyId,
  party.role,
  party.personId ?? null,
  party.organizationId ?? null,
  party.protected,
  party.nameSealed ?? null,
  party.phoneSealed ?? null,
  party.phoneIndex ?? null,
  party.addressSealed ?? null,
  now,
  party.receiptHash ?? null,
];

/** Events and their sealed words, from the parameter `$n` on. */
const insertEvents = (n: number): string => `e as (
    insert into events (${EVENT_COLUMNS.join(', ')})
    select * from unnest($${n}::uuid[], $${n + 1}::int[], $${n + 2}::text[], $${n + 3}::smallint[], $${n + 4}::timestamptz[],
      $${n + 5}::timestamptz[], $${n + 6}::text[], $${n + 7}::bytea[], $${n + 8}::bytea[], $${n + 9}::bytea[], $${n + 10}::uuid[], $${n + 11}::bytea[])),
  w as (insert into event_content (case_id, event_no, salt, sealed)
    select x.case_id, x.event_no, x.salt, x.sealed
    from unnest($${n}::uuid[], $${n + 1}::int[], $${n + 12}::bytea[], $${n + 13}::bytea[]) as x(case_id, event_no, salt, sealed)
    where x.salt is not null)`;

/** Their places in the waiting line; the last part of a statement that has `insertEvents(n)`. */
const insertPending = (n: number): string =>
  `insert into feed_pending (case_id, event_no) select x.case_id, x.event_no from unnest($${n}::uuid[], $${n + 1}::int[]) as x(case_id, event_no) order by 1, 2`;

export interface CommandKey {
  readonly id: string;
  readonly digest: Buffer;
}

const EVENT_VALUES = 14;
const eventValues = (events: readonly ChainedEvent[], command?: CommandKey): unknown[] => {
  const column = <T>(read: (event: ChainedEvent) => T): T[] => events.map(read);
  return [
    column((e) => e.caseId),
    column((e) => e.eventNo),
    column((e) => e.type),
    column((e) => e.schemaVersion),
    column((e) => e.occurredAt),
    column((e) => e.recordedAt),
    column((e) => e.header),
    column((e) => e.contentHash),
    column((e) => e.prevHash),
    column((e) => e.hash),
    // The command's key stands on the first event it made.
    events.map((_, i) => (i === 0 ? (command?.id ?? null) : null)),
    events.map((_, i) => (i === 0 ? (command?.digest ?? null) : null)),
    column((e) => e.salt),
    column((e) => e.sealed),
  ];
};

const INSERT_EVENTS = `with ${insertEvents(1)} ${insertPending(1)}`;

/** Sends events of any cases, their sealed words and their places in the waiting line, in one statement. */
export const sendEvents = (client: pg.PoolClient, events: readonly ChainedEvent[]): Promise<pg.QueryResult> =>
  client.query({ name: 'insert-events', text: INSERT_EVENTS, values: eventValues(events) });

const CLOCK_VALUES = 6;
/** Due times of the case `$caseId`, from the parameter `$n` on. */
const insertClocks = (
  caseId: number,
  n: number,
): string => `insert into clock (case_id, clock, status, due_at, provisional, calendar_version, next_at)
  select $${caseId}::uuid, x.* from unnest($${n}::text[], $${n + 1}::text[], $${n + 2}::timestamptz[], $${n + 3}::boolean[], $${n + 4}::text[], $${n + 5}::timestamptz[]) as x`;
const REPLACED = `on conflict (case_id, clock) do update set status = excluded.status, due_at = excluded.due_at, provisional = excluded.provisional,
    calendar_version = excluded.calendar_version, next_at = excluded.next_at`;

/** The last change of each clock among the events. */
export const changedClocks = (events: readonly NewEvent[]): ClockChange[] => [
  ...new Map(events.flatMap((event) => event.header.clocks ?? []).map((change) => [change.state.clock, change])).values(),
];

const clockValues = (procedure: Procedure, changes: readonly ClockChange[], calendar: Calendar): unknown[] => {
  const states = changes.map((change) => change.state);
  return [
    states.map((s) => s.clock),
    states.map((s) => s.status),
    states.map((s) => s.dueAt ?? null),
    states.map((s) => s.provisional),
    states.map((s) => s.calendarVersion),
    states.map((s) => nextRungAt(procedure.clocks[s.clock]!, s, calendar) ?? null),
  ];
};

const UPSERT_CLOCKS = `${insertClocks(1, 2)} ${REPLACED}`;

export const sendClocks = (
  client: pg.PoolClient,
  caseId: string,
  procedure: Procedure,
  changes: readonly ClockChange[],
  calendar: Calendar,
): Promise<pg.QueryResult> =>
  client.query({ name: 'upsert-clocks', text: UPSERT_CLOCKS, values: [caseId, ...clockValues(procedure, changes, calendar)] });

const CASE_VALUES = CASE_COLUMNS.length + 1;
const FILE_CASE = `with c as (${INSERT_CASE}),
  ${insertEvents(CASE_VALUES + 1)},
  k as (${insertClocks(1, CASE_VALUES + EVENT_VALUES + 1)}),
  ${insertParty(CASE_VALUES + EVENT_VALUES + CLOCK_VALUES + 1)},
  q as (${insertPending(CASE_VALUES + 1)})
  select number from c`;

export interface NewRecord {
  /** `number` is the procedure's prefix; the number itself comes back. */
  readonly row: CaseRecord;
  readonly year: number;
  readonly events: readonly ChainedEvent[];
  readonly procedure: Procedure;
  readonly clocks: readonly ClockChange[];
  readonly calendar: Calendar;
  readonly party: NewParty;
  readonly now: string;
}

/** Sends every row of a new case in one statement. Its id must have been opened to this transaction. */
export const sendFiling = (client: pg.PoolClient, filed: NewRecord): Promise<pg.QueryResult<{ number: string }>> =>
  client.query({
    name: 'file-case',
    text: FILE_CASE,
    values: [
      ...CASE_COLUMNS.map((column) => parameter(filed.row[column])),
      filed.year,
      ...eventValues(filed.events),
      ...clockValues(filed.procedure, filed.clocks, filed.calendar),
      ...partyValues(filed.row.case_id, filed.party, filed.now),
    ],
  });

const UPDATED = [
  'version',
  'stage',
  'state',
  'category_id',
  'category_version',
  'receiving_organization_id',
  'lead_organization_id',
  'supporting_organization_ids',
  'respondent_organization_id',
  'handler_id',
  'participant_ids',
  'main_case_id',
  'overall_due_at',
  'handling_due_at',
  'due_provisional',
  'overdue',
  'light',
  'event_count',
  'head_hash',
  'updated_at',
  'ended_at',
] as const satisfies readonly (keyof Derived)[];
const UPDATE_VALUES = UPDATED.length + 2;
const UPDATE_CASE = `update cases set ${UPDATED.map((column, i) => `${column} = $${i + 3}`).join(', ')} where case_id = $1 and version = $2`;

/** Joint tasks of the case `$1`, from the parameter `$n` on. */
const upsertTasks = (n: number): string => `insert into task (case_id, task_id, organization_id, status, updated_at)
  select $1::uuid, x.task_id, x.organization_id, x.status, $${n + 3}::timestamptz
  from unnest($${n}::uuid[], $${n + 1}::uuid[], $${n + 2}::text[]) as x(task_id, organization_id, status)
  on conflict (case_id, task_id) do update set status = excluded.status, updated_at = excluded.updated_at`;

const taskValues = (events: readonly ChangedBy[], now: string): unknown[] => {
  const tasks = [...new Map(events.flatMap((e) => (e.header.task ? [e.header.task] : [])).map((t) => [t.taskId, t])).values()];
  return [tasks.map((t) => t.taskId), tasks.map((t) => t.organizationId), tasks.map((t) => t.status), now];
};
type ChangedBy = Pick<NewEvent, 'header'>;

const APPEND = `with u as (${UPDATE_CASE}),
  ${insertEvents(UPDATE_VALUES + 1)},
  k as (${insertClocks(1, UPDATE_VALUES + EVENT_VALUES + 1)} ${REPLACED}),
  t as (${upsertTasks(UPDATE_VALUES + EVENT_VALUES + CLOCK_VALUES + 1)})
  ${insertPending(UPDATE_VALUES + 1)}`;

export interface Append {
  readonly caseId: string;
  readonly fromVersion: number;
  readonly columns: Derived;
  readonly events: readonly NewEvent[];
  readonly chained: readonly ChainedEvent[];
  readonly command: CommandKey | undefined;
  readonly procedure: Procedure;
  readonly calendar: Calendar;
  readonly now: string;
}

/** Sends the row, events, words, due times and tasks of a locked case in one statement. */
export const sendAppended = (client: pg.PoolClient, append: Append): Promise<pg.QueryResult> =>
  client.query({
    name: 'append',
    text: APPEND,
    values: [
      append.caseId,
      append.fromVersion,
      ...UPDATED.map((column) => parameter(append.columns[column])),
      ...eventValues(append.chained, append.command),
      ...clockValues(append.procedure, changedClocks(append.events), append.calendar),
      ...taskValues(append.events, append.now),
    ],
  });

export interface PriorCommand {
  readonly event_no: number;
  readonly command_digest: Buffer;
}

const LOCK_CASE = `select *, set_config('tongxin.cases', (coalesce(scope_ids('cases'), '{}') || case_id)::text, true) as kept
  from cases where case_id = $1 for update`;

/**
 * Locks a case the caller sees, keeps it in sight until commit also when the act hands it on, and finds what the command id already did:
 * in a statement of its own, which sees what was committed while the lock was waited for.
 */
export const sendLock = (client: pg.PoolClient, caseId: string, commandId: string | undefined): Promise<pg.QueryResult>[] => [
  client.query({ name: 'lock-case', text: LOCK_CASE, values: [caseId] }),
  client.query({
    name: 'find-command',
    text: 'select event_no, command_digest from events where case_id = $1 and command_id = $2',
    values: [caseId, commandId ?? null],
  }),
];

export interface Locked {
  readonly row?: CaseRecord;
  readonly prior?: PriorCommand;
}

/** What `sendLock` answered. */
export const lockedOf = ([locked, prior]: readonly pg.QueryResult[]): Locked => ({
  row: locked?.rows[0] as CaseRecord | undefined,
  prior: prior?.rows[0] as PriorCommand | undefined,
});

export const findCase = async (tx: ScopedTx, caseId: string): Promise<CaseRecord | undefined> => {
  const { rows } = await sql<CaseRecord>`select * from cases where case_id = ${caseId}`.execute(tx);
  return rows[0];
};

export interface EventRow {
  event_no: number;
  type: string;
  header: string;
  content_hash: Buffer | null;
  sealed: Buffer | null;
}

/** The record in order, with sealed words where they still exist. */
export const findRecord = async (tx: Tx, caseId: string): Promise<EventRow[]> => {
  const { rows } = await sql<EventRow>`
    select e.event_no, e.type, e.header, e.content_hash, c.sealed
    from events e left join event_content c on c.case_id = e.case_id and c.event_no = e.event_no
    where e.case_id = ${caseId} order by e.event_no`.execute(tx);
  return rows;
};

export interface PartyRow {
  case_id: string;
  party_id: string;
  role: string;
  person_id: string | null;
  organization_id: string | null;
  protected: boolean;
  erased_at: string | null;
}

export const findParties = async (tx: ScopedTx, caseIds: readonly string[]): Promise<PartyRow[]> => {
  const { rows } = await sql<PartyRow>`
    select case_id, party_id, role, person_id, organization_id, protected, erased_at from case_party
    where case_id = any (${caseIds}) order by joined_at, party_id`.execute(tx);
  return rows;
};

export interface FileRow {
  file_id: string;
  kind: 'photo' | 'document' | 'sound';
  media_type: string;
  bytes: number;
  address: string;
  seen_by: string[];
  erased_at: string | null;
}

export const findFiles = async (tx: ScopedTx, caseId: string): Promise<FileRow[]> => {
  const { rows } = await sql<FileRow>`
    select file_id, kind, media_type, bytes, address, seen_by, erased_at from file where case_id = ${caseId} order by stored_at, file_id`.execute(
    tx,
  );
  return rows;
};

/** Cases merged into a main case. */
export const findMerged = async (tx: ScopedTx, caseId: string): Promise<{ case_id: string; number: string }[]> => {
  const { rows } = await sql<{ case_id: string; number: string }>`
    select case_id, number from cases where main_case_id = ${caseId} order by created_at, case_id limit 200`.execute(tx);
  return rows;
};
