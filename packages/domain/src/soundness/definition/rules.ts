import { Value } from 'typebox/value';
import { CAPABILITIES } from '../../post/policy.ts';
import { type Action, type FactValue, type Field, type Guard, Procedure, STANDARD_FACTS } from '../../procedure/schema.ts';
import type { Finding } from '../schema.ts';

const ID = /^[a-z][A-Za-z0-9]{0,59}$/;
const DEEPEST = 40;
const MOST_NODES = 60_000;
const KNOWN = new Set<string>(CAPABILITIES);

/** Whether a value is too deep, too large or cyclic to be looked at; checked first, without recursion. */
const unwieldy = (value: unknown): 'tooDeep' | 'tooLarge' | undefined => {
  let level: unknown[] = [value];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return 'tooDeep';
    const next: unknown[] = [];
    for (const one of level) {
      seen += 1;
      if (seen > MOST_NODES) return 'tooLarge';
      if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) next.push(inner);
    }
    level = next;
  }
  return undefined;
};

const found = (code: string, where: string, zh: string, en: string, rule: Finding['rule'] = 'definition'): Finding => ({
  rule,
  code,
  where,
  path: [],
  message: { zh: `${where}：${zh}`, en: `${where}: ${en}` },
});

/** Facts a guard names, with the values it compares them to. */
const comparisons = (guard: Guard): { fact: string; values: FactValue[] }[] => {
  if ('all' in guard) return guard.all.flatMap(comparisons);
  if ('any' in guard) return guard.any.flatMap(comparisons);
  if ('not' in guard) return comparisons(guard.not);
  return [{ fact: guard.fact, values: Array.isArray(guard.is) ? guard.is : [guard.is] }];
};

const BODIES = new Set(['area', 'receivingBody', 'leadBody', 'supportingBody', 'respondent']);
const BARE = new Set(['reporter', 'respondent', 'party', 'service']);

/** Whether the engine could ever permit somebody by this alternative (procedure/rules.ts `permit`). */
export const permits = (by: Action['by'][number]): boolean => (by.capability ? BODIES.has(by.relation) : BARE.has(by.relation));

/** Values an answer may put into a fact; undefined stands for 'left empty, fact unchanged'. */
export const answersOf = (field: Field): (FactValue | undefined)[] => [
  ...(field.type === 'boolean' ? [true, false] : (field.options ?? []).map((option) => option.value)),
  ...(field.required ? [] : [undefined]),
];

const checkNames = (definition: Procedure): Finding[] =>
  (['facts', 'initial', 'stages', 'actions', 'clocks'] as const).flatMap((part) =>
    Object.keys(definition[part])
      .filter((key) => !ID.test(key) || key in Object.prototype)
      .map((key) => found('badName', `${part}.${key}`, '名称不可用', 'this name cannot be used')),
  );

const checkFacts = (definition: Procedure): Finding[] => {
  const findings: Finding[] = [];
  for (const [fact, values] of Object.entries(STANDARD_FACTS)) {
    const declared = definition.facts[fact];
    if (!declared || values.some((value) => !declared.includes(value)) || declared.length !== values.length)
      findings.push(found('missingStandardFact', fact, '缺少必有的事实', 'a fact every procedure declares is missing or has other values'));
  }
  for (const [fact, values] of Object.entries(definition.facts))
    if (new Set(values).size !== values.length) findings.push(found('repeatedValue', fact, '取值重复', 'a value is listed twice'));
  for (const [fact, value] of Object.entries(definition.initial)) {
    const values = definition.facts[fact];
    if (!values) findings.push(found('unknownFact', `initial.${fact}`, '未声明的事实', 'an undeclared fact'));
    else if (typeof value !== 'object' && !values.includes(value))
      findings.push(found('unknownValue', `initial.${fact}`, '未声明的取值', 'an undeclared value'));
  }
  for (const fact of Object.keys(definition.facts))
    if (definition.initial[fact] === undefined) findings.push(found('missingInitial', fact, '缺少初始值', 'has no initial value'));
  const tasks = definition.initial.tasksOpen;
  const answered = definition.initial.answered;
  if (tasks !== undefined && tasks !== false)
    findings.push(found('engineFact', 'initial.tasksOpen', '由系统维护', 'is kept by the engine'));
  if (answered !== undefined && answered !== false)
    findings.push(found('answeredAtStart', 'initial.answered', '立案时不能已答复', 'nobody was answered yet'));
  return findings;
};

const checkGuardAndSet = (definition: Procedure, id: string, action: Action): Finding[] => {
  const findings: Finding[] = [];
  const fields = new Map((action.form ?? []).map((field) => [field.id, field]));
  for (const { fact, values } of action.guard ? comparisons(action.guard) : []) {
    const declared = definition.facts[fact];
    if (!declared) findings.push(found('unknownFact', `${id}.guard.${fact}`, '未声明的事实', 'an undeclared fact'));
    else if (values.some((value) => !declared.includes(value)))
      findings.push(found('unknownValue', `${id}.guard.${fact}`, '未声明的取值', 'an undeclared value'));
  }
  for (const [fact, value] of Object.entries(action.set ?? {})) {
    const where = `${id}.set.${fact}`;
    const declared = definition.facts[fact];
    if (!declared) findings.push(found('unknownFact', where, '未声明的事实', 'an undeclared fact'));
    else if (fact === 'tasksOpen') findings.push(found('engineFact', where, '由系统维护', 'is kept by the engine'));
    else if (typeof value !== 'object') {
      if (!declared.includes(value)) findings.push(found('unknownValue', where, '未声明的取值', 'an undeclared value'));
    } else if ('input' in value) {
      const field = fields.get(value.input);
      if (!field) findings.push(found('unknownField', where, '表单没有此项', 'the form has no such field'));
      else if (field.content || (field.type !== 'choice' && field.type !== 'boolean'))
        findings.push(found('fieldNotFinite', where, '只能取自选择项', 'only a choice or a yes-no field can set a fact'));
      else if (answersOf(field).some((answer) => answer !== undefined && !declared.includes(answer)))
        findings.push(found('unknownValue', where, '选择项超出取值', 'an option is not a value of the fact'));
    }
  }
  return findings;
};

const checkInputs = (definition: Procedure, id: string, action: Action): Finding[] => {
  const findings: Finding[] = [];
  const fields = new Map((action.form ?? []).map((field) => [field.id, field]));
  const need = (input: string, where: string, type: Field['type'], required: boolean): void => {
    const field = fields.get(input);
    if (!field) findings.push(found('unknownField', where, '表单没有此项', 'the form has no such field'));
    else if (field.type !== type || field.content || (required && !field.required))
      findings.push(found('fieldUnfit', where, '表单项类型不合', 'the field has another type, is words, or may be left empty'));
  };
  if (fields.size !== (action.form ?? []).length) findings.push(found('repeatedField', id, '表单项重名', 'two fields share an id'));
  for (const field of fields.values()) {
    if (!ID.test(field.id) || field.id in Object.prototype)
      findings.push(found('badName', `${id}.form.${field.id}`, '名称不可用', 'this name cannot be used'));
    if (field.type === 'choice' && !field.options?.length)
      findings.push(found('noOptions', `${id}.form.${field.id}`, '没有选项', 'a choice without options'));
    if (new Set(field.options?.map((option) => option.value)).size !== (field.options?.length ?? 0))
      findings.push(found('repeatedOption', `${id}.form.${field.id}`, '选项重复', 'two options have the same value'));
    if (field.minimum !== undefined && field.maximum !== undefined && field.minimum > field.maximum)
      findings.push(found('emptyRange', `${id}.form.${field.id}`, '最小值大于最大值', 'its least is more than its most'));
  }
  if (action.evidence && action.evidence.min > 0 && action.evidence.kinds.length === 0)
    findings.push(found('evidenceImpossible', id, '要求附件却没有一种可交', 'asks for evidence of no kind'));
  const { assign, clocks } = action;
  if (assign?.leadOrganization === 'actor' && action.by.some((by) => !by.capability))
    findings.push(
      found(
        'actorWithoutBody',
        `${id}.assign.leadOrganization`,
        '动作人可能没有单位',
        'somebody without a post could take it, and has no body to assign',
      ),
    );
  if (typeof assign?.leadOrganization === 'object')
    need(assign.leadOrganization.input, `${id}.assign.leadOrganization`, 'organization', false);
  if (typeof assign?.handler === 'object') need(assign.handler.input, `${id}.assign.handler`, 'person', false);
  if (assign?.respondentOrganization)
    need(assign.respondentOrganization.input, `${id}.assign.respondentOrganization`, 'organization', false);
  if (typeof assign?.mainCase === 'object') need(assign.mainCase.input, `${id}.assign.mainCase`, 'case', true);
  if (assign?.category) need(assign.category.input, `${id}.assign.category`, 'category', false);
  const named: string[] = [...(clocks?.stop ?? []), ...(clocks?.pause ?? []), ...(clocks?.resume ?? [])];
  for (const start of clocks?.start ?? []) {
    named.push(typeof start === 'string' ? start : start.clock);
    if (typeof start === 'object') need(('from' in start ? start.from : start.until).input, `${id}.clocks.start`, 'date', true);
  }
  for (const { clock, by } of clocks?.extend ?? []) {
    if (clocks?.stop?.includes(clock))
      findings.push(
        found('extendStopped', `${id}.clocks.${clock}`, '停止的时限不能延长', 'a clock cannot be stopped and extended at once'),
      );
    named.push(clock);
    if ('input' in by) need(by.input, `${id}.clocks.extend`, 'limit', true);
  }
  for (const clock of named)
    if (!definition.clocks[clock]) findings.push(found('unknownClock', `${id}.clocks.${clock}`, '没有这个时限', 'no such clock'));
  return findings;
};

const checkAction = (definition: Procedure, id: string, action: Action): Finding[] => {
  const findings: Finding[] = [];
  for (const stage of [...action.from, ...(action.to === 'same' ? [] : [action.to])])
    if (!definition.stages[stage]) findings.push(found('unknownStage', `${id}.${stage}`, '没有这个环节', 'no such stage'));
  if (new Set(action.from).size !== action.from.length) findings.push(found('repeatedStage', id, '环节重复', 'a stage is listed twice'));
  for (const by of action.by) {
    const where = `${id}.by.${by.capability ?? ''}@${by.relation}`;
    if (by.capability && !KNOWN.has(by.capability)) findings.push(found('unknownCapability', where, '没有这个权限', 'no such capability'));
    else if (!permits(by)) findings.push(found('nobodyCan', where, '无人能够满足', 'nobody could ever satisfy this'));
    const rung = Object.values(definition.clocks).some((clock) => clock.ladder.some((one) => one.action === id));
    if (by.relation === 'service' && !rung)
      findings.push(found('serviceNeverCalls', id, '没有时限触发', 'no clock ever takes this action'));
  }
  if (action.duty === 'party' && !action.partyAct)
    findings.push(found('partyActMissing', id, '未写明当事人行为', 'does not say which act of a party it is'));
  if (action.appeal && 'action' in action.appeal && !definition.actions[action.appeal.action])
    findings.push(found('unknownAppeal', id, '救济动作不存在', 'the appeal it names does not exist', 'refusalHasAppeal'));
  return [...findings, ...checkGuardAndSet(definition, id, action), ...checkInputs(definition, id, action)];
};

const checkClocks = (definition: Procedure): Finding[] => {
  const findings: Finding[] = [];
  for (const clock of [
    ...definition.startClocks,
    definition.lights.overall,
    ...(definition.lights.handling ? [definition.lights.handling] : []),
  ])
    if (!definition.clocks[clock]) findings.push(found('unknownClock', clock, '没有这个时限', 'no such clock'));
  for (const [id, clock] of Object.entries(definition.clocks)) {
    if (new Set(clock.ladder.map((rung) => rung.id)).size !== clock.ladder.length)
      findings.push(found('repeatedRung', id, '提醒重名', 'two reminders share an id'));
    for (const rung of clock.ladder) {
      const action = rung.action === undefined ? undefined : definition.actions[rung.action];
      if (rung.action !== undefined && !action?.by.some((by) => by.relation === 'service'))
        findings.push(
          found('rungAction', `${id}.${rung.id}`, '触发的动作不存在或系统无权', 'the action does not exist or is not the system’s'),
        );
      if (action && ((action.form ?? []).some((field) => field.required) || (action.evidence?.min ?? 0) > 0))
        findings.push(found('rungNeedsAnswers', `${id}.${rung.id}`, '系统无法填表', 'the system cannot fill in a form'));
    }
  }
  return findings;
};

/** Control characters, and what a browser would take for markup: words are shown in many places, and in none are they more than words. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNFIT_WORDS = /[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]|<[a-z!/?]/iu;

const checkWords = (value: unknown, where: string): Finding[] => {
  if (typeof value === 'string')
    return UNFIT_WORDS.test(value)
      ? [found('badWords', where, '文字里有不能用的字符', 'its words hold characters that cannot be used')]
      : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => checkWords(inner, where ? `${where}.${key}` : key));
};

/** What is wrong with the definition as a piece of data, before any state is explored. */
export const checkDefinition = (value: unknown): Finding[] => {
  const why = unwieldy(value);
  if (why) return [found(why, 'procedure', '定义过大或嵌套过深', 'the definition is too large, too deep or cyclic', 'size')];
  if (!Value.Check(Procedure, value))
    return [...Value.Errors(Procedure, value)]
      .slice(0, 20)
      .map((error) => found('shape', error.instancePath || 'procedure', '格式不符', error.message ?? 'does not fit the schema'));
  const definition: Procedure = value;
  const names = checkNames(definition);
  if (names.length) return names;
  const words = checkWords(definition, '').slice(0, 20);
  if (words.length) return words;
  const findings = [...checkFacts(definition), ...checkClocks(definition)];
  const start = definition.stages[definition.start];
  if (!start) findings.push(found('unknownStage', `start.${definition.start}`, '没有这个环节', 'no such stage'));
  else if (start.end) findings.push(found('startIsEnd', definition.start, '起点不能是终点', 'a case cannot end as it begins'));
  if (!Object.values(definition.stages).some((stage) => stage.end))
    findings.push(found('noEnd', 'stages', '没有终点', 'there is no end', 'endReachable'));
  for (const [id, { end, shownAs }] of Object.entries(definition.stages))
    if (shownAs && (!end || definition.stages[shownAs]?.end !== end || definition.stages[shownAs]?.shownAs))
      findings.push(found('shownAsOther', id, '对外显示的终点不存在或结束原因不同', 'is shown as what is no end of the same reason'));
  for (const [id, action] of Object.entries(definition.actions)) findings.push(...checkAction(definition, id, action));
  return findings;
};
