import { DAY_MS } from '../calendar/rules.ts';
import type { Calendar } from '../calendar/schema.ts';
import type {
  Actor,
  CaseState,
  ClockChange,
  Command,
  Decision,
  EventActor,
  EventHeader,
  HeldPost,
  NewEvent,
  Refusal,
} from '../case/schema.ts';
import { extendClock, pauseClock, resumeClock, startClock, stopClock } from '../clock/rules.ts';
import type { ClockState, Instant, Limit, LimitSource } from '../clock/schema.ts';
import { checkInput } from '../form/rules.ts';
import type { Action, FactValue, Guard, Procedure, Relation } from './schema.ts';

/** What `decide` needs from outside: time, calendar, and the limit of the case's category. Nothing else may influence a decision. */
export interface Surroundings {
  readonly now: Instant;
  readonly calendar: Calendar;
  readonly categoryLimit?: Limit;
}

const refuse = (code: string, params?: Refusal['params']): Refusal => ({ ok: false, code, ...(params ? { params } : {}) });

/** Whether a guard holds for the facts. */
export const holds = (guard: Guard | undefined, facts: Readonly<Record<string, FactValue>>): boolean => {
  if (!guard) return true;
  if ('all' in guard) return guard.all.every((g) => holds(g, facts));
  if ('any' in guard) return guard.any.some((g) => holds(g, facts));
  if ('not' in guard) return !holds(guard.not, facts);
  const value = facts[guard.fact];
  return value !== undefined && (Array.isArray(guard.is) ? guard.is.includes(value) : guard.is === value);
};

/** How the actor stands to the case, apart from any post. */
const personalRelations = (state: CaseState, actor: Actor): Set<Relation> => {
  const relations = new Set<Relation>();
  const { personId } = actor;
  if (actor.kind === 'system') relations.add('service');
  if (actor.receiptCaseIds?.includes(state.caseId)) relations.add('reporter');
  if (personId) {
    if (state.reporterIds.includes(personId)) relations.add('reporter');
    if (state.respondentIds.includes(personId)) relations.add('respondent');
    if (state.partyIds.includes(personId)) relations.add('party');
  }
  return relations;
};

const postRelations = (state: CaseState, post: HeldPost): Set<Relation> => {
  const relations = new Set<Relation>();
  if (state.areaIds.includes(post.areaId)) relations.add('area');
  if (state.receivingOrganizationId === post.organizationId) relations.add('receivingBody');
  if (state.leadOrganizationId === post.organizationId) relations.add('leadBody');
  if (state.supportingOrganizationIds.includes(post.organizationId)) relations.add('supportingBody');
  if (state.respondentOrganizationId === post.organizationId) relations.add('respondent');
  return relations;
};

/** Whether the actor stands on the side complained of, by person or by any post: then only party acts are open to it (R5). */
export const isRespondent = (state: CaseState, actor: Actor): boolean =>
  (actor.personId !== undefined && state.respondentIds.includes(actor.personId)) ||
  (state.respondentOrganizationId !== undefined && actor.posts.some((p) => p.organizationId === state.respondentOrganizationId));

/** Relations in which a post works on a case; to be complained of is none of them. */
const WORKS: readonly Relation[] = ['area', 'receivingBody', 'leadBody', 'supportingBody'];

/** Whether a post has the case before it: its area covers the case's, or its body received, leads or supports it. */
const worksOn = (state: CaseState, post: HeldPost): boolean => {
  const relations = postRelations(state, post);
  return WORKS.some((relation) => relations.has(relation));
};

/** The post by which somebody may use one of some capabilities on a case; what another post of theirs shows them counts for nothing. */
export const workingPost = (state: CaseState, actor: Actor, ...capabilities: readonly string[]): HeldPost | undefined =>
  actor.posts.find((post) => capabilities.some((one) => post.capabilities.includes(one)) && worksOn(state, post));

/** Who may do what is no action of the procedure: read a party, write a note, erase words. Never the side complained of (R5). */
export const permitWork = (state: CaseState, actor: Actor, ...capabilities: readonly string[]): { ok: true; post: HeldPost } | Refusal => {
  if (isRespondent(state, actor)) return refuse('respondentMayNot');
  const post = workingPost(state, actor, ...capabilities);
  return post ? { ok: true, post } : refuse('notYours');
};

/** Who dispatches a case, or takes it in, says where it is. */
const PLACES_CASES = ['case.dispatch', 'case.accept', 'letter.accept'] as const;
export const permitPlacing = (state: CaseState, actor: Actor): { ok: true; post: HeldPost } | Refusal =>
  permitWork(state, actor, ...PLACES_CASES);

type Permission = { ok: true; post?: HeldPost; as: Relation } | Refusal;

type Lines = Action['by'];

/** By which of some posts an action is open: the first line of its `by` that one of them meets, and the first of them that meets it. */
const postUnder = (state: CaseState, lines: Lines, posts: readonly HeldPost[]): Permission | undefined => {
  for (const { capability, relation } of lines) {
    if (!capability && relation !== 'respondent' && relation !== 'party') continue;
    const post = posts.find((held) => (!capability || held.capabilities.includes(capability)) && postRelations(state, held).has(relation));
    if (post) return { ok: true, post, as: relation };
  }
  return undefined;
};

/** Who may take an action, apart from stage, guard and form. Refused by default. `postId`: of the posts that may, the one that does, else the one chosen. */
export const permit = (state: CaseState, action: Action, actor: Actor, postId?: string): Permission => {
  if (isRespondent(state, actor) && action.duty !== 'party' && !(action.duty === 'handle' && action.partyAct === 'rectify'))
    return refuse('respondentMayNot');
  const { by, notBy } = action;
  const { personId, posts, chosenPostId } = actor;
  if (personId && notBy?.some((duty) => state.doers[duty]?.includes(personId))) return refuse('sameHands');
  const personal = personalRelations(state, actor);
  const own = by.findIndex(({ capability, relation }) => !capability && personal.has(relation));
  const first = postUnder(state, own < 0 ? by : by.slice(0, own), posts);
  const named = posts.filter((post) => post.postId === (postId ?? chosenPostId));
  if (first) return postUnder(state, by, named) ?? first;
  return own < 0 ? refuse('notYours') : { ok: true, as: by[own]!.relation };
};

/** The stage a case stands at, as readers who are not staff may know it. */
export const stageShown = (procedure: Procedure | undefined, stage: string): string => procedure?.stages[stage]?.shownAs ?? stage;

/** Whether an action is open on a case for an actor, before any form is filled. */
export const mayAct = (procedure: Procedure, state: CaseState, actionId: string, actor: Actor, postId?: string): Permission => {
  // An own name only: what every object inherits (`constructor`) is no action.
  const action = Object.hasOwn(procedure.actions, actionId) ? procedure.actions[actionId] : undefined;
  if (!action) return refuse('unknownAction', { action: actionId });
  const permitted = permit(state, action, actor, postId);
  if (!permitted.ok) return permitted;
  if (!action.from.includes(state.stage)) return refuse('wrongStage', { stage: stageShown(procedure, state.stage), action: actionId });
  if (!holds(action.guard, state.facts)) return refuse('conditionNotMet', { action: actionId });
  return permitted;
};

/**
 * Ids of the actions open to the actor now, primary ones first, in the definition's order; those with a door of their own are offered by their
 * module. The same function draws the buttons offline.
 */
export const allowedActions = (procedure: Procedure, state: CaseState, actor: Actor): string[] => {
  const open = Object.keys(procedure.actions).filter((id) => !procedure.actions[id]!.door && mayAct(procedure, state, id, actor).ok);
  return [...open.filter((id) => procedure.actions[id]!.primary), ...open.filter((id) => !procedure.actions[id]!.primary)];
};

/** The limit a clock starts with. */
export const limitOf = (source: LimitSource, around: Surroundings): Limit =>
  'fixed' in source ? source.fixed : (around.categoryLimit ?? source.otherwise);

/** Of a clock that runs until a date: the date is all of it. */
const NO_LIMIT: Limit = { amount: 0, unit: 'hour' };

/** The next value of an enumerated fact; the last one stays. */
export const nextValue = (values: readonly FactValue[], value: FactValue): FactValue =>
  values[Math.min(values.indexOf(value) + 1, values.length - 1)]!;

const newFacts = (procedure: Procedure, action: Action, facts: CaseState['facts'], input: Command['input']): Record<string, FactValue> => {
  const set: Record<string, FactValue> = {};
  for (const [fact, value] of Object.entries(action.set ?? {})) {
    if (typeof value !== 'object') set[fact] = value;
    else if ('next' in value) set[fact] = nextValue(procedure.facts[fact]!, facts[fact]!);
    else if (input[value.input] !== undefined) set[fact] = input[value.input] as FactValue;
  }
  return set;
};

const ASSIGNED = {
  leadOrganization: 'leadOrganizationId',
  handler: 'handlerId',
  respondentOrganization: 'respondentOrganizationId',
  mainCase: 'mainCaseId',
  category: 'categoryId',
} as const;

const newAssignments = (action: Action, state: CaseState, actor: EventActor, input: Command['input']): Record<string, string | null> => {
  const assigned: Record<string, string | null> = {};
  const { beside: _others, ...assign } = action.assign ?? {};
  for (const [what, value] of Object.entries(assign)) {
    // Whoever works beside the handler takes a step for both.
    if (what === 'handler' && value === 'actor' && actor.personId && state.besideIds?.includes(actor.personId)) continue;
    const key = ASSIGNED[what as keyof typeof ASSIGNED];
    if (value === 'none') assigned[key] = null;
    else if (value === 'actor') assigned[key] = (what === 'handler' ? actor.personId : actor.organizationId) ?? null;
    else if (typeof value === 'object' && typeof input[value.input] === 'string') assigned[key] = input[value.input] as string;
  }
  return assigned;
};

/** Who works beside the handler after an action, where it changes that. */
const newBeside = ({ assign }: Action, { besideIds = [] }: CaseState, input: Command['input']): readonly string[] | undefined => {
  const change = assign?.beside;
  if (!change) return undefined;
  if (change === 'none') return besideIds.length ? [] : undefined;
  const others = besideIds.filter((id) => id !== input['add' in change ? change.add : change.remove]);
  return 'add' in change ? [...others, String(input[change.add])] : others;
};

/** The instant a calendar date begins in China, which has one zone and no summer time. */
const dayBegins = (date: unknown): Instant => new Date(`${date}T00:00:00+08:00`).toISOString();

/** The last millisecond of a calendar date in China. */
const dayEnds = (date: unknown): Instant => new Date(Date.parse(dayBegins(date)) + DAY_MS - 1).toISOString();

/** A clock would start from a day that has not come yet, or run until one that is over. */
const misdated = (action: Action, input: Command['input'], now: Instant): 'dateInFuture' | 'dateInPast' | undefined => {
  for (const started of action.clocks?.start ?? []) {
    if (typeof started === 'string') continue;
    if ('from' in started && dayBegins(input[started.from.input]) > now) return 'dateInFuture';
    if ('until' in started && dayEnds(input[started.until.input]) < now) return 'dateInPast';
  }
  return undefined;
};

const clockChanges = (
  procedure: Procedure,
  action: Action,
  state: CaseState,
  input: Command['input'],
  around: Surroundings,
): ClockChange[] => {
  const changes: ClockChange[] = [];
  const { start = [], stop = [], pause = [], resume = [], extend = [] } = action.clocks ?? {};
  for (const clock of stop) {
    const running = state.clocks[clock];
    if (running && running.status !== 'stopped')
      changes.push({ change: 'stopped', state: stopClock(procedure.clocks[clock]!, running, around.now, around.calendar) });
  }
  for (const started of start) {
    const clock = typeof started === 'string' ? started : started.clock;
    const from = typeof started === 'object' && 'from' in started ? dayBegins(input[started.from.input]) : around.now;
    const until = typeof started === 'object' && 'until' in started ? dayEnds(input[started.until.input]) : undefined;
    const limit = until ? NO_LIMIT : limitOf(procedure.clocks[clock]!.limit, around);
    changes.push({ change: 'started', state: startClock(clock, limit, from, around.calendar, until) });
  }
  for (const clock of pause) {
    const running = state.clocks[clock];
    if (running?.status === 'running')
      changes.push({ change: 'paused', state: pauseClock(procedure.clocks[clock]!, running, around.now, around.calendar) });
  }
  for (const clock of resume) {
    const paused = state.clocks[clock];
    if (paused?.status === 'paused') changes.push({ change: 'resumed', state: resumeClock(paused, around.now, around.calendar) });
  }
  for (const { clock, by } of extend) {
    const running = state.clocks[clock];
    const limit = 'input' in by ? (input[by.input] as Limit | undefined) : by;
    if (running && running.status !== 'stopped' && limit)
      changes.push({ change: 'extended', state: extendClock(running, limit, around.calendar) });
  }
  return changes;
};

/** An opening of a case: its first state and event, before any action. */
export interface Filing {
  readonly caseId: string;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly areaIds: readonly string[];
  readonly receivingOrganizationId?: string;
  readonly respondentOrganizationId?: string;
  readonly categoryId?: string;
  readonly categoryVersion?: number;
  readonly reporterIds: readonly string[];
  readonly occurredAt?: Instant;
  readonly codes?: EventHeader['codes'];
  readonly content: Readonly<Record<string, unknown>>;
  readonly fileIds?: readonly string[];
  /** An imported case keeps its own stage, its own facts and the limits of where it comes from; it never starts a clock. */
  readonly imported?: { readonly stage: string; readonly clocks?: readonly ClockState[] };
}

/** Opens a case under a procedure: the first event and the state that follows. Pure. */
export const fileCase = (
  procedure: Procedure,
  filing: Filing,
  actor: EventActor,
  around: Surroundings,
): { event: NewEvent; state: CaseState } => {
  const facts: Record<string, FactValue> = {};
  for (const [fact, values] of Object.entries(procedure.facts)) {
    const initial = procedure.initial[fact];
    const own = filing.imported ? filing.facts[fact] : undefined;
    const filed = own ?? (typeof initial === 'object' ? filing.facts[initial.filing] : initial);
    facts[fact] = filed !== undefined && values.includes(filed) ? filed : values[0]!;
  }
  const clocks = filing.imported
    ? (filing.imported.clocks ?? []).map((state): ClockChange => ({ change: 'started', state }))
    : procedure.startClocks.map(
        (clock): ClockChange => ({
          change: 'started',
          state: startClock(clock, limitOf(procedure.clocks[clock]!.limit, around), around.now, around.calendar),
        }),
      );
  const stage = filing.imported?.stage ?? procedure.start;
  const event: NewEvent = {
    type: filing.imported ? 'case.imported' : 'case.filed',
    occurredAt: filing.occurredAt ?? around.now,
    actor,
    header: {
      to: stage,
      set: facts,
      ...(clocks.length ? { clocks } : {}),
      ...(filing.fileIds?.length ? { fileIds: filing.fileIds } : {}),
      codes: {
        procedureId: procedure.id,
        procedureVersion: procedure.version,
        areaIds: filing.areaIds,
        ...(filing.receivingOrganizationId ? { receivingOrganizationId: filing.receivingOrganizationId } : {}),
        ...(filing.respondentOrganizationId ? { respondentOrganizationId: filing.respondentOrganizationId } : {}),
        ...(filing.categoryId ? { categoryId: filing.categoryId, categoryVersion: filing.categoryVersion } : {}),
        ...(filing.reporterIds.length ? { reporterIds: filing.reporterIds } : {}),
        ...filing.codes,
      },
    },
    content: filing.content,
  };
  return { event, state: evolve(emptyState(filing.caseId), event) };
};

/**
 * Decides one action on a case: the events it makes and the state after them, or a refusal with a stable code. Pure and total: the same
 * rule judges on the server under a row lock and on a phone without signal.
 */
export const decide = (procedure: Procedure, state: CaseState, command: Command, actor: Actor, around: Surroundings): Decision => {
  const permitted = mayAct(procedure, state, command.action, actor, command.postId);
  if (!permitted.ok) return permitted;
  const action = procedure.actions[command.action]!;
  const checked = checkInput(action.form ?? [], command.input);
  if (!checked.ok) return checked;
  if (action.evidence) {
    const fit = command.files.filter((file) => action.evidence!.kinds.includes(file.kind));
    if (fit.length < action.evidence.min)
      return refuse('evidenceMissing', { min: action.evidence.min, kinds: action.evidence.kinds.join(',') });
  }
  const { codes, content } = checked;
  const input = { ...codes, ...content };
  const into = action.assign?.mainCase;
  if (typeof into === 'object' && input[into.input] === state.caseId) return refuse('mergeIntoItself');
  const same = action.form?.find((field) => field.notLead && state.leadOrganizationId && input[field.id] === state.leadOrganizationId);
  if (same) return refuse('sameBody', { field: same.id });
  const wrongDate = misdated(action, input, around.now);
  if (wrongDate) return refuse(wrongDate);
  const eventActor: EventActor = {
    kind: actor.kind,
    ...(actor.personId ? { personId: actor.personId } : {}),
    ...(permitted.post ? { postId: permitted.post.postId, organizationId: permitted.post.organizationId } : {}),
    ...(actor.receiptPartyId ? { partyId: actor.receiptPartyId } : {}),
  };
  const clocks = clockChanges(procedure, action, state, input, around);
  const set = newFacts(procedure, action, state.facts, input);
  const assign = newAssignments(action, state, eventActor, input);
  const beside = newBeside(action, state, input);
  const header: EventHeader = {
    action: command.action,
    from: state.stage,
    to: action.to === 'same' ? state.stage : action.to,
    duty: action.duty,
    ...(Object.keys(set).length ? { set } : {}),
    ...(Object.keys(assign).length ? { assign } : {}),
    ...(beside ? { beside } : {}),
    ...(clocks.length ? { clocks } : {}),
    ...(command.files.length ? { fileIds: command.files.map((f) => f.fileId) } : {}),
    ...(Object.keys(codes).length ? { input: codes } : {}),
  };
  const event: NewEvent = {
    type: 'case.acted',
    occurredAt: command.occurredAt ?? around.now,
    actor: eventActor,
    header,
    ...(Object.keys(content).length ? { content } : {}),
  };
  return { ok: true, events: [event], state: evolve(state, event) };
};

export const emptyState = (caseId: string): CaseState => ({
  caseId,
  procedureId: '',
  procedureVersion: 0,
  stage: '',
  facts: {},
  clocks: {},
  doers: {},
  areaIds: [],
  supportingOrganizationIds: [],
  reporterIds: [],
  respondentIds: [],
  partyIds: [],
  tasks: {},
  version: 0,
});

const withoutNulls = (values: Readonly<Record<string, string | null>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? undefined]));

const PLACEMENT = [
  'procedureId',
  'procedureVersion',
  'areaIds',
  'receivingOrganizationId',
  'respondentOrganizationId',
  'leadOrganizationId',
  'categoryId',
  'categoryVersion',
  'reporterIds',
  'respondentIds',
  'partyIds',
  'mainCaseId',
] as const;

/** Events whose codes say where the case stands: an opening, a re-zoning, another version of its procedure. */
const PLACES: ReadonlySet<NewEvent['type']> = new Set(['case.filed', 'case.imported', 'case.placed', 'case.migrated'] as const);

/** What such an event says about it. */
const placement = (codes: Readonly<Record<string, unknown>>): Partial<CaseState> =>
  Object.fromEntries(PLACEMENT.filter((key) => codes[key] !== undefined).map((key) => [key, codes[key]]));

/** The state after an event. Pure; replaying a record from `emptyState` gives the case row. */
export const evolve = (state: CaseState, event: NewEvent): CaseState => {
  const { header, actor } = event;
  const clocks = { ...state.clocks };
  for (const { state: clock } of header.clocks ?? []) clocks[clock.clock] = clock;
  const doers = { ...state.doers };
  if (header.duty && actor.personId && !doers[header.duty]?.includes(actor.personId))
    doers[header.duty] = [...(doers[header.duty] ?? []), actor.personId];
  const tasks = header.task ? { ...state.tasks, [header.task.taskId]: header.task } : state.tasks;
  const open = Object.values(tasks).filter((task) => task.status === 'open' || task.status === 'acknowledged');
  const facts = { ...state.facts, ...header.set, ...(header.task ? { tasksOpen: open.length > 0 } : {}) };
  const placed = PLACES.has(event.type);
  return {
    ...state,
    ...(placed ? placement(header.codes ?? {}) : {}),
    ...withoutNulls(header.assign ?? {}),
    ...(header.beside ? { besideIds: header.beside } : {}),
    caseId: state.caseId,
    stage: header.to ?? state.stage,
    facts,
    clocks,
    doers,
    tasks,
    supportingOrganizationIds: header.task ? [...new Set(open.map((task) => task.organizationId))] : state.supportingOrganizationIds,
    version: state.version + 1,
  };
};
