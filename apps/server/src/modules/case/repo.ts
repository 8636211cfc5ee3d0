import { dispatcherAfter, marksAfter } from '@tongxin/domain/case/rules.ts';
import type { CaseState, NewEvent } from '@tongxin/domain/case/schema.ts';
import type { CaseMark } from '@tongxin/domain/post/policy.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Place } from '../../platform/deps.ts';
import type { ChainedEvent } from '../../platform/record/chain.ts';
import { type ScopedTx, send, type Tx } from '../../platform/tx/tx.ts';

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
  /** Seen by its people only: it stands in no column by which bodies and areas list, and `participant_ids` holds its bodies too. */
  confided: boolean;
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
  dispatcher_id: string | null;
  marks: CaseMark[];
  participant_ids: string[];
  main_case_id: string | null;
  overall_due_at: string | null;
  handling_due_at: string | null;
  due_provisional: boolean;
  overdue: boolean;
  overall_stopped: boolean;
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
  'confided',
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

export type Derived = Pick<
  CaseRecord,
  | 'version'
  | 'procedure_version'
  | 'stage'
  | 'state'
  | 'category_id'
  | 'category_version'
  | 'confided'
  | 'receiving_organization_id'
  | 'lead_organization_id'
  | 'supporting_organization_ids'
  | 'respondent_organization_id'
  | 'handler_id'
  | 'dispatcher_id'
  | 'marks'
  | 'participant_ids'
  | 'main_case_id'
  | 'overall_due_at'
  | 'handling_due_at'
  | 'due_provisional'
  | 'overdue'
  | 'overall_stopped'
  | 'light'
  | 'event_count'
  | 'head_hash'
  | 'updated_at'
  | 'ended_at'
>;

/** What columns keep of the record beside the state, of a case that nothing was done to yet. */
export const UNTOUCHED: Kept = { dispatcher_id: null, marks: [] };
export type Kept = Pick<CaseRecord, 'dispatcher_id' | 'marks'>;

/** The same after further events. */
export const keptAfter = (procedure: Procedure, kept: Kept, events: readonly Pick<NewEvent, 'actor' | 'header'>[]): Kept => ({
  dispatcher_id: dispatcherAfter(kept.dispatcher_id, events),
  marks: marksAfter(procedure, kept.marks, events),
});

type Seen = Pick<
  CaseRecord,
  | 'confided'
  | 'receiving_organization_id'
  | 'lead_organization_id'
  | 'supporting_organization_ids'
  | 'respondent_organization_id'
  | 'handler_id'
  | 'dispatcher_id'
  | 'participant_ids'
>;

/**
 * The columns by which rows are seen and listed. Of a confided case there are none but its people: those who head its bodies are found by the
 * bodies among them (`sees_case`), so that no list, count or look-up by body or person, written or still to be written, meets it.
 */
const seenBy = (procedure: Procedure, state: CaseState, kept: Kept): Seen => {
  const people = [...state.reporterIds, ...state.respondentIds, ...state.partyIds];
  if (procedure.confided) {
    const inCharge = [state.handlerId, ...(state.besideIds ?? []), state.receivingOrganizationId, state.leadOrganizationId].filter(
      (id) => id !== undefined,
    );
    return {
      confided: true,
      receiving_organization_id: null,
      lead_organization_id: null,
      supporting_organization_ids: [],
      respondent_organization_id: null,
      handler_id: null,
      dispatcher_id: null,
      participant_ids: [...new Set([...people, ...inCharge])],
    };
  }
  return {
    confided: false,
    receiving_organization_id: state.receivingOrganizationId ?? null,
    lead_organization_id: state.leadOrganizationId ?? null,
    supporting_organization_ids: [...state.supportingOrganizationIds],
    respondent_organization_id: state.respondentOrganizationId ?? null,
    handler_id: state.handlerId ?? null,
    dispatcher_id: kept.dispatcher_id,
    participant_ids: [...new Set(people)],
  };
};

/** The columns that follow from a state and from what is kept of the record: never written by hand. */
export const derivedColumns = (
  procedure: Procedure,
  state: CaseState,
  last: ChainedEvent,
  light: string,
  endedBefore: string | null,
  kept: Kept = UNTOUCHED,
): Derived => {
  const overall = state.clocks[procedure.lights.overall];
  const handling = procedure.lights.handling ? state.clocks[procedure.lights.handling] : undefined;
  const running = [overall, handling].filter((clock) => clock && clock.status !== 'stopped');
  const ended = procedure.stages[state.stage]?.end !== undefined;
  return {
    version: state.version,
    procedure_version: procedure.version,
    stage: state.stage,
    state,
    category_id: state.categoryId ?? null,
    category_version: state.categoryVersion ?? null,
    ...seenBy(procedure, state, kept),
    marks: kept.marks,
    main_case_id: state.mainCaseId ?? null,
    overall_due_at: overall?.dueAt ?? null,
    handling_due_at: handling && handling.status !== 'stopped' ? (handling.dueAt ?? null) : null,
    due_provisional: running.some((clock) => clock!.provisional),
    // Late is who answers late; a late first contact is told by its own ladder.
    overdue: overall?.overdueSince !== undefined,
    overall_stopped: overall?.status === 'stopped',
    light,
    event_count: state.version,
    head_hash: last.hash,
    updated_at: last.recordedAt,
    ended_at: ended ? (endedBefore ?? last.recordedAt) : null,
  };
};

const caseQuery = (caseId: string) => sql<CaseRecord>`select * from cases where case_id = ${caseId}`;

export const findCase = async (tx: ScopedTx, caseId: string): Promise<CaseRecord | undefined> =>
  (await caseQuery(caseId).execute(tx)).rows[0];

/** The same, kept from changing until this transaction is over: what others are merged into must not end meanwhile. */
export const holdCase = async (tx: ScopedTx, caseId: string): Promise<CaseRecord | undefined> =>
  (await sql<CaseRecord>`${caseQuery(caseId)} for share`.execute(tx)).rows[0];

/** Whether reporters of other cases wait for this one's answer; asked past the caller's scope, who need not see those cases. */
export const hasMerged = async (tx: ScopedTx, caseId: string): Promise<boolean> =>
  (await sql<{ waits: boolean }>`select has_merged(${caseId}) as waits`.execute(tx)).rows[0]!.waits;

export interface EventRow {
  event_no: number;
  type: string;
  header: string;
  content_hash: Buffer | null;
  sealed: Buffer | null;
}

/** The record in order, with sealed words where they still exist. */
const recordQuery = (caseId: string) => sql<EventRow>`
    select e.event_no, e.type, e.header, e.content_hash, c.sealed
    from events e left join event_content c on c.case_id = e.case_id and c.event_no = e.event_no
    where e.case_id = ${caseId} order by e.event_no`;

export const findRecord = async (tx: Tx, caseId: string): Promise<EventRow[]> => (await recordQuery(caseId).execute(tx)).rows;

export interface PartyRow {
  case_id: string;
  party_id: string;
  role: string;
  person_id: string | null;
  protected: boolean;
  erased_at: string | null;
}

/** Parties of a case and of those merged into it. */
const partiesQuery = (caseId: string) => sql<PartyRow>`
    select case_id, party_id, role, person_id, protected, erased_at from case_party
    where case_id = any (array(select case_id from cases where main_case_id = ${caseId}) || ${caseId}::uuid) order by joined_at, party_id`;

export interface FileRow {
  file_id: string;
  kind: 'photo' | 'document' | 'sound';
  media_type: string;
  bytes: number;
  address: string;
  taken_place: { lon: number; lat: number } | null;
  seen_by: string[];
  uploader_id: string | null;
  /** Whose query code it came with. */
  party_id: string | null;
  erased_at: string | null;
}

const filesQuery = (caseId: string) => sql<FileRow>`
    select file_id, kind, media_type, bytes, address, taken_place, seen_by, uploader_id, party_id, erased_at from file where case_id = ${caseId} order by stored_at, file_id`;

export const findFiles = async (tx: ScopedTx, caseId: string): Promise<FileRow[]> => (await filesQuery(caseId).execute(tx)).rows;

type MergedRow = { case_id: string; number: string };

/** Cases merged into a main case. */
const mergedQuery = (caseId: string) =>
  sql<MergedRow>`select case_id, number from cases where main_case_id = ${caseId} order by created_at, case_id limit 200`;

export interface LinkRow {
  case_id: string;
  number: string;
  kind: string;
}

/** The latest cases linked to one, from either end, as far as the caller sees them. */
const linksQuery = (caseId: string) => sql<LinkRow>`
    select c.case_id, c.number, l.kind from (
      select other_case_id, kind, linked_at from case_link where case_id = ${caseId}
      union all select case_id, kind, linked_at from case_link where other_case_id = ${caseId}) l
    join cases c on c.case_id = l.other_case_id order by l.linked_at desc, c.case_id limit 20`;

/** Sends for everything a view of one case is made of, in one go. */
export const sendMaterial = (client: pg.PoolClient, caseId: string) =>
  [
    send(client, caseQuery(caseId)),
    send(client, recordQuery(caseId)),
    send(client, partiesQuery(caseId)),
    send(client, filesQuery(caseId)),
    send(client, mergedQuery(caseId)),
    send(client, linksQuery(caseId)),
  ] as const;

export const materialOf = (answers: readonly pg.QueryResult[]) => {
  const rowsOf = <R>(n: number): R[] => (answers[n] as unknown as pg.QueryResult<R & pg.QueryResultRow>).rows;
  return {
    row: rowsOf<CaseRecord>(0)[0],
    record: rowsOf<EventRow>(1),
    parties: rowsOf<PartyRow>(2),
    files: rowsOf<FileRow>(3),
    merged: rowsOf<MergedRow>(4),
    links: rowsOf<LinkRow>(5),
  };
};

/** `updated_at` only where the past is written: of a case that is filed now it is now. */
type Known = Partial<Omit<CaseRecord, keyof Derived> & Pick<CaseRecord, 'updated_at'>> &
  Pick<CaseRecord, 'channel' | 'submitter_id' | 'payload_digest' | 'created_at'>;

/** Where a case stands, in its columns. */
export const spotColumns = (place: Place, point?: { readonly lon: number; readonly lat: number }) => ({
  city_id: place.cityId ?? null,
  district_id: place.districtId ?? null,
  town_id: place.townId ?? null,
  community_id: place.communityId ?? null,
  grid_id: place.gridId ?? null,
  overlay_ids: [...place.overlayIds],
  lon: point?.lon ?? null,
  lat: point?.lat ?? null,
});

/**
 * The first row of a case, whoever writes it: a filing, an import, a bulk load. A writer names what it knows, and everything else is open. Its
 * `number` is the prefix from which the database makes one.
 */
export const filedRow = (procedure: Procedure, state: CaseState, derived: Derived, known: Known): CaseRecord => ({
  case_id: state.caseId,
  procedure_id: procedure.id,
  number: procedure.numberPrefix,
  source_system: null,
  source_number: null,
  source_department: null,
  demand_kind: null,
  title: null,
  confidential: procedure.confidential,
  reporter_protected: false,
  call_back_wanted: false,
  city_id: null,
  district_id: null,
  town_id: null,
  community_id: null,
  grid_id: null,
  overlay_ids: [],
  lon: null,
  lat: null,
  imported: false,
  reported_at: known.created_at,
  ...derived,
  ...known,
});
