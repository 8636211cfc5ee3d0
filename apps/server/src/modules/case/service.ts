import { createHash } from 'node:crypto';
import { claimedInstant, isDate } from '@tongxin/domain/calendar/rules.ts';
import { caseLight, readerKind } from '@tongxin/domain/case/rules.ts';
import type { Actor, CaseState, Command, NewEvent, Point, TaskState } from '@tongxin/domain/case/schema.ts';
import type { CaseView, NewAction } from '@tongxin/domain/case/view.ts';
import { decide, evolve, permitWork } from '@tongxin/domain/procedure/rules.ts';
import type { Action, Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { changeTask, openTask } from '@tongxin/domain/task/rules.ts';
import type pg from 'pg';
import { postOf } from '../../platform/access-plugin/demand.ts';
import type { Deps, Place } from '../../platform/deps.ts';
import { conflict, invalid, notFound, Problem } from '../../platform/errors/problem.ts';
import { chain } from '../../platform/record/chain.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { admits } from '../duty/index.ts';
import { type CommandKey, lockedOf, type PriorCommand, sendAppended, sendLock } from './append/repo.ts';
import { refused } from './errors.ts';
import type { NOTES_TOLD } from './events.ts';
import { heldBy, isHeld } from './lease/present.ts';
import { dropLease, type LeaseRow } from './lease/repo.ts';
import { sendPlace } from './place/repo.ts';
import { placedEvent, placeOnReopening } from './place/service.ts';
import { type CaseMaterial, presentCase } from './present.ts';
import {
  type CaseRecord,
  derivedColumns,
  findCase,
  findFiles,
  findRecord,
  hasMerged,
  holdCase,
  keptAfter,
  materialOf,
  sendMaterial,
} from './repo.ts';
import { surroundings } from './standing/present.ts';

/** The definition a case runs under. A case whose version is not published here cannot be worked on: say so, rather than guess. */
export const procedureOf = (deps: Deps, row: Pick<CaseRecord, 'procedure_id' | 'procedure_version'>): Procedure => {
  const procedure = deps.procedures.get(row.procedure_id, row.procedure_version);
  if (!procedure) throw new Problem(503, 'procedureNotPublished', { procedure: row.procedure_id, version: row.procedure_version });
  return procedure;
};

/**
 * Appends decided events to a locked case and commits: row, events, words, clocks and tasks in one round trip. `state` is the state after
 * them, and where it stands from now on where `spot` says so. Answers the new version.
 */
export const appendAndCommit = async (
  deps: Deps,
  scope: Scope,
  row: CaseRecord,
  events: readonly NewEvent[],
  state: CaseState,
  command?: CommandKey,
  spot?: { readonly place: Place; readonly point?: Point },
): Promise<number> => {
  // Of the state after them: an event may put the case under another version.
  const procedure = procedureOf(deps, { procedure_id: row.procedure_id, procedure_version: state.procedureVersion });
  const now = deps.clock.now().toISOString();
  const place = !spot && procedure.stages[state.stage]?.end === undefined ? placeOnReopening(deps, row) : undefined;
  const placing = place ? placedEvent(place, now) : undefined;
  const [all, after] = placing ? [[...events, placing], evolve(state, placing)] : [events, state];
  const chained = chain(deps.crypto, row.case_id, { eventNo: row.event_count, hash: row.head_hash }, all, now);
  await scope.commitWith((client) => [
    sendAppended(client, {
      caseId: row.case_id,
      fromVersion: row.version,
      columns: derivedColumns(
        procedure,
        after,
        chained.at(-1)!,
        caseLight(procedure, after, now),
        row.ended_at,
        keptAfter(procedure, row, all),
      ),
      events: all,
      chained,
      command,
      procedure,
      calendar: deps.calendar(),
      now,
    }),
    ...(spot ? [sendPlace(client, row.case_id, spot.place, spot.point)] : place ? [sendPlace(client, row.case_id, place)] : []),
  ]);
  return after.version;
};

/** What was asked for, apart from by which post: the same sent again from another post of the actor is the same still. */
const commandDigest = (action: NewAction): Buffer =>
  createHash('sha256')
    .update(canonical({ action: action.action, input: action.input ?? {}, fileIds: action.fileIds ?? [] }))
    .digest();

/** Whether the body that a field names will answer for the case. */
const takesOver = ({ assign }: Action, fieldId: string): boolean =>
  typeof assign?.leadOrganization === 'object' && assign.leadOrganization.input === fieldId;

/** Work goes down to a community or a grid only where a list admits it (准入制); the refusal cites the clause. */
const checkAdmitted = async (
  deps: Deps,
  scope: Scope,
  row: Pick<CaseRecord, 'category_id' | 'state'>,
  organizationId: string,
): Promise<void> => {
  const kind = deps.directory.organization(organizationId)?.kind ?? '';
  const admitted = await admits(scope.tx, kind, row.category_id ?? '', row.state.areaIds);
  if (!admitted.ok) throw refused(admitted);
};

/** A body that is complained of must be one that may be. Throws 422 `unknownOrganization`, `bodyNotRespondent`. */
export const checkRespondent = (deps: Pick<Deps, 'directory'>, organizationId: string, field: string): void => {
  const body = deps.directory.organization(organizationId);
  if (!body) throw invalid('unknownOrganization', { field });
  if (!body.mayBeRespondent) throw invalid('bodyNotRespondent', { field });
};

const namesRespondent = ({ assign }: Action, fieldId: string): boolean =>
  typeof assign?.respondentOrganization === 'object' && assign.respondentOrganization.input === fieldId;

/** Answers that are ids must lead somewhere; the rules cannot know. */
export const checkReferences = async (deps: Deps, scope: Scope, procedure: Procedure, row: CaseRecord, command: Command): Promise<void> => {
  for (const field of procedure.actions[command.action]?.form ?? []) {
    const value = command.input[field.id];
    if (typeof value !== 'string' || value === '') continue;
    if (field.type === 'organization' && !deps.directory.organization(value)) throw invalid('unknownOrganization', { field: field.id });
    if (field.type === 'organization' && namesRespondent(procedure.actions[command.action]!, field.id))
      checkRespondent(deps, value, field.id);
    if (field.type === 'organization' && takesOver(procedure.actions[command.action]!, field.id))
      await checkAdmitted(deps, scope, row, value);
    if (field.type === 'category' && !deps.directory.category(value)) throw invalid('unknownCategory', { field: field.id });
    if (field.type === 'case') await checkMain(deps, scope, row, await holdCase(scope.tx, value), field.id);
  }
  const { to } = procedure.actions[command.action]!;
  if (procedure.stages[to]?.end === 'withdrawn' && (await hasMerged(scope.tx, row.case_id))) throw conflict('othersWait');
};

/** Whoever is merged waits for the main case's answer: it must be under way and stay so, and no answer is two mergers away. */
const checkMain = async (deps: Deps, scope: Scope, row: CaseRecord, main: CaseRecord | undefined, field: string): Promise<void> => {
  if (!main) throw invalid('unknownCase', { field });
  if (main.main_case_id) throw conflict('mainCaseIsMerged');
  if (main.confidential !== row.confidential) throw conflict('mainCaseIsConfidential');
  if (main.ended_at) throw conflict('mainCaseHasEnded');
  // Before it is accepted it may still be declined, which its own reporter alone could contest.
  if (main.stage === procedureOf(deps, main).start) throw conflict('mainCaseNotAccepted');
  if (await hasMerged(scope.tx, row.case_id)) throw conflict('othersWereMerged');
};

const filesOf = async (scope: Scope, caseId: string, fileIds: readonly string[]): Promise<Command['files']> => {
  if (fileIds.length === 0) return [];
  const known = new Map((await findFiles(scope.tx, caseId)).filter((file) => !file.erased_at).map((file) => [file.file_id, file.kind]));
  return fileIds.map((fileId) => {
    const kind = known.get(fileId);
    if (!kind) throw invalid('unknownFile', { fileId });
    return { fileId, kind };
  });
};

/** Opens the caller's scope and locks a case in it, in one round trip: `work` judges and writes under the row lock. */
export const withLocked = <T>(
  deps: Deps,
  who: Who,
  caseId: string,
  commandId: string,
  work: (scope: Scope, row: CaseRecord, prior?: PriorCommand, lease?: LeaseRow) => Promise<T>,
): Promise<T> =>
  withScope(
    deps.pools.app,
    who,
    async (scope) => {
      const { row, prior, lease } = lockedOf(scope.first);
      if (!row) throw notFound();
      return await work(scope, row, prior, lease);
    },
    (client) => sendLock(client, caseId, commandId),
  );

/** Takes one action on a case for the caller: judged under the row lock, written once per command id. */
export const actOnCase = (deps: Deps, who: Who, caseId: string, input: NewAction): Promise<{ version: number; repeated: boolean }> =>
  withLocked(deps, who, caseId, input.commandId, (scope, row, prior, lease) => actOnLocked(deps, scope, row, prior, input, lease));

/** The same in a scope that is open already, also by a module that is the `door` of the action. */
export const actInScope = async (
  deps: Deps,
  scope: Scope,
  caseId: string,
  input: NewAction,
  door?: string,
): Promise<{ version: number; repeated: boolean }> => {
  const { row, prior, lease } = lockedOf(await Promise.all(sendLock(scope.client, caseId, input.commandId)));
  if (!row) throw notFound();
  return actOnLocked(deps, scope, row, prior, input, lease, { door });
};

/** Whose action it is that a post writes down for them, and the post. */
export interface ForParty {
  readonly partyId: string;
  readonly postId: string;
  readonly organizationId: string;
}

/**
 * Takes a reporter's own action that they said by word of mouth: judged as theirs, as if they had come with their query code, and on the record as
 * written down by the post. Only on a case the caller works on; never by the side complained of. The words are the party's, and go with it.
 */
export const actForParty = async (
  deps: Deps,
  scope: Scope,
  caseId: string,
  { partyId, postId, organizationId }: ForParty,
  input: NewAction,
): Promise<{ version: number; repeated: boolean }> => {
  const { row, prior, lease } = lockedOf(await Promise.all(sendLock(scope.client, caseId, input.commandId)));
  if (!row) throw notFound();
  const permitted = permitWork(row.state, scope.actor, 'case.read');
  if (!permitted.ok) throw refused(permitted);
  const actor: Actor = { kind: 'anonymous', posts: [], receiptCaseIds: [caseId], receiptPartyId: partyId };
  return actOnLocked(deps, { ...scope, actor }, row, prior, input, lease, { writtenBy: { postId, organizationId } });
};

/** Whether an action takes the case further: words beside it (an instruction, an urging) wait for nobody's hands. */
export const moves = (procedure: Procedure, action: string): boolean => procedure.actions[action]?.to !== 'same';

/**
 * Two people do not handle one case: what a colleague has in hand is not moved under it, unless it was taken over. Whoever moves it themselves
 * lets it go with that. Who could not take it in hand (reporters, the side complained of, services) is not bound by it.
 */
export const passHands = async (deps: Deps, scope: Scope, row: CaseRecord, lease: LeaseRow | undefined): Promise<void> => {
  const { actor } = scope;
  if (!isHeld(lease, deps.clock.now()) || actor.kind !== 'person') return;
  if (lease.person_id === actor.personId) await dropLease(scope.tx, row.case_id, lease.person_id, deps.clock.now().toISOString());
  else if (permitWork(row.state, actor, 'case.read').ok) throw heldBy(deps, actor, lease, scope.language);
};

/** The version the caller has seen: a side of a confided case counts what it was told. */
const versionSeen = async (deps: Deps, scope: Scope, row: CaseRecord): Promise<number> =>
  row.confided && readerKind(row.state, scope.actor) !== 'staff' ? (await viewInScope(deps, scope, row.case_id)).version : row.version;

const actOnLocked = async (
  deps: Deps,
  scope: Scope,
  row: CaseRecord,
  prior: PriorCommand | undefined,
  input: NewAction,
  lease: LeaseRow | undefined,
  { writtenBy, door }: { readonly writtenBy?: Omit<ForParty, 'partyId'>; readonly door?: string | undefined } = {},
): Promise<{ version: number; repeated: boolean }> => {
  const digest = commandDigest(input);
  if (prior) {
    if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
    return { version: row.version, repeated: true };
  }
  postOf(scope.actor, input.postId);
  const procedure = procedureOf(deps, row);
  const own = Object.hasOwn(procedure.actions, input.action) ? procedure.actions[input.action]!.door : undefined;
  if (own !== door && own !== undefined) throw conflict('actionHasOwnDoor', { action: input.action });
  const command: Command = {
    action: input.action,
    input: input.input ?? {},
    files: await filesOf(scope, row.case_id, input.fileIds ?? []),
    ...(input.occurredAt !== undefined ? { occurredAt: occurredAtOf(deps, input.occurredAt) } : {}),
    ...(input.postId ? { postId: input.postId } : {}),
  };
  const decision = decide(procedure, row.state, command, scope.actor, surroundings(deps, row));
  if (!decision.ok) throw refused(decision);
  const version = door === undefined && !writtenBy ? await versionSeen(deps, scope, row) : row.version;
  if (version !== input.version) throw conflict('caseChanged', { version });
  await checkReferences(deps, scope, procedure, row, command);
  if (moves(procedure, input.action)) await passHands(deps, scope, row, lease);
  const events = writtenBy ? decision.events.map((event) => ({ ...event, actor: { ...event.actor, ...writtenBy } })) : decision.events;
  return { version: await appendAndCommit(deps, scope, row, events, decision.state, { id: input.commandId, digest }), repeated: false };
};

/** When something happened, as the caller's device says it. */
export const occurredAtOf = (deps: Deps, claimed: string): string => {
  const read = claimedInstant(claimed, deps.clock.now().toISOString());
  if (read.ok) return read.at;
  throw read.why === 'inFuture' ? invalid('dateInFuture') : invalid('fieldUnfit', { field: 'occurredAt', why: read.why });
};

/** Everything a view of the case is made of, from answers of `sendMaterial` under the caller's scope. */
const completed = async (scope: Scope, answers: readonly pg.QueryResult[]): Promise<CaseMaterial | undefined> => {
  const { row, ...material } = materialOf(answers);
  if (!row) return undefined;
  const main = row.main_case_id && scope.receipt ? await findCase(scope.tx, row.main_case_id) : undefined;
  return {
    row,
    ...material,
    ...(scope.receipt ? { receipt: scope.receipt } : {}),
    ...(main ? { main: { row: main, record: await findRecord(scope.tx, main.case_id) } } : {}),
  };
};

export const readMaterial = async (scope: Scope, caseId: string): Promise<CaseMaterial | undefined> =>
  completed(scope, await Promise.all(sendMaterial(scope.client, caseId)));

const presented = (deps: Deps, scope: Scope, material: CaseMaterial | undefined): CaseView => {
  if (!material) throw notFound();
  return presentCase(deps, procedureOf(deps, material.row), material, scope.actor);
};

export const viewInScope = async (deps: Deps, scope: Scope, caseId: string): Promise<CaseView> =>
  presented(deps, scope, await readMaterial(scope, caseId));

/** A case as the caller may see it; what the caller may not see does not exist. */
export const viewCase = (deps: Deps, who: Who, caseId: string): Promise<CaseView> =>
  withScope(
    deps.pools.app,
    who,
    async (scope) => presented(deps, scope, await completed(scope, scope.first)),
    (client) => sendMaterial(client, caseId),
  );

/** An internal note: staff only. `told`: what its reporter alone reads of it, in words that no office reads. Idempotent by its id. */
export const addNote = (
  deps: Deps,
  who: Who,
  caseId: string,
  note: { commandId: string; words: string; told?: keyof typeof NOTES_TOLD },
): Promise<{ version: number }> =>
  withLocked(deps, who, caseId, note.commandId, async (scope, row, prior) => {
    const digest = createHash('sha256')
      .update(canonical({ note: note.words }))
      .digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const permitted = permitWork(row.state, scope.actor, 'case.read');
    if (!permitted.ok) throw refused(permitted);
    const { post } = permitted;
    if (note.words.trim() === '') throw invalid('wordsMissing');
    const event: NewEvent = {
      type: 'note.added',
      occurredAt: deps.clock.now().toISOString(),
      actor: { kind: scope.actor.kind, personId: scope.actor.personId, postId: post.postId, organizationId: post.organizationId },
      header: note.told ? { codes: { told: note.told } } : {},
      content: { words: note.words },
    };
    const version = await appendAndCommit(deps, scope, row, [event], evolve(row.state, event), { id: note.commandId, digest });
    return { version };
  });

export interface TaskRequest {
  readonly commandId: string;
  readonly taskId: string;
  readonly words?: string;
  /** Opens a task for this body. */
  readonly organizationId?: string;
  /** With it: the day, in China, at whose end an answer is due. */
  readonly dueOn?: string;
  /** Changes a task. */
  readonly status?: TaskState['status'];
}

/** Opens a joint task, or moves one on. Idempotent by command id. */
export const workOnTask = (deps: Deps, who: Who, caseId: string, request: TaskRequest): Promise<{ version: number }> =>
  withLocked(deps, who, caseId, request.commandId, async (scope, row, prior) => {
    const { commandId, ...asked } = request;
    const digest = createHash('sha256').update(canonical(asked)).digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const now = deps.clock.now().toISOString();
    if (request.dueOn !== undefined && !isDate(request.dueOn)) throw invalid('fieldUnfit', { field: 'dueOn', why: 'notDate' });
    if (request.organizationId && !deps.directory.organization(request.organizationId)) throw invalid('unknownOrganization');
    if (request.organizationId) await checkAdmitted(deps, scope, row, request.organizationId);
    const decision = request.organizationId
      ? openTask(
          procedureOf(deps, row),
          row.state,
          { taskId: request.taskId, organizationId: request.organizationId, words: request.words ?? '', dueOn: request.dueOn },
          scope.actor,
          now,
        )
      : changeTask(row.state, { taskId: request.taskId, status: request.status ?? 'acknowledged', words: request.words }, scope.actor, now);
    if (!decision.ok) throw refused(decision);
    const version = await appendAndCommit(deps, scope, row, decision.events, decision.state, { id: commandId, digest });
    return { version };
  });

/** The system's own actor: clocks and consumers act as it. */
export const systemActor: Actor = { kind: 'system', posts: [] };

/** Takes a system action inside an open transaction on a locked row; answers undefined when the rules refuse (nothing is written). */
export const decideSystemAction = (deps: Deps, row: CaseRecord, action: string) => {
  const decision = decide(procedureOf(deps, row), row.state, { action, input: {}, files: [] }, systemActor, surroundings(deps, row));
  return decision.ok ? decision : undefined;
};
