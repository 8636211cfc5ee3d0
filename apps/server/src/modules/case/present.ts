import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { readerKind } from '@tongxin/domain/case/rules.ts';
import type { Actor, EventActor } from '@tongxin/domain/case/schema.ts';
import type { CaseView, FileView, RecordEntry } from '@tongxin/domain/case/view.ts';
import type { Rung } from '@tongxin/domain/clock/schema.ts';
import { nextTold } from '@tongxin/domain/consequence/rules.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import { permitPlacing, permitWork, stageShown } from '@tongxin/domain/procedure/rules.ts';
import type { Field, Procedure, ReaderKind } from '@tongxin/domain/procedure/schema.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { openContent } from '../../platform/record/chain.ts';
import {
  AGAIN,
  CONFIDED_LABELS,
  EVENT_LABELS,
  FILING_LABELS,
  HANDED_TO,
  migratedLabel,
  NOTES_TOLD,
  PEOPLE,
  placedLabel,
  signedAnswers,
  toldLabel,
} from './events.ts';
import { type CodeHolder, codeOfParty, sidesInOrder } from './party/service.ts';
import type { CaseRecord, EventRow, FileRow, LinkRow, PartyRow } from './repo.ts';
import { allowedViews, areaIdOf, clockViews, definitionsAlong, wayOf } from './standing/present.ts';

/** Everything about one case that a view is made of, as read in one transaction. */
export interface CaseMaterial {
  readonly row: CaseRecord;
  readonly record: readonly EventRow[];
  readonly parties: readonly PartyRow[];
  readonly files: readonly FileRow[];
  readonly merged: readonly { case_id: string; number: string }[];
  readonly links: readonly LinkRow[];
  /** The party whose query code opened the case: its files are then found below that code, where no sign-in is needed. */
  readonly receipt?: CodeHolder;
  /** For a reporter whose case was merged: the main case and its record, of which only what is told to reporters is shown. */
  readonly main?: { readonly row: CaseRecord; readonly record: readonly EventRow[] };
}

/** Where the files of a case are found: below the case for who is signed in, below the query code for who holds one. */
export const filesAt = (deps: Deps, caseId: string, receipt: CaseMaterial['receipt']): string =>
  receipt ? `/api/v1/receipts/${codeOfParty(deps, receipt)}/files` : `/api/v1/cases/${caseId}/files`;

const fileView = (at: string, file: FileRow, reader: ReaderKind): FileView => ({
  id: file.file_id,
  kind: file.kind,
  mediaType: file.media_type,
  bytes: file.bytes,
  url: `${at}/${file.file_id}`,
  ...(reader === 'staff' && file.taken_place ? { takenPlace: file.taken_place } : {}),
});

/** A body, and the post in it, as staff name them. */
export const postLabel = (deps: Deps, organizationId: string, postId: string | undefined): Label | undefined => {
  const organization = deps.directory.organization(organizationId)?.label;
  if (!organization) return undefined;
  const post = postId ? deps.directory.post(postId)?.label : undefined;
  const zh = post ? (post.zh.startsWith(organization.zh) ? post.zh : `${organization.zh} ${post.zh}`) : organization.zh;
  return { zh, en: post ? `${organization.en ?? organization.zh}, ${post.en ?? post.zh}` : (organization.en ?? organization.zh) };
};

const by = (deps: Deps, actor: EventActor, reader: ReaderKind, confided: boolean): Label | undefined => {
  if (actor.kind === 'system') return PEOPLE.system;
  const organization = actor.organizationId ? deps.directory.organization(actor.organizationId)?.label : undefined;
  // A service that files for somebody is nobody to the reader who is told of it.
  if (actor.kind === 'service' && reader !== 'staff') return undefined;
  if (organization) return postLabel(deps, actor.organizationId!, reader === 'staff' ? actor.postId : undefined);
  if (actor.kind === 'service') return PEOPLE.service;
  return confided ? PEOPLE.party : PEOPLE.reporter;
};

const seen = (field: Field, reader: ReaderKind): boolean => reader === 'staff' || (field.seenBy?.includes(reader) ?? false);

const valueLabel = (deps: Deps, field: Field, value: unknown): Label | undefined => {
  if (field.type === 'choice') return field.options?.find((option) => option.value === value)?.label;
  if (field.type === 'organization') return deps.directory.organization(String(value))?.label;
  if (field.type === 'category') return deps.directory.category(String(value))?.label;
  return undefined;
};

/** The two smallest of the areas on a path: community and grid. */
const smallest = (deps: Deps, areaIds: unknown): Label[] =>
  (Array.isArray(areaIds) ? areaIds : [])
    .flatMap((id) => deps.directory.area(String(id)) ?? [])
    .filter(({ kind }) => kind !== 'dedicatedGrid')
    .slice(-2)
    .map(({ label }) => label);

interface EntryContext {
  readonly deps: Deps;
  readonly procedure: Procedure;
  readonly reader: ReaderKind;
  readonly row: CaseRecord;
  readonly files: ReadonlyMap<string, FileRow>;
  readonly filesAt: string;
  readonly erasedNos: ReadonlySet<number>;
  /** The sides of a quarrel, in the order they were written down. */
  readonly sides: readonly string[];
  /** A protected reporter's words reach the respondent masked, and its person not at all. */
  readonly shield: boolean;
}

/** One line of the timeline, or nothing when this reader is not told of it. */
const entryOf = (context: EntryContext, event: EventRow): RecordEntry | undefined => {
  const { deps, procedure, reader, row, files, shield } = context;
  const { header, actor, recordedAt, occurredAt } = readHeader(event.header);
  const action = header.action ? procedure.actions[header.action] : undefined;
  const filed =
    (row.confided ? CONFIDED_LABELS[event.type as keyof typeof CONFIDED_LABELS] : undefined) ??
    FILING_LABELS[event.type as keyof typeof FILING_LABELS];
  // What a note says to the reporter is nobody else's to read, not even its office's.
  const note = reader === 'reporter' && event.type === 'note.added' ? NOTES_TOLD[header.codes?.told as keyof typeof NOTES_TOLD] : undefined;
  const told = (action ? action.told : filed) ?? note;
  if (reader !== 'staff' && !told) return undefined;
  // What passes between the office and the reporter is not the other side's to read.
  if (reader === 'respondent' && action?.personal) return undefined;
  const words = event.sealed ? openContent(deps.crypto, row.case_id, event.event_no, event.sealed) : {};
  const answers: RecordEntry['answers'] = (action?.form ?? []).flatMap((field) => {
    const value = field.content ? words[field.id] : header.input?.[field.id];
    if (value === undefined || !seen(field, reader)) return [];
    const shown = shield && typeof value === 'string' ? maskWords(value) : value;
    const label = valueLabel(deps, field, value);
    return [{ id: field.id, label: field.label, value: shown, ...(label ? { valueLabel: label } : {}) }];
  });
  if (!action && reader === 'staff' && typeof words.words === 'string')
    answers.push({
      id: 'words',
      label: EVENT_LABELS[event.type as keyof typeof EVENT_LABELS] ?? { zh: '内容', en: 'Words' },
      value: words.words,
    });
  if (event.type === 'agreement.signed') answers.push(...signedAnswers(header.codes, context.sides));
  if (event.type === 'case.handedOver') {
    const { postId, organizationId } = header.codes as { postId?: string; organizationId?: string };
    const into = (postId && deps.directory.post(postId)?.label) || (organizationId && deps.directory.organization(organizationId)?.label);
    if (into) answers.push({ id: 'into', label: HANDED_TO, value: into.zh, valueLabel: into });
  }
  const shownFiles = (header.fileIds ?? []).flatMap((id) => {
    const file = files.get(id);
    return file && !file.erased_at && (reader === 'staff' || file.seen_by.includes(reader))
      ? [fileView(context.filesAt, file, reader)]
      : [];
  });
  const who = by(deps, actor, reader, row.confided);
  const stageLabel = header.to && header.to !== header.from ? procedure.stages[header.to]?.label : undefined;
  const clock = event.type === 'clock.told' ? procedure.clocks[String(header.codes?.clock)] : undefined;
  const ownLabel = clock
    ? toldLabel(clock.label, header.codes?.kind as Rung['kind'])
    : event.type === 'case.placed'
      ? placedLabel(smallest(deps, header.codes?.areaIds))
      : event.type === 'case.migrated'
        ? migratedLabel(header.codes?.procedureVersion)
        : (EVENT_LABELS[event.type as keyof typeof EVENT_LABELS] ?? { zh: event.type });
  return {
    no: event.event_no,
    type: event.type,
    // A side of a confided case is told what was said to it, and not by which step: that it was stopped for safety would tell on whoever is afraid.
    ...(header.action && !(row.confided && reader !== 'staff') ? { action: header.action } : {}),
    label: reader === 'staff' ? (action?.label ?? ownLabel) : told!,
    at: recordedAt,
    occurredAt,
    ...(who && !(shield && who === PEOPLE.reporter) ? { by: who } : {}),
    ...(stageLabel && reader === 'staff' ? { stageLabel } : {}),
    answers,
    files: shownFiles,
    erased: context.erasedNos.has(event.event_no),
    ...(reader === 'staff' ? { reporterReads: told !== undefined } : {}),
  };
};

const erasedNumbers = (record: readonly EventRow[]): Set<number> =>
  new Set(record.flatMap((event) => (event.content_hash && !event.sealed ? [event.event_no] : [])));

/** What each joint task asks. */
const taskWords = (deps: Deps, caseId: string, record: readonly EventRow[]): Map<string, string> =>
  new Map(
    record.flatMap((event) => {
      if (event.type !== 'task.opened' || !event.sealed) return [];
      const { task } = readHeader(event.header).header;
      const { words } = openContent(deps.crypto, caseId, event.event_no, event.sealed);
      return task && typeof words === 'string' ? [[task.taskId, words] as const] : [];
    }),
  );

/**
 * Areas from the city down. Where a protected reporter lives shows who it is: the side complained of is told the town. A confided case stands in
 * no column of areas: only its people come here, and read them off the state.
 */
const areaLabels = (deps: Deps, row: CaseRecord, upTo: ReaderKind, shield: boolean): Label[] =>
  (row.confided
    ? row.state.areaIds
    : [row.city_id, row.district_id, row.town_id, shield ? null : row.community_id, upTo === 'staff' ? row.grid_id : null]
  ).flatMap((id) => {
    const area = id ? deps.directory.area(id) : undefined;
    return area ? [area.label] : [];
  });

/** A case as one reader may see it: the only way out. Whitelist per reader; nothing is removed afterwards. */
export const presentCase = (deps: Deps, procedure: Procedure, material: CaseMaterial, actor: Actor): CaseView => {
  const { row, record } = material;
  const { state } = row;
  const reader = readerKind(state, actor);
  const shield = reader === 'respondent' && row.reporter_protected;
  const files = new Map(material.files.map((file) => [file.file_id, file]));
  const own = material.parties.filter((party) => party.case_id === row.case_id);
  const sides = row.confided
    ? sidesInOrder(
        row.case_id,
        own.map(({ party_id }) => party_id),
      )
    : [];
  const context: EntryContext = {
    deps,
    procedure,
    reader,
    row,
    files,
    filesAt: filesAt(deps, row.case_id, material.receipt),
    shield,
    sides,
    erasedNos: erasedNumbers(record),
  };
  const along = definitionsAlong(deps, procedure, record);
  const filed = record[0];
  const first = filed?.sealed ? openContent(deps.crypto, row.case_id, filed.event_no, filed.sealed) : {};
  const words = typeof first.text === 'string' ? (shield || reader === 'respondent' ? maskWords(first.text) : first.text) : undefined;
  const address = typeof first.address === 'string' && !shield ? first.address : undefined;
  const staff = reader === 'staff';
  const mayRead = permitWork(state, actor, 'party.read').ok;
  const organizationLabel = (id: string | undefined): Label | undefined => (id ? deps.directory.organization(id)?.label : undefined);
  const stageId = staff ? row.stage : stageShown(procedure, row.stage);
  const stage = procedure.stages[stageId];
  const category = row.category_id ? deps.directory.category(row.category_id, row.category_version ?? undefined) : undefined;
  const partyView = (party: PartyRow) => ({
    id: party.party_id,
    role: party.role,
    protected: party.protected,
    readable: mayRead && !party.erased_at,
  });
  const mainNow = material.main && deps.procedures.get(material.main.row.procedure_id, material.main.row.procedure_version);
  const ofMain = mainNow && definitionsAlong(deps, mainNow, material.main!.record);
  const mainEntries = material.main
    ? material.main.record.flatMap((event) => {
        const { header, actor: doer } = readHeader(event.header);
        if (event.type !== 'case.acted' || !header.action) return [];
        const main = ofMain?.(event.event_no);
        if (!main) return [];
        const entry = entryOf(
          { ...context, procedure: main, row: material.main!.row, files: new Map(), erasedNos: erasedNumbers(material.main!.record) },
          event,
        );
        if (!entry) return [];
        if (doer.organizationId && !main.actions[header.action]?.personal) return [{ ...entry, files: [] }];
        // Two neighbours never read each other: neither what the other did, nor what was said to the other alone. That all begins again both hear.
        const again = header.clocks?.some(({ change, state: clock }) => change === 'started' && clock.clock === main.lights.overall);
        const { by: _neighbour, ...line } = entry;
        return again ? [{ ...line, label: AGAIN, answers: [], files: [] }] : [];
      })
    : [];
  // Of a confided case it hangs on facts that are not told: that somebody is in danger.
  const next = reader === 'reporter' && !row.main_case_id && !row.confided ? nextTold(procedure, state) : undefined;
  const told = [...record.flatMap((event) => entryOf({ ...context, procedure: along(event.event_no) }, event) ?? []), ...mainEntries];
  const asked = staff ? taskWords(deps, row.case_id, record) : new Map<string, string>();
  const placeOf = ({ party_id }: PartyRow): number => (sides.includes(party_id) ? sides.indexOf(party_id) : sides.length);
  const shownParties = own.toSorted((a, b) => placeOf(a) - placeOf(b));
  return {
    id: row.case_id,
    reader,
    number: row.number,
    ...(staff && row.source_system ? { sourceSystem: row.source_system } : {}),
    ...(row.source_number && (staff || reader === 'reporter') ? { sourceNumber: row.source_number } : {}),
    version: row.version,
    procedureId: row.procedure_id,
    procedureVersion: row.procedure_version,
    ...(staff ? standingHere(deps, procedure, row, actor) : {}),
    stage: stageId,
    stageLabel: stage ? (staff ? stage.label : stage.told) : { zh: stageId },
    ...(next ? { nextLabel: next } : {}),
    ended: stage?.end !== undefined,
    title: shield ? maskWords(row.title ?? '') : (row.title ?? ''),
    ...(words !== undefined ? { text: words } : {}),
    ...(address !== undefined ? { address } : {}),
    ...(row.lon !== null && row.lat !== null && !shield ? { point: { lon: row.lon, lat: row.lat } } : {}),
    channel: row.channel,
    ...(row.demand_kind ? { demandKind: row.demand_kind } : {}),
    ...(row.category_id ? { categoryId: row.category_id } : {}),
    ...(category ? { categoryLabel: category.label } : {}),
    areaLabels: areaLabels(deps, row, reader, shield),
    ...(staff && areaIdOf(row) ? { areaId: areaIdOf(row)! } : {}),
    ...(organizationLabel(state.receivingOrganizationId)
      ? { receivingOrganizationLabel: organizationLabel(state.receivingOrganizationId) }
      : {}),
    ...(organizationLabel(state.leadOrganizationId) ? { leadOrganizationLabel: organizationLabel(state.leadOrganizationId) } : {}),
    ...(staff && state.leadOrganizationId ? { leadOrganizationId: state.leadOrganizationId } : {}),
    ...(organizationLabel(state.respondentOrganizationId)
      ? { respondentOrganizationLabel: organizationLabel(state.respondentOrganizationId) }
      : {}),
    callBackWanted: row.call_back_wanted,
    reporterProtected: row.reporter_protected,
    imported: row.imported,
    ...(staff && row.main_case_id ? { mainCaseId: row.main_case_id } : {}),
    links: staff ? material.links.map((one) => ({ id: one.case_id, number: one.number, kind: one.kind })) : [],
    merged: staff
      ? material.merged.map((one) => ({
          id: one.case_id,
          number: one.number,
          parties: material.parties.filter((party) => party.case_id === one.case_id).map(partyView),
        }))
      : [],
    tasks: staff
      ? Object.values(state.tasks).map((task) => ({
          id: task.taskId,
          organizationId: task.organizationId,
          ...(organizationLabel(task.organizationId) ? { organizationLabel: organizationLabel(task.organizationId) } : {}),
          status: task.status,
          ...(task.dueAt ? { dueAt: task.dueAt } : {}),
          ...(asked.has(task.taskId) ? { words: asked.get(task.taskId)! } : {}),
        }))
      : [],
    clocks: clockViews(deps, procedure, material, reader),
    allowed: allowedViews(deps, procedure, row, actor, reader),
    ...(staff ? { way: wayOf(deps, procedure, material) } : {}),
    record: told,
    parties: staff ? shownParties.map(partyView) : [],
    files: material.files
      .filter((file) => !file.erased_at && (staff || file.seen_by.includes(reader)))
      .map((file) => fileView(context.filesAt, file, reader)),
    suggested: staff && row.category_id ? suggestions(deps, row) : [],
    ...(row.reported_at ? { reportedAt: new Date(row.reported_at).toISOString() } : {}),
    updatedAt: new Date(row.updated_at).toISOString(),
    ...(row.confided && !staff ? asTold(row, told) : {}),
  };
};

/**
 * What counts and dates a case to a side of a confided one: what that side is told, and nothing besides. A gap in the numbers, or an hour at which
 * nothing was told, would say that something was written down then: a talk with the other side alone, an answer about danger.
 */
const asTold = (row: CaseRecord, told: readonly RecordEntry[]): Pick<CaseView, 'record' | 'version' | 'updatedAt'> => ({
  record: told.map((entry, index) => ({ ...entry, no: index + 1 })),
  version: told.length,
  updatedAt: told.at(-1)?.at ?? new Date(row.created_at).toISOString(),
});

/** Of an open case: which version holds where it stands, if not its own, and whether this reader may put it elsewhere. */
const standingHere = (deps: Deps, procedure: Procedure, row: CaseRecord, actor: Actor): Pick<CaseView, 'versionHere' | 'mayPlace'> => {
  if (procedure.stages[row.stage]?.end !== undefined) return {};
  const areaIds = pathOf(placeOf(row)).reverse();
  const here = deps.procedures.latest(row.procedure_id, { areaIds, day: instantToLocalDate(deps.clock.now().toISOString()) });
  return {
    ...(here && here.version !== row.procedure_version ? { versionHere: here.version } : {}),
    ...(permitPlacing(row.state, actor).ok ? { mayPlace: true } : {}),
  };
};

/** Bodies the duty lists name for this category here. */
const suggestions = (deps: Deps, row: CaseRecord): CaseView['suggested'] =>
  deps.directory.suggest(row.category_id!, placeOf(row)).flatMap(({ organizationId, clause }) => {
    const label = deps.directory.organization(organizationId)?.label;
    return label ? [{ organizationId, label, ...(clause ? { clause } : {}) }] : [];
  });

export const placeOf = (row: CaseRecord) => ({
  ...(row.city_id ? { cityId: row.city_id } : {}),
  ...(row.district_id ? { districtId: row.district_id } : {}),
  ...(row.town_id ? { townId: row.town_id } : {}),
  ...(row.community_id ? { communityId: row.community_id } : {}),
  ...(row.grid_id ? { gridId: row.grid_id } : {}),
  overlayIds: row.overlay_ids,
});
