import type { Calendar } from '@tongxin/domain/calendar/schema.ts';
import type { CaseState, ClockChange, NewEvent } from '@tongxin/domain/case/schema.ts';
import { nextRungAt } from '@tongxin/domain/clock/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { ChainedEvent } from '../../platform/record/chain.ts';
import type { Scope, ScopedTx, Tx } from '../../platform/tx/tx.ts';

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

/** Sends the insert of a new case; `number` of the row is the procedure's prefix, the number itself comes back. */
export const sendCase = (client: pg.PoolClient, row: CaseRecord, year: number): Promise<pg.QueryResult<{ number: string }>> =>
  client.query({ name: 'insert-case', text: INSERT_CASE, values: [...CASE_COLUMNS.map((column) => parameter(row[column])), year] });

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

const INSERT_PARTY = `with p as (
    insert into case_party (case_id, party_id, role, person_id, organization_id, protected, name_sealed, phone_sealed, phone_index, address_sealed, joined_at)
    values (${place(1, 11)}))
  insert into receipt (code_hash, case_id, party_id, issued_at) select $12::bytea, $1::uuid, $2::uuid, $11::timestamptz where $12::bytea is not null`;

export const sendParty = (client: pg.PoolClient, caseId: string, party: NewParty, now: string): Promise<pg.QueryResult> =>
  client.query({
    name: 'insert-party',
    text: INSERT_PARTY,
    values: [
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
    ],
  });

const INSERT_EVENTS = `with e as (
    insert into events (${EVENT_COLUMNS.join(', ')})
    select * from unnest($1::uuid[], $2::int[], $3::text[], $4::smallint[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::bytea[],
      $9::bytea[], $10::bytea[], $11::uuid[], $12::bytea[])),
  c as (insert into event_content (case_id, event_no, salt, sealed)
    select x.case_id, x.event_no, x.salt, x.sealed from unnest($1::uuid[], $2::int[], $13::bytea[], $14::bytea[]) as x(case_id, event_no, salt, sealed)
    where x.salt is not null)
  insert into feed_pending (case_id, event_no) select x.case_id, x.event_no from unnest($1::uuid[], $2::int[]) as x(case_id, event_no) order by 1, 2`;

export interface CommandKey {
  readonly id: string;
  readonly digest: Buffer;
}

/** Sends events, their sealed words and their places in the waiting line, in one statement. The command key goes on the first event of each case. */
export const sendEvents = (client: pg.PoolClient, events: readonly ChainedEvent[], command?: CommandKey): Promise<pg.QueryResult> => {
  const column = <T>(read: (event: ChainedEvent) => T): T[] => events.map(read);
  return client.query({
    name: 'insert-events',
    text: INSERT_EVENTS,
    values: [
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
      events.map((_, i) => (i === 0 ? (command?.id ?? null) : null)),
      events.map((_, i) => (i === 0 ? (command?.digest ?? null) : null)),
      column((e) => e.salt),
      column((e) => e.sealed),
    ],
  });
};

const UPSERT_CLOCKS = `insert into clock (case_id, clock, status, due_at, provisional, calendar_version, next_at)
  select $1, * from unnest($2::text[], $3::text[], $4::timestamptz[], $5::boolean[], $6::text[], $7::timestamptz[])
  on conflict (case_id, clock) do update set status = excluded.status, due_at = excluded.due_at, provisional = excluded.provisional,
    calendar_version = excluded.calendar_version, next_at = excluded.next_at`;

/** The last change of each clock among the events. */
export const changedClocks = (events: readonly NewEvent[]): ClockChange[] => [
  ...new Map(events.flatMap((event) => event.header.clocks ?? []).map((change) => [change.state.clock, change])).values(),
];

export const sendClocks = (
  client: pg.PoolClient,
  caseId: string,
  procedure: Procedure,
  changes: readonly ClockChange[],
  calendar: Calendar,
): Promise<pg.QueryResult> => {
  const states = changes.map((change) => change.state);
  return client.query({
    name: 'upsert-clocks',
    text: UPSERT_CLOCKS,
    values: [
      caseId,
      states.map((s) => s.clock),
      states.map((s) => s.status),
      states.map((s) => s.dueAt ?? null),
      states.map((s) => s.provisional),
      states.map((s) => s.calendarVersion),
      states.map((s) => nextRungAt(procedure.clocks[s.clock]!, s, calendar) ?? null),
    ],
  });
};

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
const UPDATE_CASE = `update cases set ${UPDATED.map((column, i) => `${column} = $${i + 3}`).join(', ')} where case_id = $1 and version = $2`;

export const sendUpdate = (client: pg.PoolClient, caseId: string, fromVersion: number, row: Derived): Promise<pg.QueryResult> =>
  client.query({
    name: 'update-case',
    text: UPDATE_CASE,
    values: [caseId, fromVersion, ...UPDATED.map((column) => parameter(row[column]))],
  });

const UPSERT_TASKS = `insert into task (case_id, task_id, organization_id, status, updated_at)
  select $1, x.task_id, x.organization_id, x.status, $5 from unnest($2::uuid[], $3::uuid[], $4::text[]) as x(task_id, organization_id, status)
  on conflict (case_id, task_id) do update set status = excluded.status, updated_at = excluded.updated_at`;

export const sendTasks = (client: pg.PoolClient, caseId: string, events: readonly NewEvent[], now: string): Promise<pg.QueryResult> => {
  const tasks = [...new Map(events.flatMap((e) => (e.header.task ? [e.header.task] : [])).map((t) => [t.taskId, t])).values()];
  return client.query({
    name: 'upsert-tasks',
    text: UPSERT_TASKS,
    values: [caseId, tasks.map((t) => t.taskId), tasks.map((t) => t.organizationId), tasks.map((t) => t.status), now],
  });
};

export interface PriorCommand {
  readonly event_no: number;
  readonly command_digest: Buffer;
}

/** Locks a case the caller sees, keeps it in sight until commit, and finds what the command id already did. One round trip. */
export const lockForAct = async (
  scope: Scope,
  caseId: string,
  commandId: string | undefined,
): Promise<{ row?: CaseRecord; prior?: PriorCommand }> => {
  const settled = await Promise.allSettled([
    scope.client.query({ name: 'keep-case', text: 'select keep_case($1) as kept', values: [caseId] }),
    scope.client.query<CaseRecord>({ name: 'lock-case', text: 'select * from cases where case_id = $1 for update', values: [caseId] }),
    scope.client.query<PriorCommand>({
      name: 'find-command',
      text: 'select event_no, command_digest from events where case_id = $1 and command_id = $2',
      values: [caseId, commandId ?? null],
    }),
  ]);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  const [, locked, prior] = settled as [
    unknown,
    PromiseFulfilledResult<pg.QueryResult<CaseRecord>>,
    PromiseFulfilledResult<pg.QueryResult<PriorCommand>>,
  ];
  return { row: locked.value.rows[0], prior: prior.value.rows[0] };
};

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
