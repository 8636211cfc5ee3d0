import { describe, expect, test } from 'vitest';
import type { CaseState, ClockChange } from '../case/schema.ts';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import type { Procedure } from '../procedure/schema.ts';
import { around, decisions, opened, replay } from '../soundness/build.ts';
import type { Step } from '../soundness/schema.ts';
import { aheadOf, consequenceOf, nextTold } from './rules.ts';

const act = (action: string, input: Record<string, unknown> = {}): Step => ({ kind: 'act', action, input });
const FILED: Step = { kind: 'file', facts: { reporterReachable: true, callBackWanted: true } };
const standing = (...steps: readonly Step[]): CaseState => replay(orderProcedure, [FILED, ...steps]).at(-1)!;
const inHand = standing(act('accept'), act('dispatch', { organizationId: 'given' }), act('acknowledge'));
const of = (state: CaseState, action: string) => consequenceOf(orderProcedure, state, action, around);

/** Every stage and clock of a procedure, met by walking it breadth first with any answers: the first so many states. */
const walked = (procedure: Procedure, most: number): CaseState[] => {
  const start = [true, false].map((reporterReachable) => opened(procedure, { reporterReachable, callBackWanted: reporterReachable }));
  const seen = new Set<string>();
  const states: CaseState[] = [];
  for (const queue = start; queue.length > 0 && states.length < most; ) {
    const state = queue.shift()!;
    const clocks = Object.values(state.clocks).map(({ clock, status }) => clock + status);
    const key = JSON.stringify([state.stage, state.facts, clocks]);
    if (seen.has(key)) continue;
    seen.add(key);
    states.push(state);
    for (const id of Object.keys(procedure.actions))
      for (const { decision } of decisions(procedure, state, id, {})) queue.push(decision.state);
  }
  return states;
};

/** The last word on each clock, as `decide` wrote it. */
const written = (changes: readonly ClockChange[]) => new Map(changes.map(({ change, state }) => [state.clock, { change, state }]));

describe.each([orderProcedure, letterProcedure])('what is announced of $id', (procedure) => {
  const states = walked(procedure, 400);

  test('is what then happens: stage, clocks and due times, in every state walked through', () => {
    let judged = 0;
    const stages = new Set<string>();
    for (const state of states)
      for (const id of Object.keys(procedure.actions))
        for (const { decision } of decisions(procedure, state, id, {})) {
          const told = consequenceOf(procedure, state, id, around);
          const [event] = decision.events;
          expect([id, told.to?.stage ?? state.stage]).toEqual([id, event!.header.to]);
          const happened = written(event!.header.clocks ?? []);
          expect([id, ...told.clocks.map(({ clock, change }) => `${clock} ${change}`).sort()]).toEqual([
            id,
            ...[...happened].map(([clock, { change }]) => `${clock} ${change}`).sort(),
          ]);
          for (const effect of told.clocks)
            if (!effect.byField && effect.change !== 'stopped')
              expect([id, effect.clock, effect.dueAt]).toEqual([id, effect.clock, happened.get(effect.clock)!.state.dueAt]);
          judged += 1;
          stages.add(state.stage);
        }
    expect(judged).toBeGreaterThan(300);
    expect(stages.size).toBeGreaterThan(Object.values(procedure.stages).filter(({ end }) => !end).length / 2);
  });

  test('lies ahead exactly where an action leads that somebody may take, or the system will', () => {
    for (const state of states) {
      const taken = Object.keys(procedure.actions).flatMap((id) =>
        decisions(procedure, state, id, {}).map(({ decision }) => decision.state.stage),
      );
      const ahead = aheadOf(procedure, state).map(({ stage }) => stage);
      for (const stage of taken) if (stage !== state.stage) expect(ahead).toContain(stage);
      expect(new Set(ahead).size).toBe(ahead.length);
    }
  });
});

describe('in particular', () => {
  test('resolving ends the handling limit, keeps the overall one, tells the reporter and bars from checking', () => {
    const told = of(inHand, 'resolve');
    expect(told.to).toMatchObject({ stage: 'resolved', owner: 'area' });
    expect(told.clocks.map(({ clock, change }) => [clock, change])).toEqual([
      ['handling', 'stopped'],
      ['contact', 'stopped'],
      ['objectionWindow', 'stopped'],
    ]);
    expect(told.reporterReads?.zh).toBe('承办单位已办完，正在核查');
    expect(told.reporterSees.map(({ zh }) => zh)).toEqual(['办理结果']);
    expect(told.barred.map(({ zh }) => zh)).toEqual(expect.arrayContaining(['核查通过', '返工', '挂账']));
  });

  test('a limit that starts again is told as starting, with its new due time', () => {
    const resolved = standing(act('accept'), act('dispatch', { organizationId: 'given' }), act('acknowledge'), act('resolve'));
    const [handling] = of(resolved, 'rework').clocks;
    expect(handling).toMatchObject({ clock: 'handling', change: 'started', provisional: false });
    expect(handling!.dueAt! > around.now).toBe(true);
  });

  test('what the form decides is named by its question', () => {
    const accepted = standing(act('accept'));
    expect(of(accepted, 'dispatch').lead).toEqual({ byField: { zh: '主办单位', en: expect.any(String) } });
    expect(of(inHand, 'hold').clocks.map(({ clock, change, byField }) => [clock, change, byField?.zh])).toEqual([
      ['hold', 'started', '目标日期'],
      ['handling', 'paused', undefined],
      ['overall', 'paused', undefined],
    ]);
    expect(of(inHand, 'recall')).toMatchObject({ lead: 'none', to: { stage: 'accepted' } });
  });

  test('a refusal says how it can be contested', () => {
    expect(of(standing(), 'decline').appeal).toBeDefined();
    const objected = standing(act('accept'), act('dispatch', { organizationId: 'given' }), act('objectToDispatch'));
    for (const [id, action] of Object.entries(orderProcedure.actions))
      if (action.duty === 'refuse' && action.from.includes('objected'))
        expect([id, of(objected, id).appeal]).toEqual([id, expect.anything()]);
  });

  test('without a step there is nothing to tell the reporter', () => {
    expect(of(inHand, 'requestExtension')).toMatchObject({ clocks: [], reporterSees: [] });
    expect(of(inHand, 'requestExtension').reporterReads).toBeUndefined();
  });
});

describe('what a reporter is told comes next', () => {
  test('is where the office’s main action leads, as facts allow; nothing where it is the reporter’s turn or the end', () => {
    const next = (...steps: readonly Step[]) => nextTold(orderProcedure, standing(...steps))?.zh;
    expect([next(), next(act('accept')), nextTold(orderProcedure, inHand)?.zh]).toEqual([
      '已受理，正在安排承办单位',
      '已转给承办单位',
      '承办单位已办完，正在核查',
    ]);
    expect(next(act('withdraw'))).toBeUndefined();
    const verified = { ...inHand, stage: 'verified' };
    const reachable = (yes: boolean) => nextTold(orderProcedure, { ...verified, facts: { ...verified.facts, reporterReachable: yes } })?.zh;
    expect([reachable(true), reachable(false)]).toEqual(['已答复，请评价', '已办结，未留联系方式']);
  });
});
