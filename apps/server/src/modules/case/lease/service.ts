import { createHash } from 'node:crypto';
import type { CaseState, NewEvent } from '@tongxin/domain/case/schema.ts';
import { LEASE_MS, type LeaseView } from '@tongxin/domain/lease/schema.ts';
import { evolve, permitWork } from '@tongxin/domain/procedure/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { refused } from '../errors.ts';
import { findCase } from '../repo.ts';
import { appendAndCommit, withLocked } from '../service.ts';
import { heldBy, isHeld, presentLease } from './present.ts';
import { dropLease, findLease, findLeases, type LeaseRow, sweepLeases, takeLease } from './repo.ts';

/** How long an empty lease stays, for screens that were away. */
const SWEPT_AFTER_MS = 600_000;

/** Everything that is in somebody's hands now, of the cases the caller sees. */
export const listLeases = (deps: Deps, who: Who): Promise<LeaseView[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) =>
    (await findLeases(tx, deps.clock.now().toISOString())).map((row) => presentLease(deps, row, actor)),
  );

/** Only a post that has the case before it takes it in hand; never the side complained of. */
const postFor = (scope: Scope, state: CaseState) => {
  const permitted = permitWork(state, scope.actor, 'case.read');
  if (!permitted.ok) throw refused(permitted);
  return permitted.post;
};

const take = async (deps: Deps, scope: Scope, caseId: string, state: CaseState, over: boolean): Promise<LeaseRow | undefined> => {
  const now = deps.clock.now();
  const post = postFor(scope, state);
  await sweepLeases(scope.tx, new Date(now.getTime() - SWEPT_AFTER_MS).toISOString());
  return takeLease(
    scope.tx,
    {
      caseId,
      personId: scope.actor.personId!,
      post,
      now: now.toISOString(),
      until: new Date(now.getTime() + LEASE_MS).toISOString(),
    },
    over,
  );
};

/** Takes a case in hand, or keeps it: said again before it runs out. Whose it is already, is told who has it (`caseHeld`). */
export const claimCase = (deps: Deps, who: Who, caseId: string): Promise<LeaseView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await findCase(scope.tx, caseId);
    if (!row) throw notFound();
    const taken = await take(deps, scope, caseId, row.state, false);
    if (taken) return presentLease(deps, taken, scope.actor);
    throw heldBy(deps, scope.actor, (await findLease(scope.tx, caseId))!, scope.language);
  });

/** Takes a case over from whoever has it in hand: said on the record, so that it is not done behind anybody's back. */
export const takeOver = (deps: Deps, who: Who, caseId: string, commandId: string): Promise<LeaseView> =>
  withLocked(deps, who, caseId, commandId, async (scope, row, prior) => {
    const digest = createHash('sha256')
      .update(canonical({ takeOver: true }))
      .digest();
    if (prior && !prior.command_digest.equals(digest)) throw conflict('commandReused');
    const post = postFor(scope, row.state);
    const before = await findLease(scope.tx, caseId);
    const others = isHeld(before, deps.clock.now()) && before.person_id !== scope.actor.personId;
    // Sent again after it was done, it takes nothing back from whoever took over since.
    const taken = await take(deps, scope, caseId, row.state, !prior);
    if (!taken) throw heldBy(deps, scope.actor, before!, scope.language);
    if (others && !prior) {
      const event: NewEvent = {
        type: 'case.takenOver',
        occurredAt: deps.clock.now().toISOString(),
        actor: { kind: scope.actor.kind, personId: scope.actor.personId, postId: post.postId, organizationId: post.organizationId },
        header: { codes: { fromPersonId: before.person_id, fromPostId: before.post_id, fromOrganizationId: before.organization_id } },
      };
      await appendAndCommit(deps, scope, row, [event], evolve(row.state, event), { id: commandId, digest });
    }
    return presentLease(deps, taken, scope.actor);
  });

/** Lets a case go. What is in another's hands stays there. */
export const releaseCase = (deps: Deps, who: Who, caseId: string): Promise<void> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    // One's own is seen also when the case went to others meanwhile.
    if (!(await findLease(tx, caseId)) && !(await findCase(tx, caseId))) throw notFound();
    await dropLease(tx, caseId, actor.personId!, deps.clock.now().toISOString());
  });
