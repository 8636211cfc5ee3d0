import type { Calendar } from '../calendar/schema.ts';
import type { Actor, CaseState, Command, Decision, HeldPost } from '../case/schema.ts';
import { decide, fileCase } from '../procedure/rules.ts';
import type { Action, FactValue, Field, Procedure } from '../procedure/schema.ts';
import { changeTask, openTask } from '../task/rules.ts';
import type { Step } from './schema.ts';

/** Builders of tests: somebody who may do whatever an action's `by` names, and a replay of counter-examples through the engine itself. */

const AREA = '00000000-0000-7000-8000-000000000001';
const CENTRE = '00000000-0000-7000-8000-000000000002';
const RESPONDENT = '00000000-0000-7000-8000-000000000003';
const LEAD = '00000000-0000-7000-8000-000000000004';
const SUPPORT = '00000000-0000-7000-8000-000000000005';
const CASE = '00000000-0000-7000-8000-000000000006';
const NOW = '2026-06-01T02:00:00.000Z';

const calendar: Calendar = { version: 'test', years: new Set([2024, 2025, 2026, 2027, 2028, 2029, 2030]), exceptions: new Map() };
export const around = { now: NOW, calendar } as const;

let people = 0;
const somebody = (): string => `00000000-0000-7000-9000-${String(++people).padStart(12, '0')}`;

const post = (organizationId: string, areaId: string, capability?: string): HeldPost => ({
  postId: '00000000-0000-7000-8000-000000000008',
  organizationId,
  areaId,
  role: 'test',
  capabilities: capability ? [capability] : [],
});

/** A person who satisfies one alternative of `by`, as far as the case lets anybody. */
export const actorFor = (state: CaseState, by: Action['by'][number], personId = somebody()): Actor => {
  const elsewhere = '00000000-0000-7000-8000-00000000000f';
  const bodies: Record<string, string | undefined> = {
    area: elsewhere,
    receivingBody: CENTRE,
    leadBody: state.leadOrganizationId,
    supportingBody: state.supportingOrganizationIds[0],
    respondent: RESPONDENT,
  };
  if (by.relation === 'service' && !by.capability) return { kind: 'system', posts: [] };
  if (by.relation === 'reporter' && !by.capability) return { kind: 'anonymous', personId, posts: [], receiptCaseIds: [CASE] };
  if (by.relation === 'party' && !by.capability) return { kind: 'person', personId, posts: [] };
  const body = bodies[by.relation];
  return { kind: 'person', personId, posts: body ? [post(body, by.relation === 'area' ? AREA : elsewhere, by.capability)] : [] };
};

const anything = (field: Field): unknown => {
  switch (field.type) {
    case 'text':
    case 'longText':
      return '内容';
    case 'choice':
      return field.options?.[0]?.value;
    case 'boolean':
      return true;
    case 'date':
      // Today: a clock may start from it, and one may run until it.
      return '2026-06-01';
    case 'instant':
      return NOW;
    case 'integer':
      return field.minimum ?? 1;
    case 'limit':
      return { amount: 1, unit: field.units?.[0] ?? 'day' };
    case 'category':
      return 'lamp';
    case 'organization':
    case 'person':
    case 'case':
      return '00000000-0000-7000-8000-00000000000e';
    default:
      return field.type satisfies never;
  }
};

/** A command with every required answer filled in, the given ones as given (`'given'` stands for any organization). */
export const commandFor = (action: Action, id: string, input: Readonly<Record<string, unknown>>, lead?: string): Command => {
  const answers: Record<string, unknown> = {};
  for (const field of action.form ?? []) {
    const body = field.notLead && lead === LEAD ? SUPPORT : LEAD;
    if (Object.hasOwn(input, field.id))
      answers[field.id] = input[field.id] === 'given' && field.type === 'organization' ? body : input[field.id];
    else if (field.required) answers[field.id] = field.type === 'organization' ? body : anything(field);
  }
  const { min, kinds } = action.evidence ?? { min: 0, kinds: [] };
  return { action: id, input: answers, files: Array.from({ length: min }, (_, index) => ({ fileId: `file-${index}`, kind: kinds[0]! })) };
};

export const opened = (definition: Procedure, facts: Readonly<Record<string, FactValue>>): CaseState => {
  const { state } = fileCase(
    definition,
    {
      caseId: CASE,
      facts,
      areaIds: [AREA],
      receivingOrganizationId: CENTRE,
      respondentOrganizationId: RESPONDENT,
      reporterIds: [],
      content: {},
    },
    { kind: 'anonymous' },
    around,
  );
  return state;
};

/** A joint task opened or closed by whoever may. */
export const moveTask = (definition: Procedure, state: CaseState, opens: boolean): Decision => {
  if (opens) {
    const dispatcher = actorFor(state, { capability: 'case.dispatch', relation: 'area' });
    return openTask(definition, state, { taskId: somebody(), organizationId: SUPPORT, words: '协办' }, dispatcher, NOW);
  }
  const task = Object.values(state.tasks).find((one) => one.status === 'open' || one.status === 'acknowledged');
  if (!task) return { ok: false, code: 'noTask' };
  const worker: Actor = { kind: 'person', personId: somebody(), posts: [post(SUPPORT, AREA, 'case.handle')] };
  return changeTask(state, { taskId: task.taskId, status: 'done', words: '已完成' }, worker, NOW);
};

/** Every alternative of an action by which the engine lets somebody take it, with what comes of it. */
export const decisions = (definition: Procedure, state: CaseState, id: string, input: Readonly<Record<string, unknown>>) => {
  const action = definition.actions[id]!;
  return action.by.flatMap((by) => {
    // Nothing calls the system but a clock that runs.
    const rings = Object.entries(definition.clocks).some(
      ([clock, { ladder }]) => state.clocks[clock]?.status === 'running' && ladder.some((rung) => rung.action === id),
    );
    if (by.relation === 'service' && !rings) return [];
    const actor = actorFor(state, by);
    // There may always be another party.
    const known = by.relation === 'party' ? { ...state, partyIds: [actor.personId!] } : state;
    const decision = decide(definition, known, commandFor(action, id, input, state.leadOrganizationId), actor, around);
    return decision.ok ? [{ by, decision }] : [];
  });
};

/** The states along a path, each step taken through `fileCase`, `decide` and the rules of tasks; throws where a step is refused. */
export const replay = (definition: Procedure, path: readonly Step[]): CaseState[] => {
  const states: CaseState[] = [];
  for (const step of path) {
    if (step.kind === 'file') {
      states.push(opened(definition, step.facts as Record<string, FactValue>));
      continue;
    }
    const state = states.at(-1)!;
    const decision =
      step.kind === 'task' ? moveTask(definition, state, step.opens) : decisions(definition, state, step.action, step.input)[0]?.decision;
    if (!decision?.ok) throw new Error(`step ${JSON.stringify(step)} is refused in stage ${state.stage}`);
    states.push(decision.state);
  }
  return states;
};
