import { describe, expect, test } from 'vitest';
import type { Actor, CaseState, Decision } from '../case/schema.ts';
import { decide } from '../procedure/rules.ts';
import { actorFor, around, commandFor, opened } from '../soundness/build.ts';
import { letterProcedure } from './procedure.ts';

/** Who may look again at a letter that was answered: never those who accepted or answered it, nor their body. */
const decided = (state: CaseState, action: string, doer?: Actor, input: Readonly<Record<string, unknown>> = {}): Decision => {
  const definition = letterProcedure.actions[action]!;
  return decide(
    letterProcedure,
    state,
    commandFor(definition, action, input, state.leadOrganizationId),
    doer ?? actorFor(state, definition.by[0]!),
    around,
  );
};
const after = (state: CaseState, action: string, doer?: Actor, input?: Readonly<Record<string, unknown>>): CaseState => {
  const decision = decided(state, action, doer, input);
  if (!decision.ok) throw new Error(`${action} is refused: ${decision.code}`);
  return decision.state;
};
const refusal = (decision: Decision): string => (decision.ok ? 'allowed' : decision.code);

const referred = ['register', 'refer'].reduce(
  (state, action) => after(state, action),
  opened(letterProcedure, { reporterReachable: true }),
);
const acceptor = actorFor(referred, { capability: 'letter.accept', relation: 'leadBody' });
const accepted = after(referred, 'accept', acceptor);
const answerer = actorFor(accepted, { capability: 'letter.answer', relation: 'leadBody' });
const served = after(after(accepted, 'issueOpinion', answerer), 'recordService', answerer);
const asked = after(served, 'requestReview');
const REVIEW = { capability: 'letter.review', relation: 'leadBody' } as const;

describe('a review', () => {
  test('does not go back to the body whose opinion it is about', () => {
    expect(refusal(decided(asked, 'passToReview', undefined, { organizationId: asked.leadOrganizationId }))).toBe('sameBody');
    expect(after(asked, 'passToReview').leadOrganizationId).not.toBe(asked.leadOrganizationId);
  });
  test('is no matter for who accepted the letter nor for who answered it, in any of its steps', () => {
    const reviewing = after(asked, 'passToReview');
    const issued = after(reviewing, 'issueReview');
    const again = after(after(after(issued, 'recordReviewService'), 'requestReReview'), 'passToReReview');
    const hearing = after(again, 'beginHearing');
    const decidedAgain = after(again, 'issueReReview');
    for (const { personId } of [acceptor, answerer])
      for (const [state, action] of [
        [reviewing, 'issueReview'],
        [issued, 'recordReviewService'],
        [again, 'beginHearing'],
        [hearing, 'endHearing'],
        [again, 'issueReReview'],
        [decidedAgain, 'recordReReviewService'],
      ] as const)
        expect({ action, answer: refusal(decided(state, action, actorFor(state, REVIEW, personId))) }).toEqual({
          action,
          answer: 'sameHands',
        });
  });
  test('that was asked for again is no matter for who decided it the first time', () => {
    const reviewing = after(asked, 'passToReview');
    const reviewer = actorFor(reviewing, REVIEW);
    const once = after(after(reviewing, 'issueReview', reviewer), 'recordReviewService', reviewer);
    const again = after(after(once, 'requestReReview'), 'passToReReview');
    expect(refusal(decided(again, 'issueReReview', actorFor(again, REVIEW, reviewer.personId)))).toBe('sameHands');
  });
});
