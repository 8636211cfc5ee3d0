import type { Action, EndReason, FactValue, Guard, Procedure, Stage } from '../../procedure/schema.ts';

/** A stream of numbers in [0, 1) from a seed; the same seed, the same definitions (mulberry32). */
export const numbers = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const name = (zh: string) => ({ zh, en: zh });
const ENDS: readonly EndReason[] = ['answered', 'withdrawn', 'anonymous', 'merged', 'forTheRecord', 'declined', 'lawfulEnd'];
const DUTIES: readonly Action['duty'][] = ['progress', 'handle', 'handle', 'verify', 'verify', 'decide', 'refuse', 'close', 'party'];
const ACTS: readonly NonNullable<Action['partyAct']>[] = ['consent', 'reply', 'rectify', 'rate', 'withdraw', 'appeal'];
const BY: readonly Action['by'][number][] = [
  { capability: 'case.handle', relation: 'leadBody' },
  { capability: 'case.dispatch', relation: 'area' },
  { capability: 'case.dispatch', relation: 'area' },
  { capability: 'case.close', relation: 'receivingBody' },
  { capability: 'case.handle', relation: 'supportingBody' },
  { relation: 'reporter' },
  { relation: 'respondent' },
  { relation: 'party' },
];

/** A small definition of good form: a handful of stages, facts, actions and clocks, thrown together. Most are unsound, some are not. */
export const randomProcedure = (seed: number): Procedure => {
  const next = numbers(seed);
  const chance = (p: number): boolean => next() < p;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const some = <T>(list: readonly T[], p: number): T[] => list.filter(() => chance(p));

  const open = ['alpha', 'beta', 'gamma'].slice(0, 1 + Math.floor(next() * 3));
  const ends = ['omega', 'psi'].slice(0, 1 + Math.floor(next() * 2));
  const stages: Record<string, Stage> = {};
  for (const id of open) stages[id] = { label: name(id), told: name(id), ...(chance(0.3) ? { tasks: true } : {}) };
  for (const id of ends) stages[id] = { label: name(id), told: name(id), end: chance(0.4) ? 'answered' : pick(ENDS) };

  const facts: Procedure['facts'] = { reporterReachable: [true, false], answered: [false, true], tasksOpen: [false, true] };
  const initial: Procedure['initial'] = {
    reporterReachable: chance(0.7) ? { filing: 'reporterReachable' } : false,
    answered: false,
    tasksOpen: false,
  };
  if (chance(0.6)) {
    facts.flag = ['low', 'high', 'top'];
    initial.flag = chance(0.3) ? { filing: 'flag' } : 'low';
  }
  const guardOf = (deep = 0): Guard => {
    const fact = pick(Object.keys(facts));
    if (deep < 2 && chance(0.2)) return { all: [guardOf(deep + 1), guardOf(deep + 1)] };
    if (deep < 2 && chance(0.2)) return { any: [guardOf(deep + 1), guardOf(deep + 1)] };
    if (deep < 2 && chance(0.2)) return { not: guardOf(deep + 1) };
    return { fact, is: chance(0.3) ? [pick(facts[fact]!), pick(facts[fact]!)] : pick(facts[fact]!) };
  };

  const clockIds = ['tick', 'tock'].slice(0, Math.floor(next() * 3));
  const actionIds = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].slice(0, 2 + Math.floor(next() * 6));
  const actions: Record<string, Action> = {};
  const [first] = open;
  for (const [index, id] of actionIds.entries()) {
    const duty = pick(DUTIES);
    const party = duty === 'party' || chance(0.15);
    const to = index < ends.length ? ends[index]! : chance(0.2) ? 'same' : pick([...open, ...ends]);
    const set: Record<string, FactValue | { input: string } | { next: true }> = {};
    const form: NonNullable<Action['form']> = [];
    if (chance(0.35)) set.answered = chance(0.85);
    if (chance(0.05)) set.reporterReachable = chance(0.5);
    if (facts.flag && chance(0.4)) {
      set.flag = chance(0.4) ? pick(facts.flag) : chance(0.5) ? { next: true } : { input: 'level' };
      if (typeof set.flag === 'object' && 'input' in set.flag)
        form.push({
          id: 'level',
          label: name('level'),
          type: 'choice',
          required: chance(0.5),
          content: false,
          options: some(['low', 'high', 'top'], 0.7)
            .concat('low')
            .filter((value, at, all) => all.indexOf(value) === at)
            .map((value) => ({ value, label: name(value), ...(chance(0.1) ? { refuses: true as const } : {}) })),
        });
    }
    const by = [...new Set([pick(BY), ...(chance(0.5) ? [pick(BY)] : [])])];
    const assign: NonNullable<Action['assign']> = {};
    if (chance(0.35)) {
      const how = next();
      if (how < 0.6) {
        assign.leadOrganization = { input: 'body' };
        form.push({ id: 'body', label: name('body'), type: 'organization', required: chance(0.7), content: false });
      } else assign.leadOrganization = how < 0.8 || by.some((one) => !one.capability) ? 'none' : 'actor';
    }
    if (stages[to]?.end === 'merged' && chance(0.7)) {
      assign.mainCase = { input: 'main' };
      form.push({ id: 'main', label: name('main'), type: 'case', required: true, content: false });
    }
    const from = [...new Set([...some([...open, ...some(ends, 0.2)], 0.5), ...(index === 0 || chance(0.3) ? [first!] : [])])];
    actions[id] = {
      label: name(id),
      ...(chance(0.7) ? { told: name(id) } : {}),
      from: from.length ? from : [first!],
      to,
      duty,
      ...(party ? { partyAct: pick(ACTS) } : {}),
      by,
      ...(chance(duty === 'verify' ? 0.6 : 0.1) ? { notBy: ['handle'] as Action['notBy'] } : {}),
      ...(chance(0.3) ? { guard: guardOf() } : {}),
      ...(Object.keys(set).length ? { set } : {}),
      ...(Object.keys(assign).length ? { assign } : {}),
      ...(form.length ? { form } : {}),
      ...(clockIds.length
        ? {
            clocks: {
              start: some(clockIds, 0.15),
              stop: some(clockIds, stages[to]?.end ? 0.8 : 0.15),
              pause: some(clockIds, 0.1),
              resume: some(clockIds, 0.1),
            },
          }
        : {}),
      ...(chance(duty === 'refuse' ? 0.7 : 0.05)
        ? { appeal: chance(0.3) ? { final: chance(0.5) ? '某条例第十条' : '按惯例' } : { action: pick(actionIds) } }
        : {}),
    };
  }
  // Sometimes a clock takes an action by itself when it runs out.
  const rung = clockIds.length && chance(0.4) ? pick(actionIds) : undefined;
  if (rung && actions[rung]!.assign?.leadOrganization !== 'actor' && !(actions[rung]!.form ?? []).some((field) => field.required))
    actions[rung] = { ...actions[rung]!, by: [{ relation: 'service' }] };
  const clocks: Procedure['clocks'] = Object.fromEntries(
    [...clockIds, 'overall'].map((id, index) => [
      id,
      {
        label: name(id),
        limit: { fixed: { amount: 1, unit: 'day' } },
        ladder:
          rung && index === 0 && actions[rung]!.by[0]!.relation === 'service'
            ? [{ id: 'end', when: 'at', kind: 'dueSoon', tell: [], action: rung }]
            : [],
        source: 'local',
      },
    ]),
  );
  return {
    id: 'random',
    version: 1,
    title: name('random'),
    numberPrefix: 'RD',
    confidential: false,
    receivedBy: 'case.dispatch',
    source: 'made up',
    start: first!,
    facts,
    initial,
    startClocks: some(clockIds, 0.4),
    stages,
    actions,
    clocks,
    lights: { overall: 'overall' },
  };
};
