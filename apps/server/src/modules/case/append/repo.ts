import type { Calendar } from '@tongxin/domain/calendar/schema.ts';
import type { ClockChange, NewEvent } from '@tongxin/domain/case/schema.ts';
import { nextRungAt } from '@tongxin/domain/clock/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type pg from 'pg';
import type { ChainedEvent } from '../../../platform/record/chain.ts';
import { type LeaseRow, sendLease } from '../lease/repo.ts';
import { CASE_COLUMNS, type CaseRecord, type Derived, EVENT_COLUMNS } from '../repo.ts';

const INSERT_CASE = `insert into cases (${CASE_COLUMNS.join(', ')}) values (${CASE_COLUMNS.map((column, i) =>
  column === 'number' ? `next_case_number($${i + 1}, $${CASE_COLUMNS.length + 1})` : `$${i + 1}`,
).join(', ')}) returning number`;

const parameter = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !Buffer.isBuffer(value) ? JSON.stringify(value) : value;

export interface NewParty {
  readonly partyId: string;
  readonly role: 'reporter' | 'behalfOf' | 'party';
  readonly personId?: string;
  readonly protected: boolean;
  readonly nameSealed?: Buffer;
  readonly phoneSealed?: Buffer;
  readonly phoneIndex?: Buffer;
  readonly receiptHash: Buffer;
}

/** Parties of the case `$caseId` and their query codes, from the parameter `$n` on. */
const insertParties = (caseId: number, n: number): string => `p as (
    insert into case_party (case_id, party_id, role, person_id, protected, name_sealed, phone_sealed, phone_index, joined_at)
    select $${caseId}::uuid, x.*, $${n + 8}::timestamptz from unnest($${n}::uuid[], $${n + 1}::text[], $${n + 2}::uuid[], $${n + 3}::boolean[],
      $${n + 4}::bytea[], $${n + 5}::bytea[], $${n + 6}::bytea[]) as x),
  r as (insert into receipt (code_hash, case_id, party_id, issued_at)
    select x.code_hash, $${caseId}::uuid, x.party_id, $${n + 8}::timestamptz from unnest($${n + 7}::bytea[], $${n}::uuid[]) as x(code_hash, party_id))`;

const partyValues = (parties: readonly NewParty[], now: string): unknown[] => [
  parties.map((party) => party.partyId),
  parties.map((party) => party.role),
  parties.map((party) => party.personId ?? null),
  parties.map((party) => party.protected),
  parties.map((party) => party.nameSealed ?? null),
  parties.map((party) => party.phoneSealed ?? null),
  parties.map((party) => party.phoneIndex ?? null),
  parties.map((party) => party.receiptHash),
  now,
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
  ${insertParties(1, CASE_VALUES + EVENT_VALUES + CLOCK_VALUES + 1)},
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
  readonly parties: readonly NewParty[];
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
      ...partyValues(filed.parties, filed.now),
    ],
  });

const UPDATED = [
  'version',
  'procedure_version',
  'stage',
  'state',
  'category_id',
  'category_version',
  'receiving_organization_id',
  'lead_organization_id',
  'supporting_organization_ids',
  'respondent_organization_id',
  'handler_id',
  'dispatcher_id',
  'marks',
  'participant_ids',
  'main_case_id',
  'overall_due_at',
  'handling_due_at',
  'due_provisional',
  'overdue',
  'overall_stopped',
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
  on conflict (case_id, task_id) do update set organization_id = excluded.organization_id, status = excluded.status, updated_at = excluded.updated_at`;

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
  sendLease(client, caseId),
];

export interface Locked {
  readonly row?: CaseRecord;
  readonly prior?: PriorCommand;
  /** Who has it in hand, or had. */
  readonly lease?: LeaseRow;
}

/** What `sendLock` answered. */
export const lockedOf = ([locked, prior, lease]: readonly pg.QueryResult[]): Locked => ({
  row: locked?.rows[0] as CaseRecord | undefined,
  prior: prior?.rows[0] as PriorCommand | undefined,
  lease: lease?.rows[0] as LeaseRow | undefined,
});
