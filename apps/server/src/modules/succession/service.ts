import { createHash } from 'node:crypto';
import type { CaseState, EventActor, NewEvent } from '@tongxin/domain/case/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { handOver } from '@tongxin/domain/succession/rules.ts';
import type { SuccessionView, WaitingView, WorkLeft } from '@tongxin/domain/succession/view.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../platform/tx/tx.ts';
import { appendAndCommit } from '../case/index.ts';
import {
  findLapsed,
  findSuccession,
  findToMove,
  findUnfinished,
  finishSuccession,
  insertSuccession,
  type LeftRow,
  lockToMove,
  type NewSuccession,
  type Succession,
} from './repo.ts';

/** A command id that follows from succession and case: the same case is moved once by the same succession. */
const commandOf = (successionId: string, caseId: string): string => {
  const hex = createHash('sha256').update(`${successionId}:${caseId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/**
 * Whether a succession was started by this command; then it only goes on, and nothing is judged again. Throws 409 `commandReused` when it was
 * another one.
 */
export const isStarted = async (
  tx: ScopedTx,
  commandId: string,
  asked: { readonly id: string; readonly ask: object },
): Promise<boolean> => {
  const kept = await findSuccession(tx, commandId);
  if (!kept) return false;
  const same =
    (kept.holding_id ?? kept.organization_id) === asked.id && canonical(kept.ask) === canonical(JSON.parse(JSON.stringify(asked.ask)));
  if (!same) throw conflict('commandReused');
  return true;
};

/** Writes down what is to be moved, before anything is. */
export const startSuccession = (deps: Deps, tx: ScopedTx, succession: NewSuccession): Promise<void> =>
  insertSuccession(tx, succession, deps.clock.now());

const actorOf = (scope: Scope, succession: Succession): EventActor => {
  const capability = succession.kind === 'person' ? 'person.manage' : 'organization.manage';
  const post = scope.actor.posts.find((held) => held.capabilities.includes(capability));
  return {
    kind: scope.actor.kind,
    ...(scope.actor.personId ? { personId: scope.actor.personId } : {}),
    ...(post ? { postId: post.postId, organizationId: post.organizationId } : {}),
  };
};

/** Moves one case; answers 1 when it moved. */
const moveCase = (deps: Deps, who: Who, succession: Succession, caseId: string): Promise<number> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await lockToMove(scope.client, succession.succession_id, caseId);
    if (!row) return 0;
    const to = {
      successionId: succession.succession_id,
      from: succession.organization_id,
      ...(succession.kind === 'person'
        ? { receiverId: succession.receiver_id, receiverPostId: succession.receiver_post_id ?? undefined }
        : { heirId: succession.heir_id! }),
    };
    const { events, state }: { events: readonly NewEvent[]; state: CaseState } = handOver(
      row.state,
      to,
      actorOf(scope, succession),
      deps.clock.now().toISOString(),
    );
    if (events.length === 0) return 0;
    const id = commandOf(succession.succession_id, caseId);
    await appendAndCommit(deps, scope, row, events, state, { id, digest: createHash('sha256').update(id).digest() });
    return 1;
  });

/** A request moves at most this many, so that it answers in time; the screen asks again until all is done. */
const MOST = 500;

/**
 * Moves the cases of a succession and, when none is left, lets `end` end what they stood with, in the same transaction as the finish. Again: goes
 * on, and changes nothing that was done.
 */
export const moveOn = async (
  deps: Deps,
  who: Who,
  successionId: string,
  end: (scope: Scope, succession: Succession) => Promise<void>,
): Promise<SuccessionView> => {
  let moved = 0;
  for (;;) {
    const { succession, caseIds, done } = await withScope(deps.pools.app, who, async (scope) => {
      const found = await findSuccession(scope.tx, successionId);
      if (!found) throw notFound();
      if (found.finished_at) return { succession: found, caseIds: [], done: true };
      const next = await findToMove(scope.tx, successionId);
      if (next.length > 0) return { succession: found, caseIds: next, done: false };
      await end(scope, found);
      await finishSuccession(scope.tx, successionId, deps.clock.now());
      return { succession: found, caseIds: [], done: true };
    });
    if (done) return { id: successionId, moved, done };
    const before = moved;
    for (const caseId of caseIds) moved += await moveCase(deps, who, succession, caseId);
    // Whoever else works on them may have moved them meanwhile; the next request sees.
    if (moved >= MOST || moved === before) return { id: successionId, moved, done: false };
  }
};

/** Successions that stopped half-way, and posts that ran out with work in hand, where the caller appoints. `nameOf` tells people's names. */
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
      successions: (await findUnfinished(tx)).map((one) => ({
        id: one.succession_id,
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

/** Open cases as they are shown before a succession: the first of them by number, all of them by count. */
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
