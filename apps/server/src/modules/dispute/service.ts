import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { Actor, CaseState, HeldPost, NewEvent } from '@tongxin/domain/case/schema.ts';
import { mediateBy } from '@tongxin/domain/dispute/consent/rules.ts';
import { timingOf } from '@tongxin/domain/dispute/referral/rules.ts';
import { daysOfMonth, firstStep, monthTree } from '@tongxin/domain/dispute/rules.ts';
import type { DisputeCounts, DisputeKind, DisputeReceipt, DisputeRelease, DisputeRow, NewDispute } from '@tongxin/domain/dispute/schema.ts';
import { decide, type Surroundings } from '@tongxin/domain/procedure/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { type CountedArea, LEAST_PUBLISHED, release } from '@tongxin/domain/publish/rules.ts';
import { postOf } from '../../platform/access-plugin/demand.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid } from '../../platform/errors/problem.ts';
import { type Scope, type Tx, type Who, withScope } from '../../platform/tx/tx.ts';
import { partyIdOf, refused } from '../case/index.ts';
import { type ConsentRow, sendConsent } from './consent/repo.ts';
import { assertTold, type Opened, openDispute, openedBefore, withNewDispute } from './opening/service.ts';
import { presentCount, presentRelease, presentRow } from './present.ts';
import { sendReferral } from './referral/repo.ts';
import { referralRow } from './referral/service.ts';
import { countDisputes, findCountedAreas, findDisputes, findRelease, findReleases, insertRelease, type KnownArea } from './repo.ts';

const MOST_LISTED = 300;
const MOST_MONTHS = 120;

const postWith = ({ posts }: Actor, capability: string): HeldPost => posts.find(({ capabilities }) => capabilities.includes(capability))!;

/** The post by which a quarrel is written down: the one named, which must be theirs now and mediate (else 403), or their first that does. */
const recordingPost = (actor: Actor, postId: string | undefined): HeldPost => {
  if (postId === undefined) return postWith(actor, 'mediation.record');
  const named = postOf(actor, postId)!;
  if (!named.capabilities.includes('mediation.record')) throw forbidden('missingCapability', { capability: 'mediation.record' });
  return named;
};

const assertFit = (dispute: NewDispute): void => {
  assertTold(dispute);
  const { referral, origin } = dispute;
  if (referral && origin !== 'referred') throw invalid('fieldUnfit', { field: 'referral', why: 'notOffered' });
  for (const [field, day] of [
    ['mediatedOn', dispute.mediatedOn],
    ['performBy', dispute.performBy],
    ['receivedOn', referral?.receivedOn],
    ['dueOn', referral?.dueOn],
  ] as const)
    if (day !== undefined && !isDate(day)) throw invalid('fieldUnfit', { field, why: 'notDate' });
};

interface Registered {
  readonly receipt: DisputeReceipt;
  readonly repeated: boolean;
}

/**
 * Opens a confided case for a quarrel and takes its first step, in one transaction. The same id, writer and body give the same answer; anything
 * else under a known id is refused without revealing anything.
 */
export const registerDispute = async (deps: Deps, who: Who, dispute: NewDispute): Promise<Registered> => {
  assertFit(dispute);
  const { repeated, ...receipt } = await withNewDispute(deps, who, dispute.id, (scope) => registerInScope(deps, scope, dispute));
  return { receipt, repeated };
};

/** Where all sides are asked: who said yes on the spot, each on the record; when all did, a mediator may be chosen. */
const agreedAtOnce = (
  deps: Deps,
  procedure: Procedure,
  asked: CaseState,
  { id, outcome, parties, mediatedOn, referral }: NewDispute,
  actor: Actor,
  postId: string,
  around: Surroundings,
): { readonly state: CaseState; readonly events: readonly NewEvent[]; readonly consents: readonly ConsentRow[] } => {
  const yes = outcome === 'asks' ? parties.flatMap(({ agrees }, index) => (agrees ? [index] : [])) : [];
  let state = asked;
  const events: NewEvent[] = [];
  for (const index of yes) {
    const isLast = yes.length === parties.length && index === yes.at(-1);
    const input: Record<string, string> = isLast
      ? { until: mediateBy(timingOf(referral?.sender), { consentOn: mediatedOn, receivedOn: referral?.receivedOn }, deps.calendar()) }
      : {};
    const decided = decide(procedure, state, { action: isLast ? 'lastConsent' : 'consent', input, files: [], postId }, actor, around);
    if (!decided.ok) throw refused(decided);
    events.push(...decided.events);
    state = decided.state;
  }
  const consents = yes.map((index): ConsentRow => {
    const partyId = partyIdOf(id, index);
    return { consent_id: partyId, party_id: partyId, answer: 'agreed', how: 'oral', said_on: mediatedOn };
  });
  return { state, events, consents };
};

const registerInScope = async (deps: Deps, scope: Scope, { postId, ...dispute }: NewDispute): Promise<Opened> => {
  const asked = { body: dispute, quarrel: dispute, channel: 'window' };
  const before = await openedBefore(deps, scope, asked);
  if (before) return before;
  const post = recordingPost(scope.actor, postId);
  const now = deps.clock.now().toISOString();
  const first = firstStep(dispute, instantToLocalDate(now));
  if (!first.ok) throw invalid(first.code, first.field ? { field: first.field } : {});
  const { id, referral } = dispute;
  const consents: ConsentRow[] = [];
  return openDispute(deps, scope, {
    ...asked,
    actor: { kind: 'person', personId: scope.actor.personId!, postId: post.postId, organizationId: post.organizationId },
    organizationId: post.organizationId,
    steps: (procedure, opened, around) => {
      const stepped = decide(procedure, opened, { ...first.step, files: [], postId: post.postId }, scope.actor, around);
      if (!stepped.ok) throw refused(stepped);
      const agreed = agreedAtOnce(deps, procedure, stepped.state, dispute, scope.actor, post.postId, around);
      consents.push(...agreed.consents);
      return { state: agreed.state, events: [...stepped.events, ...agreed.events] };
    },
    along: (client) => [
      ...consents.map((row) => sendConsent(client, id, row, now)),
      ...(referral ? [sendReferral(client, referralRow(deps, id, referral))] : []),
    ],
  });
};

/** Disputes the caller has in hand, and those of a committee the caller heads. */
export const disputes = (deps: Deps, who: Who): Promise<DisputeRow[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const headed = actor.posts
      .filter(({ capabilities }) => capabilities.includes('case.confided'))
      .map(({ organizationId }) => organizationId);
    return (await findDisputes(tx, [actor.personId!, ...headed], MOST_LISTED)).map((row) => presentRow(deps, row, actor.personId));
  });

/** Exact figures of a month below the area the caller counts for. */
export const countsOf = (deps: Deps, who: Who, month: string): Promise<DisputeCounts> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const { from, to } = daysOfMonth(month);
    const rows = await countDisputes(tx, postWith(actor, 'mediation.count').areaId, from, to);
    const released = await findRelease(tx, from);
    return {
      month,
      counts: rows.map((row) => presentCount(deps, row)),
      ...(released ? { releasedAt: released.released_at.toISOString() } : {}),
    };
  });

/** Areas as the tree that figures are told of; undefined where there are none yet. */
export const countedAreas = async (tx: Tx): Promise<CountedArea | undefined> => {
  const areas = await findCountedAreas(tx);
  const root = areas.find(({ parent_id }) => parent_id === null);
  return root && treeOf(areas, root);
};

const treeOf = (areas: readonly KnownArea[], { area_id }: KnownArea): CountedArea => ({
  id: area_id,
  below: areas.filter(({ parent_id }) => parent_id === area_id).map((area) => treeOf(areas, area)),
});

/**
 * Releases a month that is over, once: asked again it answers what was released, also where more was written down since, for the difference would
 * tell. Only over the whole installation: a town's own release beside it would tell too.
 */
export const releaseMonth = (deps: Deps, who: Who, month: string): Promise<DisputeRelease> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const { from, to } = daysOfMonth(month);
    const now = deps.clock.now().toISOString();
    const root = await countedAreas(tx);
    if (!root || !actor.posts.some(({ capabilities, areaId }) => capabilities.includes('mediation.count') && areaId === root.id))
      throw forbidden('beyondYourArea');
    if (to > instantToLocalDate(now)) throw conflict('monthNotOver', { month });
    if (!(await findRelease(tx, from))) {
      const groups = (await countDisputes(tx, root.id, from, to)).map(({ path, kind, cases }) => ({
        path,
        kind: kind as DisputeKind,
        cases,
      }));
      await insertRelease(tx, from, LEAST_PUBLISHED, release(monthTree(root, groups)), now);
    }
    return presentRelease(deps, (await findRelease(tx, from))!);
  });

/** What was released, for everybody. */
export const releases = (deps: Deps, who: Who): Promise<DisputeRelease[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findReleases(tx, MOST_MONTHS)).map((row) => presentRelease(deps, row)));
