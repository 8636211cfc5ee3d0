import type { CaseState } from '../../case/schema.ts';
import { decide } from '../../procedure/rules.ts';
import type { Action, FactValue, Procedure } from '../../procedure/schema.ts';
import { actorFor, around, commandFor, decisions, moveTask, opened } from '../build.ts';

/**
 * The same questions answered without any cleverness: every case that can be made is made by the engine itself, every answer tried, every
 * end looked for by walking forwards. Slow, and written apart from the checker, to be compared with it.
 */

interface Place {
  readonly state: CaseState;
  readonly moves: { readonly action?: string; readonly to: string; readonly official: boolean; readonly after: CaseState }[];
}

const clockOf = (state: CaseState, clock: string): 'off' | 'running' | 'paused' => {
  const status = state.clocks[clock]?.status;
  return status === undefined || status === 'stopped' ? 'off' : status;
};

const keyOf = (definition: Procedure, state: CaseState): string =>
  JSON.stringify([
    state.stage,
    Object.keys(definition.facts).map((fact) => state.facts[fact]),
    Object.keys(definition.clocks).map((clock) => clockOf(state, clock)),
    state.leadOrganizationId !== undefined,
    (state.doers.handle ?? []).length > 0,
  ]);

/** Every combination of a list of choices. */
const combinations = <T>(choices: readonly (readonly T[])[]): T[][] =>
  choices.reduce<T[][]>((all, some) => all.flatMap((one) => some.map((next) => [...one, next])), [[]]);

const everyFiling = (definition: Procedure): Record<string, FactValue>[] => {
  const filed = Object.entries(definition.initial).filter(([, value]) => typeof value === 'object');
  return combinations(filed.map(([fact]) => definition.facts[fact]!)).map((values) =>
    Object.fromEntries(filed.map(([, value], index) => [(value as { filing: string }).filing, values[index]!])),
  );
};

/** Every set of answers: each choice, each yes and no, each optional field left empty. */
const everyInput = (action: Action): Record<string, unknown>[] => {
  const fields = (action.form ?? []).filter(
    (field) => field.type === 'choice' || field.type === 'boolean' || field.type === 'organization',
  );
  const matters = fields.filter(
    (field) =>
      Object.values(action.set ?? {}).some((value) => typeof value === 'object' && 'input' in value && value.input === field.id) ||
      (typeof action.assign?.leadOrganization === 'object' && action.assign.leadOrganization.input === field.id),
  );
  const answers = matters.map((field): [string, unknown][] => [
    ...(field.type === 'choice' ? field.options!.map((option): [string, unknown] => [field.id, option.value]) : []),
    ...(field.type === 'boolean'
      ? ([
          [field.id, true],
          [field.id, false],
        ] as [string, unknown][])
      : []),
    ...(field.type === 'organization' ? ([[field.id, 'given']] as [string, unknown][]) : []),
    ...(field.required ? [] : ([['', undefined]] as [string, unknown][])),
  ]);
  return combinations(answers).map((chosen) => Object.fromEntries(chosen.filter(([id]) => id !== '')));
};

const everywhere = (definition: Procedure): Map<string, Place> => {
  const places = new Map<string, Place>();
  const todo = everyFiling(definition).map((facts) => opened(definition, facts));
  for (let state = todo.pop(); state; state = todo.pop()) {
    const key = keyOf(definition, state);
    if (places.has(key)) continue;
    const place: Place = { state, moves: [] };
    places.set(key, place);
    const go = (after: CaseState, official: boolean, action?: string): void => {
      place.moves.push({ to: keyOf(definition, after), official, after, ...(action ? { action } : {}) });
      todo.push(after);
    };
    for (const [id, action] of Object.entries(definition.actions)) {
      if (!action.from.includes(state.stage)) continue;
      for (const input of everyInput(action)) {
        const taken = decisions(definition, state, id, input);
        const official = taken.some(({ by }) => !['reporter', 'respondent', 'party'].includes(by.relation));
        if (taken[0]) go(taken[0].decision.state, official, id);
      }
    }
    for (const opens of [true, false]) {
      if (opens && state.facts.tasksOpen === true) continue;
      const moved = moveTask(definition, state, opens);
      if (moved.ok) go(moved.state, true);
    }
  }
  return places;
};

/** Whether one walks from a place to a goal, forwards, move by move. */
const walks = (places: Map<string, Place>, from: string, goal: (key: string) => boolean, officialOnly = false): boolean => {
  const seen = new Set<string>([from]);
  const todo = [from];
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    if (goal(key)) return true;
    for (const move of places.get(key)!.moves)
      if (!seen.has(move.to) && (move.official || !officialOnly)) {
        seen.add(move.to);
        todo.push(move.to);
      }
  }
  return false;
};

const startsOf = (action: Action): string[] =>
  (action.clocks?.start ?? []).map((start) => (typeof start === 'string' ? start : start.clock));

/** What is wrong with a definition of good form, as `code where`, sorted. */
export const bruteForce = (definition: Procedure): string[] => {
  const found = new Set<string>();
  const places = everywhere(definition);
  const { stages, actions, clocks } = definition;
  const isEnd = (stage: string): boolean => stages[stage]!.end !== undefined;
  const endKey = (key: string): boolean => isEnd(places.get(key)!.state.stage);
  const seenStages = new Set([...places.values()].map((place) => place.state.stage));
  const taken = new Set<string>();
  for (const stage of Object.keys(stages)) if (!seenStages.has(stage)) found.add(`stageUnreachable ${stage}`);

  for (const [key, { state, moves }] of places) {
    const { stage } = state;
    if (!walks(places, key, endKey)) found.add(moves.some((move) => move.action) ? `neverEnds ${stage}` : `stuck ${stage}`);
    else if (!walks(places, key, endKey, true)) found.add(`endNeedsParty ${stage}`);

    for (const clock of Object.keys(clocks)) {
      if (!isEnd(stage)) continue;
      if (clockOf(state, clock) === 'paused') found.add(`clockPausedAtEnd ${clock}@${stage}`);
      const runsOut = clocks[clock]!.ladder.some((rung) => {
        if (rung.action === undefined) return false;
        const decision = decide(
          definition,
          state,
          commandFor(actions[rung.action]!, rung.action, {}),
          { kind: 'system', posts: [] },
          around,
        );
        return decision.ok && clockOf(decision.state, clock) === 'off' && isEnd(decision.state.stage);
      });
      if (clockOf(state, clock) === 'running' && !runsOut) found.add(`clockRunsAtEnd ${clock}@${stage}`);
    }

    for (const move of moves) {
      if (!move.action) continue;
      const id = move.action;
      const action = actions[id]!;
      const { after } = move;
      const at = `${id}@${after.stage}`;
      taken.add(`${id}@${stage}`);
      for (const clock of startsOf(action))
        if (clockOf(state, clock) !== 'off' && !(action.clocks?.stop ?? []).includes(clock)) found.add(`clockRestarted ${clock}@${id}`);

      if (action.duty === 'verify') {
        for (const hands of state.doers.handle ?? [])
          for (const by of action.by)
            if (by.relation !== 'service') {
              const same = by.relation === 'party' ? { ...state, partyIds: [hands] } : state;
              const actor = { ...actorFor(same, by, hands), personId: hands };
              if (decide(definition, same, commandFor(action, id, {}), actor, around).ok) found.add(`sameHands ${id}`);
            }
        if (action.by.some((by) => !by.capability)) found.add(`verifierUnknown ${id}`);
      }

      const refusing = action.duty === 'refuse' || (action.form ?? []).some((field) => field.options?.some((option) => option.refuses));
      const { appeal } = action;
      if (refusing && !appeal) found.add(`noAppeal ${id}`);
      if (appeal && 'final' in appeal && !/第.+条|Art/.test(appeal.final)) found.add(`finalWithoutArticle ${id}`);
      if (appeal && 'action' in appeal) {
        const name = appeal.action;
        if (!walks(places, move.to, (key) => places.get(key)!.moves.some((one) => one.action === name)))
          found.add(`appealUnreachable ${id}`);
        const ways = (one: Action) => one.by.map((by) => `${by.capability}${by.relation}`);
        if (ways(actions[name]!).every((way) => ways(action).includes(way))) found.add(`appealByRefuser ${id}`);
      }

      const reachable = after.facts.reporterReachable;
      const answered = after.facts.answered;
      if (state.facts.reporterReachable && !reachable) found.add(`reachableDenied ${at}`);
      if (!state.facts.answered && answered && !action.told) found.add(`answeredUntold ${at}`);
      const end = stages[after.stage]!.end;
      if (isEnd(stage) && !end && answered) found.add(`answeredStale ${at}`);
      if (stages[stage]!.end === 'merged' && !end && action.assign?.mainCase !== 'none') found.add(`stillMerged ${at}`);
      if (end && stage !== after.stage) {
        if (end === 'merged' && typeof action.assign?.mainCase !== 'object') found.add(`mergedWithoutMain ${at}`);
        if (end === 'withdrawn' && action.partyAct !== 'withdraw') found.add(`withdrawnByOthers ${at}`);
        if (end === 'anonymous' && reachable) found.add(`anonymousButReachable ${at}`);
        if (end === 'answered' && reachable && !answered) found.add(`endUnanswered ${at}`);
        if (end !== 'answered' && reachable && !answered && !action.told) found.add(`endUntold ${at}`);
      }

      // Somebody of the side complained of who also holds the post that the action asks for.
      for (const by of action.by) {
        if (!by.capability && by.relation !== 'respondent') continue;
        const own = actorFor(state, { relation: 'respondent' });
        const both = { ...own, posts: [...own.posts, ...actorFor(state, by).posts] };
        const decision = decide(definition, state, commandFor(action, id, {}), both, around);
        if (decision.ok && !isEnd(stage) && isEnd(decision.state.stage)) found.add(`respondentEnds ${id}`);
      }
    }
  }

  for (const [id, action] of Object.entries(actions)) {
    const from = action.from.filter((stage) => seenStages.has(stage));
    const dead = from.filter((stage) => !taken.has(`${id}@${stage}`));
    if (dead.length === from.length) found.add(`deadAction ${id}`);
    else for (const stage of dead) found.add(`deadFrom ${id}@${stage}`);
    if (!action.by.some((by) => by.relation === 'respondent')) continue;
    if (action.duty !== 'party' && !(action.duty === 'handle' && action.partyAct === 'rectify')) found.add(`respondentDecides ${id}`);
    else if (action.partyAct === 'rate' || action.partyAct === 'withdraw') found.add(`respondentActUnlisted ${id}`);
  }
  return [...found].sort();
};
