import { describe, expect, test } from 'vitest';
import type { Actor, CaseState, HeldPost } from '../case/schema.ts';
import { orderProcedure } from '../order/procedure.ts';
import { postOver } from '../post/rules.ts';
import { around, decisions, replay } from '../soundness/build.ts';
import type { Step } from '../soundness/schema.ts';
import { emptyState, permit, permitPlacing, permitWork } from './rules.ts';
import type { Action } from './schema.ts';

const act = (action: string, input: Record<string, unknown> = {}): Step => ({ kind: 'act', action, input });
const inHand = replay(orderProcedure, [
  { kind: 'file', facts: { reporterReachable: true } },
  act('accept'),
  act('dispatch', { leadOrganizationId: 'given' }),
  act('acknowledge'),
]).at(-1)!;
const hold = (targetDate: string) => decisions(orderProcedure, inHand, 'hold', { targetDate })[0]?.decision.state;

describe('a long-term hold', () => {
  test('is refused with a target date that is over', () => {
    expect([hold('2026-05-31'), hold('2026-06-01')?.stage]).toEqual([undefined, 'held']);
  });
  test('stops both limits where they stand, and the target date is a limit of its own, told before and when it is missed', () => {
    const held = hold('2026-08-31')!;
    const { overall, handling, hold: target } = held.clocks;
    expect([overall?.status, handling?.status, target?.status, target?.dueAt]).toEqual([
      'paused',
      'paused',
      'running',
      '2026-08-31T15:59:59.999Z',
    ]);
    const released = decisions(orderProcedure, held, 'release', {})[0]!.decision.state;
    expect([released.clocks.overall?.status, released.clocks.handling?.status, released.clocks.hold?.status]).toEqual([
      'running',
      'running',
      'stopped',
    ]);
    expect(released.clocks.hold?.stoppedAt).toBe(around.now);
  });
});

describe('of several posts that may take an action', () => {
  const state: CaseState = {
    ...emptyState('case'),
    areaIds: ['city', 'town'],
    receivingOrganizationId: 'receiving',
    reporterIds: ['reporter'],
  };
  const post = (postId: string, areaId: string, organizationId: string, capabilities: readonly string[]): HeldPost => ({
    postId,
    areaId,
    organizationId,
    role: 'any',
    capabilities,
  });
  const posts = [
    post('receives', 'elsewhere', 'receiving', ['case.accept']),
    post('covers', 'city', 'nobody', ['case.accept']),
    post('sees', 'city', 'nobody', ['case.read']),
  ];
  const BY: Action['by'] = [
    { capability: 'case.accept', relation: 'receivingBody' },
    { relation: 'reporter' },
    { capability: 'case.accept', relation: 'area' },
  ];
  const taken = (postId?: string, personId = 'somebody', held = posts) => {
    const answer = permit(state, { ...orderProcedure.actions.accept!, by: BY }, { kind: 'person', personId, posts: held }, postId);
    return answer.ok ? (answer.post?.postId ?? answer.as) : answer.code;
  };

  test('none opens it where none may, whichever is chosen', () => {
    expect([taken('sees', 'somebody', [posts[2]!]), taken('unknown', 'somebody', [])]).toEqual(['notYours', 'notYours']);
  });
  test('the one chosen does, whatever line opens it; else the first, as where none is chosen', () => {
    expect([taken('covers'), taken('receives'), taken('sees'), taken('unknown'), taken()]).toEqual([
      'covers',
      'receives',
      'receives',
      'receives',
      'receives',
    ]);
  });
  test('the one chosen for all they do does as well, after the one named, and opens nothing', () => {
    const by = (chosenPostId: string, postId?: string, held = posts) => {
      const action = { ...orderProcedure.actions.accept!, by: BY };
      const answer = permit(state, action, { kind: 'person', personId: 'somebody', posts: held, chosenPostId }, postId);
      return answer.ok ? answer.post?.postId : answer.code;
    };
    expect([by('sees', undefined, [posts[2]!]), by('covers'), by('sees'), by('covers', 'receives')]).toEqual([
      'notYours',
      'covers',
      'receives',
      'receives',
    ]);
  });
  test('none takes from somebody what is theirs as a person', () => {
    expect([taken('covers', 'reporter', posts.slice(1)), taken(undefined, 'reporter', posts.slice(1))]).toEqual(['reporter', 'reporter']);
  });
});

describe('what is no action of the procedure', () => {
  const state: CaseState = {
    ...emptyState('case'),
    areaIds: ['city', 'town'],
    receivingOrganizationId: 'receiving',
    leadOrganizationId: 'lead',
    supportingOrganizationIds: ['supporting'],
    respondentOrganizationId: 'respondent',
  };
  const post = (areaId: string, organizationId: string, capabilities: readonly string[] = ['party.read']): HeldPost => ({
    postId: `${areaId} ${organizationId}`,
    areaId,
    organizationId,
    role: 'any',
    capabilities,
  });
  const permitted = (...posts: HeldPost[]) => {
    const answer = permitWork(state, { kind: 'person', personId: 'somebody', posts }, 'party.read');
    return answer.ok ? answer.post.postId : answer.code;
  };
  const elsewhere = post('elsewhere', 'nobody');

  test('is for posts whose area covers the case’s, and for the bodies that received, lead or support it', () => {
    expect(permitted(elsewhere)).toBe('notYours');
    for (const one of [
      post('town', 'nobody'),
      post('city', 'nobody'),
      ...['receiving', 'lead', 'supporting'].map((at) => post('elsewhere', at)),
    ])
      expect(permitted(elsewhere, one)).toBe(one.postId);
  });
  test('is by the first post that may: where a case is says whoever accepts it as well as whoever dispatches it', () => {
    const may = ['case.dispatch', 'case.accept', 'letter.accept'].map((one) => post('town', one, [one]));
    const by = (...posts: HeldPost[]) => {
      const answer = permitPlacing(state, { kind: 'person', personId: 'somebody', posts });
      return answer.ok ? answer.post.organizationId : answer.code;
    };
    expect([by(post('town', 'lead')), by(post('elsewhere', 'nobody', ['case.dispatch']))]).toEqual(['notYours', 'notYours']);
    expect([by(...may), by(post('town', 'lead'), ...may.toReversed())]).toEqual(['case.dispatch', 'letter.accept']);
  });
  test('is not opened by one post for another that only sees', () => {
    expect(permitted(elsewhere, post('town', 'lead', ['case.read']))).toBe('notYours');
  });
  test('is refused to the side complained of, whatever else it holds', () => {
    expect(permitted(post('town', 'lead'), post('elsewhere', 'respondent', []))).toBe('respondentMayNot');
  });
});

test('figures of an area are for posts of that area and of those above it', () => {
  const actor: Actor = {
    kind: 'person',
    posts: [{ postId: 'post', organizationId: 'body', areaId: 'town', role: 'any', capabilities: ['statistics.read'] }],
  };
  const mayRead = (...path: string[]) => postOver(actor, 'statistics.read', path) !== undefined;
  expect([mayRead('city', 'town'), mayRead('city', 'town', 'community'), mayRead('city'), mayRead('city', 'other')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
