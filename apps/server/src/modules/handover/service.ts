import { createHash } from 'node:crypto';
import type { CaseState, EventActor, NewEvent } from '@tongxin/domain/case/schema.ts';
import { handOver } from '@tongxin/domain/handover/rules.ts';
import type { HandoverView, WaitingView, WorkLeft } from '@tongxin/domain/handover/view.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../platform/tx/tx.ts';
import { appendAndCommit } from '../case/index.ts';
import {
  findHandover,
  findLapsed,
  findToMove,
  findUnfinished,
  finishHandover,
  type Handover,
  insertHandover,
  type LeftRow,
  lockToMove,
  type NewHandover,
} from './repo.ts';

/** A command id that follows from handover and case: the same case is moved once by the same handover. */
const commandOf = (handoverId: string, caseId: string): string => {
  const hex = createHash('sha256').update(`${handoverId}:${caseId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/**
 * Whether a handover was started by this command; then it only goes on, and nothing is judged again. Throws 409 `commandReused` when it was
 * another one.
 */
export const isStarted = async (
  tx: ScopedTx,
  commandId: string,
  asked: { readonly id: string; readonly ask: object },
): Promise<boolean> => {
  const kept = await findHandover(tx, commandId);
  if (!kept) return false;
  const same =
    (kept.holding_id ?? kept.organization_id) === asked.id && canonical(kept.ask) === canonical(JSON.parse(JSON.stringify(asked.ask)));
  if (!same) throw conflict('commandReused');
  return true;
};

/** Writes down what is to be moved, before anything is. */
export const startHandover = (deps: Deps, tx: ScopedTx, handover: NewHandover): Promise<void> =>
  insertHandover(tx, handover, deps.clock.now());

const actorOf = (scope: Scope, handover: Handover): EventActor => {
  const capability = handover.kind === 'person' ? 'person.manage' : 'organization.manage';
  const post = scope.actor.posts.find((held) => held.capabilities.includes(capability));
  return {
    kind: scope.actor.kind,
    ...(scope.actor.personId ? { personId: scope.actor.personId } : {}),
    ...(post ? { postId: post.postId, organizationId: post.organizationId } : {}),
  };
};

/** Moves one case; answers 1 when it moved. */
const moveCase = (deps: Deps, who: Who, handover: Handover, caseId: string): Promise<number> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await lockToMove(scope.client, handover.handover_id, caseId);
    if (!row) return 0;
    const to = {
      handoverId: handover.handover_id,
      from: handover.organization_id,
      ...(handover.kind === 'person'
        ? { receiverId: handover.receiver_id, receiverPostId: handover.receiver_post_id ?? undefined }
        : { heirId: handover.heir_id! }),
    };
    const { events, state }: { events: readonly NewEvent[]; state: CaseState } = handOver(
      row.state,
      to,
      actorOf(scope, handover),
      deps.clock.now().toISOString(),
    );
    if (events.length === 0) return 0;
    const id = commandOf(handover.handover_id, caseId);
    await appendAndCommit(deps, scope, row, events, state, { id, digest: createHash('sha256').update(id).digest() });
    return 1;
  });

/** A request moves at most this many, so that it answers in time; the screen asks again until all is done. */
const MOST = 500;

/**
 * Moves the cases of a handover and, when none is left, lets `end` end what they stood with, in the same transaction as the finish. Again: goes
 * on, and changes nothing that was done.
 */
export const moveOn = async (
  deps: Deps,
  who: Who,
  handoverId: string,
  end: (scope: Scope, handover: Handover) => Promise<void>,
): Promise<HandoverView> => {
  let moved = 0;
  for (;;) {
    const { handover, caseIds, done } = await withScope(deps.pools.app, who, async (scope) => {
      const found = await findHandover(scope.tx, handoverId);
      if (!found) throw notFound();
      if (found.finished_at) return { handover: found, caseIds: [], done: true };
      const next = await findToMove(scope.tx, handoverId);
      if (next.length > 0) return { handover: found, caseIds: next, done: false };
      await end(scope, found);
      await finishHandover(scope.tx, handoverId, deps.clock.now());
      return { handover: found, caseIds: [], done: true };
    });
    if (done) return { id: handoverId, moved, done };
    const before = moved;
    for (const caseId of caseIds) moved += await moveCase(deps, who, handover, caseId);
    // Whoever else works on them may have moved them meanwhile; the next request sees.
    if (moved >= MOST || moved === before) return { id: handoverId, moved, done: false };
  }
};

/** Handovers that stopped half-way, and posts that ran out with work in hand, where the caller appoints. `nameOf` tells people's names. */
export const waiting = (deps: Deps, who: Who, nameOf: (tx: ScopedTx, personId: string) => Promise<string>): Promise<WaitingView> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const lapsed: WaitingView['lapsed'] = [];
    for (const row of await findLapsed(tx))
      lapsed.push({
        holdingId: row.holding_id,
        personId: row.person_id,
        name: await nameOf(tx, row.person_id),
        post: deps.directory.post(row.post_id)?.label ?? { zh: '—' },
        ended: row.ended,
        cases: Number(row.cases),
      });
    return {
      handovers: (await findUnfinished(tx)).map((one) => ({
        id: one.handover_id,
        kind: one.kind,
        organizationId: one.organization_id,
        organization: one.organization,
        startedAt: one.started_at.toISOString(),
        subjectId: one.holding_id ?? one.organization_id,
        ask: one.ask,
      })),
      lapsed,
    };
  });

/** Open cases as they are shown before a handover: the first of them by number, all of them by count. */
export const presentLeft = (deps: Deps, rows: readonly LeftRow[]): Pick<WorkLeft, 'cases' | 'confidential' | 'rows'> => ({
  cases: Number(rows[0]?.total ?? 0),
  confidential: rows.filter((row) => row.case_id === null).length,
  rows: rows.flatMap((row) => {
    if (row.case_id === null || row.number === null) return [];
    const stage = deps.procedures.get(row.procedure_id, row.procedure_version)?.stages[row.stage ?? '']?.label;
    return [
      { id: row.case_id, number: row.number, ...(stage ? { stage } : {}), ...(row.due_at ? { dueAt: row.due_at.toISOString() } : {}) },
    ];
  }),
});
