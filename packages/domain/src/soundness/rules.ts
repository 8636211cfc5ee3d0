import type { Action, Procedure } from '../procedure/schema.ts';
import { checkDefinition, permits } from './definition/rules.ts';
import { canReach, type Edge, explore, type Graph, type Node, openToRespondent, pathTo, takers } from './explore/rules.ts';
import type { Checked, Finding, SoundnessRule, Step } from './schema.ts';

/** States explored at most, unless told otherwise. The built-in procedures need a few thousand. */
const MOST_STATES = 50_000;

/** Names an article: 第十二条, Art. 12, Article 12. */
const ARTICLE = /第[〇零一二三四五六七八九十百千\d]+条|\bArt(icle|\.)\s?\d+/;

/** Acts the side complained of may take; rating and withdrawing are the reporter's. */
const RESPONDENT_ACTS = new Set<string | undefined>(['consent', 'reply', 'rectify', 'evidence', 'choose', 'sign', 'appeal', 'ask']);

interface Room {
  readonly definition: Procedure;
  readonly graph: Graph;
  /** Reports once per code and place; the first report stands, so callers go from near to far. */
  readonly report: (rule: SoundnessRule, code: string, where: string, path: Step[] | (() => Step[]), zh: string, en: string) => void;
}

/** An action that refuses what somebody asked, by what it is or by a choice it offers. */
const refuses = (action: Action): boolean =>
  action.duty === 'refuse' || (action.form ?? []).some((field) => field.options?.some((option) => option.refuses));

const through = (graph: Graph, edge: Edge): Step[] => [...pathTo(graph, edge.from), edge.step];
const stageOf = ({ definition, graph }: Room, node: number) => definition.stages[graph.nodes[node]!.stage]!;

const stageReachable = ({ definition, graph, report }: Room): Set<string> => {
  const reached = new Set(graph.nodes.map((node) => node.stage));
  for (const stage of Object.keys(definition.stages))
    if (!reached.has(stage)) {
      // The nearest place from which an action would lead there, if somebody could take it.
      const leads = Object.values(definition.actions).filter((action) => action.to === stage);
      const near = graph.nodes.findIndex((node) => leads.some((action) => action.from.includes(node.stage)));
      report(
        'stageReachable',
        'stageUnreachable',
        stage,
        near < 0 ? [] : pathTo(graph, near),
        '这个环节到不了',
        'this stage cannot be reached',
      );
    }
  return reached;
};

const endReachable = (room: Room): void => {
  const { graph, report } = room;
  const ends = graph.nodes.flatMap((_, index) => (stageOf(room, index).end ? [index] : []));
  const any = canReach(graph, ends, () => true);
  const official = canReach(graph, ends, (edge) => edge.official);
  const acts = new Uint8Array(graph.nodes.length);
  for (const edge of graph.edges) if (edge.action) acts[edge.from] = 1;
  for (const [index, node] of graph.nodes.entries()) {
    const path = () => pathTo(graph, index);
    if (!any[index] && !acts[index])
      report('endReachable', 'stuck', node.stage, path, '走到这里再无动作可做', 'nothing can be done from here');
    else if (!any[index]) report('endReachable', 'neverEnds', node.stage, path, '从这里到不了任何终点', 'no end can be reached from here');
    else if (!official[index])
      report(
        'endReachable',
        'endNeedsParty',
        node.stage,
        path,
        '只有当事人动作才能结束',
        'only an act of a party could bring it to an end',
      );
  }
};

const noDeadAction = ({ definition, graph, report }: Room, reached: Set<string>): void => {
  const taken = new Set(graph.edges.map((edge) => `${edge.action}@${graph.nodes[edge.from]!.stage}`));
  for (const [id, action] of Object.entries(definition.actions)) {
    const from = action.from.filter((stage) => reached.has(stage));
    const dead = from.filter((stage) => !taken.has(`${id}@${stage}`));
    const near = (stages: string[]): Step[] => {
      const index = graph.nodes.findIndex((node) => stages.includes(node.stage));
      return index < 0 ? [] : pathTo(graph, index);
    };
    if (dead.length === from.length)
      report('noDeadAction', 'deadAction', id, near(from), '这个动作永远做不了', 'this action can never be taken');
    else
      for (const stage of dead)
        report(
          'noDeadAction',
          'deadFrom',
          `${id}@${stage}`,
          near([stage]),
          '在这个环节永远做不了',
          'this action can never be taken from this stage',
        );
  }
};

/** Whether a clock that runs on at an end runs out by itself: its ladder takes a system action that stops it and stays at an end. */
const windsUp = (definition: Procedure, clock: string, node: Node): boolean =>
  definition.clocks[clock]!.ladder.some((rung) => {
    if (rung.action === undefined) return false;
    const action = definition.actions[rung.action]!;
    const target = action.to === 'same' ? node.stage : action.to;
    return (
      takers(definition, rung.action, node).some((by) => by.relation === 'service') &&
      (action.clocks?.stop ?? []).includes(clock) &&
      !startsOf(action).includes(clock) &&
      definition.stages[target]!.end !== undefined
    );
  });

const startsOf = (action: Action): string[] =>
  (action.clocks?.start ?? []).map((start) => (typeof start === 'string' ? start : start.clock));

const clocksStop = (room: Room): void => {
  const { definition, graph, report } = room;
  for (const [index, node] of graph.nodes.entries()) {
    if (!stageOf(room, index).end) continue;
    for (const [clock, status] of Object.entries(node.clocks)) {
      const where = `${clock}@${node.stage}`;
      const path = () => pathTo(graph, index);
      if (status === 'paused')
        report('clocksStop', 'clockPausedAtEnd', where, path, '结束时时限仍在暂停', 'the case ends while this clock is paused');
      if (status === 'running' && !windsUp(definition, clock, node))
        report('clocksStop', 'clockRunsAtEnd', where, path, '结束时时限仍在走', 'the case ends while this clock runs');
    }
  }
  for (const edge of graph.edges) {
    const action = edge.action ? definition.actions[edge.action]! : undefined;
    for (const clock of action ? startsOf(action) : [])
      if (graph.nodes[edge.from]!.clocks[clock] !== 'off' && !action!.clocks?.stop?.includes(clock))
        report(
          'clocksStop',
          'clockRestarted',
          `${clock}@${edge.action}`,
          () => through(graph, edge),
          '未停止就重新起算',
          'starts again before it was stopped',
        );
  }
};

const verifierApart = ({ definition, graph, report }: Room): void => {
  for (const edge of graph.edges) {
    const action = edge.action ? definition.actions[edge.action]! : undefined;
    if (action?.duty !== 'verify') continue;
    const path = () => through(graph, edge);
    const node = graph.nodes[edge.from]!;
    if (node.handled && !action.notBy?.includes('handle') && takers(definition, edge.action!, node).some((by) => by.relation !== 'service'))
      report('verifierApart', 'sameHands', edge.action!, path, '经办人可以核查自己', 'who handled the case may verify it');
    if (action.by.some((by) => !by.capability && permits(by)))
      report(
        'verifierApart',
        'verifierUnknown',
        edge.action!,
        path,
        '核查人没有岗位，无从回避',
        'the verifier holds no post, so nobody can tell the hands apart',
      );
  }
};

const sameWay = (a: Action['by'][number], b: Action['by'][number]): boolean => a.capability === b.capability && a.relation === b.relation;

const refusalHasAppeal = ({ definition, graph, report }: Room): void => {
  for (const [id, action] of Object.entries(definition.actions)) {
    const { appeal } = action;
    if (!appeal && !refuses(action)) continue;
    const edges = graph.edges.filter((edge) => edge.action === id);
    const [first] = edges;
    if (!first) continue;
    const path = () => through(graph, first);
    if (!appeal) report('refusalHasAppeal', 'noAppeal', id, path, '拒绝没有救济', 'a refusal without an appeal');
    else if ('final' in appeal) {
      if (!ARTICLE.test(appeal.final))
        report('refusalHasAppeal', 'finalWithoutArticle', id, path, '终局没有写明条文', 'final, but no article says so');
    } else {
      const appealing = definition.actions[appeal.action]!;
      if (appealing.by.filter(permits).every((by) => action.by.some((own) => sameWay(own, by))))
        report('refusalHasAppeal', 'appealByRefuser', id, path, '只有拒绝的一方能提出救济', 'only those who refuse could appeal');
      const open = canReach(
        graph,
        new Set(graph.edges.filter((edge) => edge.action === appeal.action).map((edge) => edge.from)),
        () => true,
      );
      const shut = edges.find((edge) => !open[edge.to]);
      if (shut)
        report(
          'refusalHasAppeal',
          'appealUnreachable',
          id,
          () => through(graph, shut),
          '拒绝之后提不了救济',
          'the appeal cannot be reached after the refusal',
        );
    }
  }
};

const noSilentEnd = (room: Room): void => {
  const { definition, graph, report } = room;
  for (const edge of graph.edges) {
    const action = edge.action ? definition.actions[edge.action]! : undefined;
    if (!action) continue;
    const [before, node] = [graph.nodes[edge.from]!, graph.nodes[edge.to]!];
    const { reporterReachable: reachable, answered } = node.facts;
    const path = () => through(graph, edge);
    const where = `${edge.action}@${node.stage}`;
    const say = (code: string, zh: string, en: string) => report('noSilentEnd', code, where, path, zh, en);
    if (before.facts.reporterReachable === true && reachable === false)
      say('reachableDenied', '把能联系到的人记作联系不到', 'makes a reachable reporter unreachable');
    if (before.facts.answered !== true && answered === true && !action.told)
      say('answeredUntold', '记作已答复却没有告诉诉求人', 'counts as answered, yet the reporter is told nothing');
    const reason = stageOf(room, edge.to).end;
    if (stageOf(room, edge.from).end && !reason && answered === true)
      say('answeredStale', '重新办理却仍算已答复', 'goes on again, yet still counts as answered');
    if (stageOf(room, edge.from).end === 'merged' && !reason && action.assign?.mainCase !== 'none')
      say('stillMerged', '重新单独办理却仍并在主单', 'goes on by itself, yet is still merged');
    if (!reason || before.stage === node.stage) continue;
    if (reason === 'merged' && typeof action.assign?.mainCase !== 'object') say('mergedWithoutMain', '并单没有主单', 'merged into no case');
    if (reason === 'withdrawn' && action.partyAct !== 'withdraw')
      say('withdrawnByOthers', '不是撤回却按撤回结束', 'ends as withdrawn, yet nobody withdrew');
    if (reason === 'anonymous' && reachable === true)
      say('anonymousButReachable', '能联系到的人按匿名结束', 'ends as anonymous, yet the reporter can be reached');
    if (reachable !== true || answered === true) continue;
    if (reason === 'answered') say('endUnanswered', '没有答复就结束', 'ends as answered, yet no answer was given');
    else if (!action.told) say('endUntold', '没有告诉诉求人就结束', 'ends without a word to a reachable reporter');
  }
};

const respondentKeptApart = (room: Room): void => {
  const { definition, graph, report } = room;
  const first = (id: string, action: Action): Step[] => {
    const edge = graph.edges.find((one) => one.action === id);
    if (edge) return through(graph, edge);
    const near = graph.nodes.findIndex((node) => action.from.includes(node.stage));
    return near < 0 ? [] : pathTo(graph, near);
  };
  for (const [id, action] of Object.entries(definition.actions)) {
    if (!action.by.some((by) => by.relation === 'respondent')) continue;
    if (!openToRespondent(action))
      report(
        'respondentKeptApart',
        'respondentDecides',
        id,
        () => first(id, action),
        '被投诉方不能做这个动作',
        'the side complained of may not take this action',
      );
    else if (!RESPONDENT_ACTS.has(action.partyAct))
      report(
        'respondentKeptApart',
        'respondentActUnlisted',
        id,
        () => first(id, action),
        '不属于被投诉方可做的行为',
        'not one of the acts open to a respondent',
      );
  }
  for (const edge of graph.edges) {
    const action = edge.action ? definition.actions[edge.action]! : undefined;
    if (!action || !stageOf(room, edge.to).end || stageOf(room, edge.from).end || !openToRespondent(action)) continue;
    // A body that handles or receives the case may be the one complained of.
    if (takers(definition, edge.action!, graph.nodes[edge.from]!).some((by) => by.relation === 'respondent' || by.capability))
      report(
        'respondentKeptApart',
        'respondentEnds',
        edge.action!,
        () => through(graph, edge),
        '被投诉方可以使事项结束',
        'the respondent could end the case',
      );
  }
};

const openRoom = (definition: Procedure, graph: Graph, findings: Map<string, Finding>): Room => ({
  definition,
  graph,
  report: (rule, code, where, path, zh, en) => {
    const key = `${code} ${where}`;
    if (!findings.has(key))
      findings.set(key, {
        rule,
        code,
        where,
        path: typeof path === 'function' ? path() : path,
        message: { zh: `${where}：${zh}`, en: `${where}: ${en}` },
      });
  },
});

/** Whether a case that comes into a sound definition from the side, at `start`, reaches an end with its clocks stopped, whatever is done. */
export const checkFrom = (definition: Procedure, start: Node): readonly Finding[] => {
  const graph = explore(definition, MOST_STATES, start);
  const findings = new Map<string, Finding>();
  if (!graph) return [{ rule: 'size', code: 'tooManyStates', where: start.stage, path: [], message: { zh: start.stage } }];
  const room = openRoom(definition, graph, findings);
  endReachable(room);
  clocksStop(room);
  return [...findings.values()];
};

/**
 * Checks a definition: its form first, then the eight rules of architecture.md "Soundness" by exploring every reachable state. A definition
 * that is not `ok` must not be published. Never throws, whatever it is given; `mostStates` bounds time and memory.
 */
export const checkProcedure = (value: unknown, { mostStates = MOST_STATES }: { readonly mostStates?: number } = {}): Checked => {
  const unfit = checkDefinition(value);
  if (unfit.length) return { ok: false, findings: unfit, states: 0 };
  const definition = value as Procedure;
  const graph = explore(definition, mostStates);
  if (!graph) {
    const message = { zh: `超过 ${mostStates} 种状态，无法检查`, en: `more than ${mostStates} states: cannot be checked` };
    return { ok: false, findings: [{ rule: 'size', code: 'tooManyStates', where: definition.id, path: [], message }], states: 0 };
  }
  const findings = new Map<string, Finding>();
  const room = openRoom(definition, graph, findings);
  const reached = stageReachable(room);
  endReachable(room);
  noDeadAction(room, reached);
  clocksStop(room);
  verifierApart(room);
  refusalHasAppeal(room);
  noSilentEnd(room);
  respondentKeptApart(room);
  return { ok: findings.size === 0, findings: [...findings.values()], states: graph.nodes.length };
};
