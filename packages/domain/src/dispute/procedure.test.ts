import { describe, expect, it } from 'vitest';
import type { Actor, CaseState, Decision } from '../case/schema.ts';
import { light } from '../clock/rules.ts';
import { allowedActions, decide, stageShown } from '../procedure/rules.ts';
import type { Action, Procedure } from '../procedure/schema.ts';
import { actorFor, around, commandFor, opened } from '../soundness/build.ts';
import { checkProcedure } from '../soundness/rules.ts';
import { mediationProcedure } from './procedure.ts';

const decided = (state: CaseState, action: string, input: Readonly<Record<string, unknown>> = {}, doer?: Actor): Decision => {
  const definition = mediationProcedure.actions[action]!;
  return decide(mediationProcedure, state, commandFor(definition, action, input), doer ?? actorFor(state, definition.by[0]!), around);
};
const after = (state: CaseState, action: string, input?: Readonly<Record<string, unknown>>): CaseState => {
  const decision = decided(state, action, input);
  if (!decision.ok) throw new Error(`${action} is refused: ${decision.code}`);
  return decision.state;
};
const registered = opened(mediationProcedure, { reporterReachable: true });

describe('the procedure of a dispute', () => {
  it('is sound', () => expect(checkProcedure(mediationProcedure)).toMatchObject({ ok: true, findings: [] }));

  const weakened = (id: string, change: Partial<Action>): Procedure => ({
    ...mediationProcedure,
    actions: { ...mediationProcedure.actions, [id]: { ...mediationProcedure.actions[id]!, ...change } },
  });
  it.each([
    ['a promise whose limit nobody stops', weakened('confirmPerformed', { clocks: {} }), 'clockRunsAtEnd'],
    ['an end without a word to the parties', weakened('endUnsettled', { told: undefined }), 'endUntold'],
    ['somebody else who leaves for a party', weakened('leave', { partyAct: 'reply' }), 'withdrawnByOthers'],
    ['a settlement nobody was told of', weakened('settleAtOnce', { set: {} }), 'endUnanswered'],
    ['a court that is never asked', weakened('applyForConfirmation', { to: 'effective' }), 'stageUnreachable'],
    ['the other side that decides', weakened('recordBreach', { by: [{ relation: 'respondent' }] }), 'respondentDecides'],
  ])('is refused with %s', (_, procedure, code) => {
    const { ok, findings } = checkProcedure(procedure);
    expect([ok, findings.map((one) => one.code).includes(code)]).toEqual([false, true]);
  });

  it('is worked by whoever mediates for the committee, and by no post of its area', () => {
    const mediator = actorFor(registered, { capability: 'mediation.record', relation: 'receivingBody' });
    expect(allowedActions(mediationProcedure, registered, mediator)).toEqual([
      'askConsent',
      'settleAtOnce',
      'settleByDay',
      'stopForSafety',
      'reportChild',
      'beginMediation',
      'endUnsettled',
      'recordLeaving',
    ]);
    const leader = actorFor(registered, { capability: 'mediation.record', relation: 'area' });
    expect(allowedActions(mediationProcedure, registered, leader)).toEqual([]);
  });

  it('records no breach where everything was performed, no day was ever owed, or the court is deciding', () => {
    for (const [stage, performance, code] of [
      ['effective', 'done', 'conditionNotMet'],
      ['effective', 'open', undefined],
      // The court's ruling is waited for: it would not be recorded any more.
      ['confirming', 'open', 'wrongStage'],
    ] as const) {
      const decision = decided({ ...registered, stage, facts: { ...registered.facts, performance } }, 'recordBreach');
      expect([stage, performance, decision.ok ? undefined : decision.code]).toEqual([stage, performance, code]);
    }
  });

  it('lets a party leave as long as nothing is agreed, and keeps a promise from being left (第二十三条、第三十一条)', () => {
    const mediating = after(registered, 'beginMediation');
    expect(after(mediating, 'leave').stage).toBe('withdrawn');
    const promised = after(mediating, 'settleByDay', { performBy: '2026-06-20' });
    expect(decided(promised, 'leave')).toMatchObject({ ok: false, code: 'wrongStage' });
  });

  it('tells sides one thing of every end by whoever mediates, that of danger too (反家庭暴力法 第十四条、未成年人保护法 第十一条)', () => {
    const { actions, stages } = mediationProcedure;
    const told = (id: string) => {
      const { told: said, form = [] } = actions[id]!;
      return [said, form.filter(({ seenBy }) => seenBy).map(({ id: field, label }) => [field, label])];
    };
    expect(told('endUnsettled')[1]).toHaveLength(1);
    for (const id of ['recordLeaving', 'stopForSafety', 'reportChild']) expect(told(id)).toEqual(told('endUnsettled'));
    expect(stageShown(mediationProcedure, after(registered, 'stopForSafety').stage)).toBe('unsettled');
    // Nor may an end be shown as what it is not.
    const shown = (shownAs: string) => ({ ...mediationProcedure, stages: { ...stages, stopped: { ...stages.stopped!, shownAs } } });
    for (const other of ['settled', 'mediating', 'nowhere'])
      expect(checkProcedure(shown(other)).findings).toEqual([expect.objectContaining({ code: 'shownAsOther', where: 'stopped' })]);
    // A child that may be harmed is reported, and it is written down to whom and what.
    expect(actions.reportChild!.form!.filter(({ required }) => required).map(({ id }) => id)).toEqual(['reportedTo', 'reported', 'ways']);
  });

  it('agrees, writes down and puts in force nothing while somebody is in danger (反家庭暴力法 第十四条), and may stop and be left', () => {
    const danger = after(registered, 'noteDanger');
    for (const [state, action] of [
      [danger, 'settleAtOnce'],
      [danger, 'settleByDay'],
      [{ ...danger, stage: 'mediating' }, 'putInWriting'],
      [{ ...danger, stage: 'drafted' }, 'takeEffect'],
      [{ ...danger, stage: 'drafted' }, 'takeEffectLasting'],
    ] as const)
      expect([action, decided(state, action, { performBy: '2026-06-20' })]).toMatchObject([action, { code: 'conditionNotMet' }]);
    expect([after(danger, 'stopForSafety').stage, after(danger, 'leave').stage]).toEqual(['stopped', 'withdrawn']);
    expect(after(after(danger, 'liftDanger'), 'settleAtOnce').stage).toBe('settled');
    expect(mediationProcedure.actions.noteDanger!.told).toBeUndefined();
  });

  it('is in the hands of whoever took the last step that says so', () => {
    const mediator = actorFor(registered, mediationProcedure.actions.beginMediation!.by[0]!);
    const decision = decided(registered, 'beginMediation', {}, mediator);
    expect(decision.ok && decision.state.handlerId).toBe(mediator.personId);
  });
});

describe('limits', () => {
  /** 人民调解法 第三十一条: the committee watches over the performance that was agreed; the day is the parties' own (民法典 第二百零三条: it ends at 24:00). */
  it.each([
    ['2026-06-01', '2026-06-01T15:59:59.999Z'],
    ['2026-06-20', '2026-06-20T15:59:59.999Z'],
    ['2026-10-01', '2026-10-01T15:59:59.999Z'],
  ])('a promise for %s is due by the end of that day in China, holiday or not', (performBy, dueAt) => {
    const { performance } = after(registered, 'settleByDay', { performBy }).clocks;
    expect(performance).toMatchObject({ status: 'running', dueAt, provisional: false });
    const definition = mediationProcedure.clocks.performance!;
    expect(definition.source).toContain('第三十一条');
    expect(light(definition, performance!, new Date(Date.parse(dueAt) + 1).toISOString())).toBe('red');
  });
  /** 人民调解法 第三十三条: thirty days from the day it is in force; told on the twentieth and the twenty-fifth day. */
  it('leave thirty days for asking the court, and tell when ten and five are left', () => {
    const drafted: CaseState = { ...registered, stage: 'drafted' };
    const { confirmation } = after(drafted, 'takeEffect', { effectiveOn: '2026-05-20', performBy: '2026-08-01' }).clocks;
    expect(confirmation).toMatchObject({ status: 'running', dueAt: '2026-06-19T15:59:59.999Z' });
    const definition = mediationProcedure.clocks.confirmation!;
    expect(definition.source).toContain('第三十三条');
    expect(definition.ladder.slice(0, 2).map(({ offset }) => 30 - offset!.amount)).toEqual([20, 25]);
    expect(definition.ladder.at(-1)).toMatchObject({ when: 'at', action: 'letConfirmationLapse' });
  });
  it('a promise for a day that is over is none', () =>
    expect(decided(registered, 'settleByDay', { performBy: '2026-05-31' })).toMatchObject({ ok: false, code: 'dateInPast' }));
  it('stop when it was performed, and when it was not', () => {
    const promised = after(registered, 'settleByDay', { performBy: '2026-06-20' });
    expect(after(promised, 'confirmPerformed').clocks.performance?.status).toBe('stopped');
    expect(after(promised, 'recordBreach').clocks.performance?.status).toBe('stopped');
  });
});
