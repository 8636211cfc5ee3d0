import { describe, expect, it } from 'vitest';
import { instantToLocalDate } from '../calendar/rules.ts';
import type { Actor, CaseState, Decision } from '../case/schema.ts';
import { CALENDARS } from '../clock/limit/table.ts';
import { dueRungs, light } from '../clock/rules.ts';
import type { ClockState } from '../clock/schema.ts';
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
  const DAY = (instant: string | undefined): string | undefined => instant && instantToLocalDate(instant);
  /** The clock as an action at a time in China leaves it. */
  const started = (stage: string, action: string, input: object, now: string, clock: string): ClockState => {
    const definition = mediationProcedure.actions[action]!;
    const state = { ...registered, stage };
    const doer = actorFor(state, definition.by[0]!);
    const command = commandFor(definition, action, input as Record<string, unknown>);
    const decision = decide(mediationProcedure, state, command, doer, { ...around, now, calendar: CALENDARS.to2026 });
    if (!decision.ok) throw new Error(`${action} is refused: ${decision.code}`);
    return decision.state.clocks[clock]!;
  };
  /** Each rung of a clock's ladder with the day in China on which it is told. */
  const rungsOf = (state: ClockState): [string, string | undefined][] =>
    dueRungs(mediationProcedure.clocks[state.clock]!, state, '2027-12-31T00:00:00.000Z', CALENDARS.to2026).map(({ rung, at }) => [
      rung.id,
      DAY(at),
    ]);
  /** 人民调解法 第三十三条、民事诉讼法 第二百零五条: thirty days from the day it is in force; the twentieth and the twenty-fifth stay, whatever becomes of the last. */
  it.each([
    ['2026-05-20', '2026-06-09', '2026-06-14', '2026-06-22'],
    // The thirtieth day is the 4th of October: a holiday until the 7th.
    ['2026-09-04', '2026-09-24', '2026-09-29', '2026-10-08'],
    ['2026-03-02', '2026-03-22', '2026-03-27', '2026-04-01'],
  ])('in force on %s: sides are told on %s and %s that they may ask the court until %s, and when that is over', (effectiveOn, ...days) => {
    const clock = started('drafted', 'takeEffectLasting', { effectiveOn }, `${effectiveOn}T04:00:00.000Z`, 'confirmation');
    expect(rungsOf(clock)).toEqual([
      ['confirmationDay20', days[0]],
      ['confirmationDay25', days[1]],
      ['confirmationOver', days[2]],
    ]);
    const { ladder, source } = mediationProcedure.clocks.confirmation!;
    expect(source).toBe('人民调解法 (2010) 第三十三条；民事诉讼法 (2023) 第二百零五条');
    expect(ladder.every(({ tell }) => tell.includes('reporter'))).toBe(true);
    expect(ladder.at(-1)).toMatchObject({ when: 'at', action: 'letConfirmationLapse' });
  });
  it.each([
    // 在线调解规则 第十条、第十二条: two working days to choose together, three to name somebody, three for the committee to say that it takes it.
    ['choosing', 'registered', 'lastConsent', { until: '2026-12-31' }, '2026-09-29T02:00:00.000Z', '2026-10-08', '第十条'],
    ['choosing', 'mediating', 'stepAside', { why: 'conflict' }, '2026-06-05T02:00:00.000Z', '2026-06-09', '第十条'],
    ['designating', 'choosing', 'letChoosingLapse', {}, '2026-06-05T15:59:59.999Z', '2026-06-10', '第十二条'],
    // 法释〔2011〕5号 第四条、第五条: days as they come, from the day after; the last one not on a holiday (民法典 第二百零三条).
    [
      'courtAccepting',
      'effective',
      'applyForConfirmation',
      { appliedOn: '2026-06-01' },
      '2026-06-02T02:00:00.000Z',
      '2026-06-04',
      '第四条',
    ],
    [
      'courtAccepting',
      'effective',
      'applyForConfirmation',
      { appliedOn: '2026-09-30' },
      '2026-09-30T02:00:00.000Z',
      '2026-10-08',
      '第四条',
    ],
  ] as const)('%s of a case %s runs from %s, %j at %s until %s (%s)', (clock, stage, action, input, now, due, article) => {
    expect(DAY(started(stage, action, input, now, clock).dueAt)).toBe(due);
    expect(mediationProcedure.clocks[clock]!.source).toContain(article);
  });
  it('a case is taken up within three working days (在线调解规则 第十二条), whatever takes it up', () => {
    expect(registered.clocks.accepting).toMatchObject({ status: 'running', limit: { amount: 3, unit: 'workingDay' } });
    for (const action of ['askConsent', 'beginMediation', 'endUnsettled', 'leave', 'settleAtOnce', 'lastConsent'])
      expect([action, after(registered, action, { until: '2026-12-31' }).clocks.accepting!.status]).toEqual([action, 'stopped']);
  });
  it('a court that took it rules within fifteen days, ten more once (法释〔2011〕5号 第五条), and its ruling ends the wait', () => {
    const asked = after({ ...registered, stage: 'effective' }, 'applyForConfirmation', { appliedOn: '2026-05-30' });
    const taken = after(asked, 'recordAcceptance', { acceptedOn: '2026-06-01' });
    expect([taken.clocks.courtAccepting!.status, DAY(taken.clocks.courtRuling!.dueAt)]).toEqual(['stopped', '2026-06-16']);
    const longer = after(taken, 'recordProlonging');
    expect(DAY(longer.clocks.courtRuling!.dueAt)).toBe('2026-06-26');
    expect(decided(longer, 'recordProlonging')).toMatchObject({ ok: false, code: 'conditionNotMet' });
    expect(mediationProcedure.clocks.courtRuling!.source).toBe('法释〔2011〕5号 第五条');
    for (const waiting of [asked, taken, longer]) {
      const { courtAccepting, courtRuling } = after(waiting, 'recordConfirmation', { ruling: 'confirmed' }).clocks;
      expect([courtAccepting?.status, courtRuling?.status ?? 'stopped']).toEqual(['stopped', 'stopped']);
    }
  });
  it('sides hear when the time to mediate is near its end and over, too', () =>
    expect(mediationProcedure.clocks.mediation!.ladder.map(({ tell }) => tell.includes('reporter'))).toEqual([true, true]));
  it('a promise for a day that is over is none', () =>
    expect(decided(registered, 'settleByDay', { performBy: '2026-05-31' })).toMatchObject({ ok: false, code: 'dateInPast' }));
  it('stop when it was performed, and when it was not', () => {
    const promised = after(registered, 'settleByDay', { performBy: '2026-06-20' });
    expect(after(promised, 'confirmPerformed').clocks.performance?.status).toBe('stopped');
    expect(after(promised, 'recordBreach').clocks.performance?.status).toBe('stopped');
  });
});
