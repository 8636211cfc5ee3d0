import { holds, nextValue } from '../../procedure/rules.ts';
import type { Action, FactValue, Procedure } from '../../procedure/schema.ts';
import { answersOf, permits } from '../definition/rules.ts';
import type { Step } from '../schema.ts';

/** What the checker distinguishes of a case: stage, facts, each clock, whether a lead body is assigned, whether anybody has handled it. */
export interface Node {
  readonly stage: string;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly clocks: Readonly<Record<string, 'off' | 'running' | 'paused'>>;
  readonly lead: boolean;
  readonly handled: boolean;
}

/** One move. `official` when somebody other than the reporter, the respondent or a party can make it. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly step: Step;
  readonly action?: string;
  readonly official: boolean;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  /** Index of the edge by which a node was first reached; -1 for a filing. */
  readonly reachedBy: readonly number[];
  readonly filings: ReadonlyMap<number, Step>;
}

const PRIVATE = new Set(['reporter', 'respondent', 'party']);

/** Whether the respondent's side may take the action at all (procedure/rules.ts `permit`). */
export const openToRespondent = (action: Action): boolean =>
  action.duty === 'party' || (action.duty === 'handle' && action.partyAct === 'rectify');

const satisfiable = (definition: Procedure, id: string, by: Action['by'][number], node: Node): boolean => {
  if (!permits(by)) return false;
  if (by.relation === 'leadBody') return node.lead;
  if (by.relation === 'supportingBody') return node.facts.tasksOpen === true;
  if (by.relation === 'respondent') return openToRespondent(definition.actions[id]!);
  if (by.relation === 'service')
    return Object.entries(definition.clocks).some(
      ([clock, { ladder }]) => node.clocks[clock] === 'running' && ladder.some((rung) => rung.action === id),
    );
  return true;
};

/** Alternatives by which somebody could take the action here and now. */
export const takers = (definition: Procedure, id: string, node: Node): Action['by'] => {
  const action = definition.actions[id]!;
  if (!action.from.includes(node.stage) || !holds(action.guard, node.facts)) return [];
  return action.by.filter((by) => satisfiable(definition, id, by, node));
};

/** Every way of answering the fields that matter: those that set facts, and an optional lead body. */
export const inputsOf = (action: Action): Readonly<Record<string, FactValue>>[] => {
  let inputs: Record<string, FactValue>[] = [{}];
  const fields = new Map((action.form ?? []).map((field) => [field.id, field]));
  const setting = new Set(
    Object.values(action.set ?? {}).flatMap((value) => (typeof value === 'object' && 'input' in value ? [value.input] : [])),
  );
  for (const id of setting)
    inputs = inputs.flatMap((input) =>
      answersOf(fields.get(id)!).map((answer) => (answer === undefined ? input : { ...input, [id]: answer })),
    );
  const lead = action.assign?.leadOrganization;
  if (typeof lead === 'object') {
    const given = inputs.map((input) => ({ ...input, [lead.input]: 'given' }));
    inputs = fields.get(lead.input)!.required ? given : [...given, ...inputs];
  }
  return inputs;
};

const after = (definition: Procedure, id: string, node: Node, input: Readonly<Record<string, FactValue>>): Node => {
  const action = definition.actions[id]!;
  const facts = { ...node.facts };
  for (const [fact, value] of Object.entries(action.set ?? {})) {
    if (typeof value !== 'object') facts[fact] = value;
    else if ('next' in value) facts[fact] = nextValue(definition.facts[fact]!, node.facts[fact]!);
    else if (input[value.input] !== undefined) facts[fact] = input[value.input]!;
  }
  const clocks = { ...node.clocks };
  const { start = [], stop = [], pause = [], resume = [] } = action.clocks ?? {};
  for (const clock of stop) clocks[clock] = 'off';
  for (const started of start) clocks[typeof started === 'string' ? started : started.clock] = 'running';
  // As in the engine, pausing and resuming look at the clock as it was before this action.
  for (const clock of pause) if (node.clocks[clock] === 'running') clocks[clock] = 'paused';
  for (const clock of resume) if (node.clocks[clock] === 'paused') clocks[clock] = 'running';
  const assigned = action.assign?.leadOrganization;
  const lead =
    assigned === 'none' ? false : assigned === 'actor' ? true : assigned && input[assigned.input] !== undefined ? true : node.lead;
  return {
    stage: action.to === 'same' ? node.stage : action.to,
    facts,
    clocks,
    lead,
    // The system has no hands: what a clock does, nobody has done.
    handled: node.handled || (action.duty === 'handle' && action.by.some((by) => by.relation !== 'service')),
  };
};

const filings = (definition: Procedure): { node: Node; step: Step }[] => {
  let starts: { facts: Record<string, FactValue>; filed: Record<string, FactValue> }[] = [{ facts: {}, filed: {} }];
  for (const [fact, values] of Object.entries(definition.facts)) {
    const initial = definition.initial[fact];
    if (typeof initial !== 'object') {
      for (const start of starts) start.facts[fact] = initial ?? values[0]!;
      continue;
    }
    // A fact filed under a name that another fact is filed under too takes the same value where it can.
    starts = starts.flatMap(({ facts, filed }) => {
      const known = filed[initial.filing];
      if (known !== undefined) return [{ facts: { ...facts, [fact]: values.includes(known) ? known : values[0]! }, filed }];
      return values.map((value) => ({ facts: { ...facts, [fact]: value }, filed: { ...filed, [initial.filing]: value } }));
    });
  }
  const clocks = Object.fromEntries(
    Object.keys(definition.clocks).map((clock) => [clock, definition.startClocks.includes(clock) ? 'running' : 'off']),
  ) as Node['clocks'];
  return starts.map(({ facts, filed }) => ({
    node: { stage: definition.start, facts, clocks, lead: false, handled: false },
    step: { kind: 'file', facts: filed },
  }));
};

/** How many ways of filing there are, before any is made. */
const filingCount = (definition: Procedure): number =>
  Object.entries(definition.initial).reduce((n, [fact, value]) => (typeof value === 'object' ? n * definition.facts[fact]!.length : n), 1);

/**
 * Explores every reachable state breadth first, so that first reached is shortest; undefined when there are more than `most` states (or twenty
 * times as many moves). `from`: only what can be reached from there.
 */
export const explore = (definition: Procedure, most: number, from?: Node): Graph | undefined => {
  if (!from && filingCount(definition) > most) return undefined;
  const facts = Object.keys(definition.facts);
  const clocks = Object.keys(definition.clocks);
  const keyOf = (node: Node): string =>
    `${node.stage}|${facts.map((fact) => definition.facts[fact]!.indexOf(node.facts[fact]!)).join(',')}|${clocks
      .map((clock) => node.clocks[clock]![0])
      .join('')}|${node.lead ? 1 : 0}${node.handled ? 1 : 0}`;
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  const reachedBy: number[] = [];
  const known = new Map<string, number>();
  const visit = (node: Node, edge: number): number => {
    const key = keyOf(node);
    const old = known.get(key);
    if (old !== undefined) return old;
    nodes.push(node);
    reachedBy.push(edge);
    known.set(key, nodes.length - 1);
    return nodes.length - 1;
  };
  const starts = new Map<number, Step>();
  const beginnings = from ? [{ node: from, step: { kind: 'file' as const, facts: from.facts } }] : filings(definition);
  for (const { node, step } of beginnings) {
    const index = visit(node, -1);
    if (!starts.has(index)) starts.set(index, step);
  }
  const actions = Object.entries(definition.actions).map(([id, action]) => ({ id, inputs: inputsOf(action) }));
  for (let at = 0; at < nodes.length; at += 1) {
    if (nodes.length > most || edges.length > most * 20) return undefined;
    const node = nodes[at]!;
    const move = (next: Node, step: Step, official: boolean, action?: string): void => {
      const to = visit(next, edges.length);
      edges.push({ from: at, to, step, official, ...(action ? { action } : {}) });
    };
    for (const { id, inputs } of actions) {
      const by = takers(definition, id, node);
      if (by.length === 0) continue;
      const official = by.some((one) => !PRIVATE.has(one.relation));
      for (const input of inputs) move(after(definition, id, node, input), { kind: 'act', action: id, input }, official, id);
    }
    if (definition.stages[node.stage]!.tasks && node.facts.tasksOpen === false)
      move({ ...node, facts: { ...node.facts, tasksOpen: true } }, { kind: 'task', opens: true }, true);
    if (node.facts.tasksOpen === true) move({ ...node, facts: { ...node.facts, tasksOpen: false } }, { kind: 'task', opens: false }, true);
  }
  return { nodes, edges, reachedBy, filings: starts };
};

/** The shortest way from filing to a node. */
export const pathTo = (graph: Graph, index: number): Step[] => {
  const path: Step[] = [];
  let at = index;
  for (let edge = graph.reachedBy[at]!; edge >= 0; edge = graph.reachedBy[at]!) {
    path.push(graph.edges[edge]!.step);
    at = graph.edges[edge]!.from;
  }
  return [graph.filings.get(at)!, ...path.reverse()];
};

/** Nodes from which one of `goals` can be reached over the edges that `counts` admits. */
export const canReach = (graph: Graph, goals: Iterable<number>, counts: (edge: Edge) => boolean): Uint8Array => {
  const backwards: number[][] = graph.nodes.map(() => []);
  for (const edge of graph.edges) if (counts(edge)) backwards[edge.to]!.push(edge.from);
  const reached = new Uint8Array(graph.nodes.length);
  const queue = [...goals];
  for (const goal of queue) reached[goal] = 1;
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const before of backwards[at]!)
      if (!reached[before]) {
        reached[before] = 1;
        queue.push(before);
      }
  return reached;
};
