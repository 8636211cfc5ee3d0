import { describe, expect, test } from 'vitest';
import type { Actor, CaseState, Decision } from '../case/schema.ts';
import { decide } from '../procedure/rules.ts';
import type { FactValue } from '../procedure/schema.ts';
import { actorFor, around, commandFor, opened } from '../soundness/build.ts';
import { orderProcedure } from './procedure.ts';

/** What happens on the ways of an order that leave the shortest one. Times do not pass here: which clock runs is what is asked. */
const filed = (facts: Readonly<Record<string, FactValue>> = {}): CaseState =>
  opened(orderProcedure, { reporterReachable: true, callBackWanted: true, ...facts });

type Doer = Actor | undefined;
const decided = (state: CaseState, action: string, input: Readonly<Record<string, unknown>> = {}, doer?: Doer): Decision => {
  const definition = orderProcedure.actions[action]!;
  return decide(
    orderProcedure,
    state,
    commandFor(definition, action, input, state.leadOrganizationId),
    doer ?? actorFor(state, definition.by[0]!),
    around,
  );
};
const after = (state: CaseState, action: string, input: Readonly<Record<string, unknown>> = {}, doer?: Doer): CaseState => {
  const decision = decided(state, action, input, doer);
  if (!decision.ok) throw new Error(`${action} is refused: ${decision.code}`);
  return decision.state;
};
const through = (state: CaseState, ...actions: readonly string[]): CaseState => actions.reduce((one, action) => after(one, action), state);
const refusal = (decision: Decision): string => (decision.ok ? 'allowed' : decision.code);
const running = (state: CaseState): string[] =>
  Object.values(state.clocks)
    .filter((clock) => clock.status === 'running')
    .map((clock) => clock.clock)
    .sort();

const dispatched = () => through(filed(), 'accept', 'dispatch');
const inHand = () => through(dispatched(), 'acknowledge');
const answered = (facts?: Readonly<Record<string, FactValue>>) =>
  through(filed(facts), 'accept', 'dispatch', 'acknowledge', 'resolve', 'verifyPass', 'answer');

describe('a body that objects to what it was sent', () => {
  test('stops its own limit, never the resident’s', () => {
    const objected = after(dispatched(), 'objectToDispatch');
    expect([objected.stage, running(objected)]).toEqual(['objected', ['objectionReview', 'overall']]);
  });
  test('and is upheld is free of it: the centre sends it elsewhere, under a new limit', () => {
    const back = through(dispatched(), 'objectToDispatch', 'approveObjection');
    expect([back.stage, back.leadOrganizationId, back.handlerId, running(back)]).toEqual(['accepted', undefined, undefined, ['overall']]);
    expect(running(after(back, 'dispatch'))).toEqual(['contact', 'handling', 'objectionWindow', 'overall']);
  });
  test('and is refused handles it: designated, with a handling limit from now and no second objection', () => {
    const designated = through(dispatched(), 'objectToDispatch', 'designate');
    expect([designated.stage, running(designated)]).toEqual(['dispatched', ['contact', 'handling', 'overall']]);
    expect(designated.clocks.handling!.startedAt).toBe(around.now);
    expect(refusal(decided(designated, 'objectToDispatch'))).toBe('conditionNotMet');
  });
  test('may not when its window has ended, nor once it says that the work is done', () => {
    const late = after(dispatched(), 'lapseObjection', {}, { kind: 'system', posts: [] });
    expect(refusal(decided(late, 'objectToDispatch'))).toBe('conditionNotMet');
    expect(refusal(decided(after(inHand(), 'resolve'), 'objectToDispatch'))).toBe('wrongStage');
  });
  test('is not judged by whoever took it in hand', () => {
    const handler = actorFor(dispatched(), { capability: 'case.handle', relation: 'leadBody' });
    const objected = after(after(dispatched(), 'acknowledge', {}, handler), 'objectToDispatch', {}, handler);
    const judge = actorFor(objected, { capability: 'case.review', relation: 'receivingBody' }, handler.personId);
    expect(refusal(decided(objected, 'designate', {}, judge))).toBe('sameHands');
  });
});

describe('an extension', () => {
  test('is asked by the body and granted by somebody else, on both limits, for as long as was granted', () => {
    const before = inHand();
    const granted = after(after(before, 'requestExtension'), 'approveExtension', { granted: { amount: 3, unit: 'day' } });
    for (const clock of ['handling', 'overall'] as const)
      expect(Date.parse(granted.clocks[clock]!.dueAt!)).toBeGreaterThan(Date.parse(before.clocks[clock]!.dueAt!));
    expect(refusal(decided(granted, 'approveExtension'))).toBe('conditionNotMet');
  });
  test('that is refused moves nothing and may be asked for again', () => {
    const before = inHand();
    const refused = through(before, 'requestExtension', 'refuseExtension');
    expect(refused.clocks.handling!.dueAt).toBe(before.clocks.handling!.dueAt);
    expect(refusal(decided(refused, 'requestExtension'))).toBe('allowed');
  });
  test('is asked for once at a time', () => {
    expect(refusal(decided(after(inHand(), 'requestExtension'), 'requestExtension'))).toBe('conditionNotMet');
  });
});

describe('after the answer', () => {
  test('nobody closes before the reporter was called three times, or has said something', () => {
    let state = answered();
    for (const _ of ['first', 'second', 'third']) {
      expect(refusal(decided(state, 'close'))).toBe('conditionNotMet');
      state = after(state, 'callBackUnanswered');
    }
    expect(after(state, 'close').stage).toBe('closed');
    expect(refusal(decided(state, 'callBackUnanswered'))).toBe('conditionNotMet');
  });
  test('a reporter who wants no call is not called, and one who refuses the call is not called again', () => {
    expect(after(answered({ callBackWanted: false }), 'close').stage).toBe('closed');
    expect(through(answered(), 'callBackRefused', 'close').stage).toBe('closed');
  });
  test('who is dissatisfied is not closed away: the matter is explained, or taken up again with a new overall limit', () => {
    const unhappy = after(answered(), 'rate', { satisfaction: 'dissatisfied' });
    expect(refusal(decided(unhappy, 'close'))).toBe('conditionNotMet');
    const again = after(unhappy, 'reopen');
    expect([again.stage, again.facts.answered, again.facts.satisfaction, running(again)]).toEqual([
      'accepted',
      false,
      'unknown',
      ['overall'],
    ]);
    expect(through(unhappy, 'explain', 'close').stage).toBe('closed');
  });
  test('the reporter may ask for it to be taken up again while the window runs, once for each answer', () => {
    const closed = after(after(answered(), 'rate', { satisfaction: 'satisfied' }), 'close');
    expect(running(closed)).toEqual(['reopenWindow']);
    expect(after(closed, 'askToReopen').stage).toBe('accepted');
    const lapsed = after(closed, 'lapseReopening', {}, { kind: 'system', posts: [] });
    expect([refusal(decided(lapsed, 'askToReopen')), running(lapsed)]).toEqual(['conditionNotMet', []]);
  });
  test('work found unfinished goes back to the same body under a new handling limit', () => {
    const again = through(inHand(), 'resolve', 'rework');
    expect([again.stage, running(again)]).toEqual(['handling', ['handling', 'overall']]);
  });
});

describe('before anything is dispatched', () => {
  test('a report that is declined stops every clock and can be appealed; who declined does not decide the appeal', () => {
    const centre = actorFor(filed(), { capability: 'case.accept', relation: 'receivingBody' });
    const declined = after(filed(), 'decline', {}, centre);
    expect([declined.stage, running(declined)]).toEqual(['declined', []]);
    const asked = after(declined, 'appealDecline');
    expect(running(asked)).toEqual(['acceptance']);
    const same = actorFor(asked, { capability: 'case.review', relation: 'receivingBody' }, centre.personId);
    for (const action of ['overturnDecline', 'upholdDecline']) expect(refusal(decided(asked, action, {}, same))).toBe('sameHands');
    expect([after(asked, 'overturnDecline').stage, running(after(asked, 'overturnDecline'))]).toEqual(['accepted', ['overall']]);
    expect(refusal(decided(after(asked, 'upholdDecline'), 'appealDecline'))).toBe('allowed');
  });
  test('a question is answered at once, and its reporter may come back to it', () => {
    const closed = after(filed(), 'answerDirectly');
    expect([closed.stage, closed.facts.answered, running(closed)]).toEqual(['closed', true, ['reopenWindow']]);
    expect(refusal(decided(closed, 'askToReopen'))).toBe('allowed');
  });
  test('what a worker saw on patrol is kept on record or settled on the spot; what a resident reported is neither', () => {
    for (const [action, stage] of [
      ['fileForRecord', 'filed'],
      ['settleOnSpot', 'settled'],
    ] as const) {
      const done = after(filed({ channel: 'patrol' }), action);
      expect([done.stage, running(done)]).toEqual([stage, []]);
      expect(refusal(decided(filed({ channel: 'other' }), action))).toBe('conditionNotMet');
    }
  });
});

describe('one matter reported twice', () => {
  test('is merged with nothing left to ring, and goes on by itself when the merger is undone', () => {
    const merged = after(dispatched(), 'merge');
    expect([merged.stage, merged.mainCaseId !== undefined, running(merged)]).toEqual(['merged', true, []]);
    const again = after(merged, 'unmerge');
    expect([again.stage, again.mainCaseId, again.leadOrganizationId, running(again)]).toEqual([
      'accepted',
      undefined,
      undefined,
      ['overall'],
    ]);
  });
});

describe('a case that is recalled', () => {
  test('leaves the body’s queue and its limits, and the resident’s limit runs on', () => {
    const recalled = after(inHand(), 'recall');
    expect([recalled.stage, recalled.leadOrganizationId, recalled.handlerId, running(recalled)]).toEqual([
      'accepted',
      undefined,
      undefined,
      ['overall'],
    ]);
  });
});
