import { readerKind } from '@tongxin/domain/case/rules.ts';
import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import type { CallDeed, CallResult, CallView, CaseCall } from '@tongxin/domain/hotline/schema.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import { permitWork } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { findCase, refused } from '../../case/index.ts';
import { numberPlace, presentCall, presentCaseCall } from '../present.ts';
import {
  type CallRow,
  closeCall,
  findCall,
  findCallsMark,
  findCallsOfCase,
  findOpenCalls,
  findPastCalls,
  insertCall,
  putDeed,
  takeCall,
} from './repo.ts';

const LATEST = 30;

/** The posts by which somebody answers a telephone. */
export const answeringPosts = (actor: Actor): HeldPost[] => actor.posts.filter(({ capabilities }) => capabilities.includes('call.answer'));

/** The post that answers for a body; of the first body when none is named. */
export const answeringPost = (actor: Actor, organizationId?: string): HeldPost => {
  const post = answeringPosts(actor).find((held) => organizationId === undefined || held.organizationId === organizationId);
  if (!post) throw forbidden('missingCapability', { capability: 'call.answer' });
  return post;
};

const bodiesOf = (actor: Actor): string[] => [...new Set(answeringPosts(actor).map(({ organizationId }) => organizationId))];

/** What rings and what is in hand, and the latest that is over. */
export const calls = (deps: Deps, who: Who): Promise<{ open: CallView[]; past: CallView[] }> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const bodies = bodiesOf(actor);
    const open = await findOpenCalls(tx, bodies);
    const past = await findPastCalls(tx, bodies, LATEST);
    return { open: open.map((row) => presentCall(deps, actor, row)), past: past.map((row) => presentCall(deps, actor, row)) };
  });

/** A mark of what rings and is in hand at the bodies for which somebody answers; empty for who answers no telephone. */
export const callsMark = async ({ tx, actor }: Scope): Promise<string> => {
  const bodies = bodiesOf(actor);
  return bodies.length ? findCallsMark(tx, bodies) : '';
};

/** The call, if the caller has it on the line and has not put it away; locked. Throws 404, 409 `callOver` or `callTaken`. */
export const ownCall = async ({ tx, actor }: Scope, id: string): Promise<CallRow> => {
  const row = await findCall(tx, id, true);
  if (!row) throw notFound();
  if (row.closed_at) throw conflict('callOver');
  if (row.person_id !== actor.personId) throw conflict('callTaken');
  return row;
};

/** A call typed by hand, in the hands of whoever types it. The same id again is the same call. */
export const logCall = (deps: Deps, who: Who, asked: { readonly id: string; readonly number?: string }): Promise<CallView> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const number = asked.number?.trim();
    if (number && !canBeDialled(number)) throw invalid('badPhone');
    const post = answeringPost(actor);
    const now = deps.clock.now().toISOString();
    await insertCall(tx, {
      id: asked.id,
      organizationId: post.organizationId,
      direction: 'in',
      ...(number
        ? { phone: { sealed: deps.crypto.seal(number, numberPlace(asked.id)), index: deps.crypto.blindIndex('phone', number) } }
        : {}),
      beganAt: now,
      answeredAt: now,
      postId: post.postId,
      personId: actor.personId!,
    });
    const row = await findCall(tx, asked.id);
    if (!row || row.post_id !== post.postId || (row.closed_at === null && row.person_id !== actor.personId)) throw conflict('idTaken');
    return presentCall(deps, actor, row);
  });

/** Takes a ringing call. Whoever has it already has it still; a colleague is told that it is taken. */
export const take = (deps: Deps, who: Who, id: string): Promise<CallView> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const row = await findCall(tx, id, true);
    if (!row) throw notFound();
    if (row.closed_at) throw conflict('callOver');
    if (row.person_id && row.person_id !== actor.personId) throw conflict('callTaken');
    if (!row.person_id)
      await takeCall(tx, id, actor.personId!, answeringPost(actor, row.organization_id).postId, deps.clock.now().toISOString());
    return presentCall(deps, actor, (await findCall(tx, id))!);
  });

/** Puts a call away with how it ended; its number goes. Saying the same twice says it once. */
export const putAway = (
  deps: Deps,
  who: Who,
  id: string,
  said: { readonly result: CallResult; readonly passedTo?: string },
): Promise<CallView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { tx, actor } = scope;
    const before = await findCall(tx, id);
    if (before?.closed_at && before.result === said.result) return presentCall(deps, actor, before);
    await ownCall(scope, id);
    if (said.passedTo !== undefined && said.passedTo.trim() === '') throw invalid('fieldMissing', { field: 'passedTo' });
    await closeCall(tx, id, {
      result: said.result,
      ...(said.passedTo ? { passedTo: said.passedTo.trim() } : {}),
      now: deps.clock.now().toISOString(),
    });
    return presentCall(deps, actor, (await findCall(tx, id))!);
  });

/** Binds a call to a case it did something to: one its caller works on, filed during the call or found before. */
export const bindCase = (deps: Deps, who: Who, id: string, caseId: string, deed: CallDeed): Promise<{ id: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    await ownCall(scope, id);
    const row = await findCase(scope.tx, caseId);
    if (!row) throw notFound();
    const permitted = permitWork(row.state, scope.actor, 'case.read');
    if (!permitted.ok) throw refused(permitted);
    await putDeed(scope.tx, id, caseId, deed);
    return { id };
  });

/** The telephone log of a case, for whoever works on it. */
export const callsOfCase = (deps: Deps, who: Who, caseId: string): Promise<CaseCall[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const row = await findCase(tx, caseId);
    if (!row || readerKind(row.state, actor) !== 'staff') throw notFound();
    return (await findCallsOfCase(tx, caseId)).map((one) => presentCaseCall(deps, actor, one));
  });
