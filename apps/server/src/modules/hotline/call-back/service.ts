import { nextAttempt } from '@tongxin/domain/hotline/rules.ts';
import type { CallBackRow } from '@tongxin/domain/hotline/view.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { actInScope, findCase, occurredAtOf, presentRow } from '../../case/index.ts';
import { findCall, insertCall, putDeed } from '../call/repo.ts';
import { answeringPost, answeringPosts } from '../call/service.ts';
import { findSteps, findWaiting, type WaitingRow } from './repo.ts';

const MOST = 200;

type Step = Awaited<ReturnType<typeof findSteps>>[number];

const present = (deps: Deps, row: WaitingRow, steps: readonly Step[], now: string): CallBackRow => {
  const answered = steps.findLast(({ action }) => action === 'answer' || action === 'explain')?.at ?? row.updated_at;
  const answeredAt = new Date(answered).toISOString();
  const tried = steps.filter(({ action }) => action === 'callBackUnanswered').map(({ at }) => new Date(at).toISOString());
  const attempts = row.attempts === 0 ? [] : tried.slice(-row.attempts);
  return {
    ...presentRow(deps, row, now),
    protected: row.reporter_protected,
    partyIds: [...row.party_ids],
    attempts,
    nextAt: nextAttempt(answeredAt, attempts),
    answeredAt,
  };
};

/** What waits for a call-back by the caller's bodies: what may be tried now first, the longest waiting before the rest. */
export const callBacks = (deps: Deps, who: Who): Promise<CallBackRow[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const bodies = [...new Set(answeringPosts(actor).map(({ organizationId }) => organizationId))];
    const rows = await findWaiting(tx, bodies, MOST);
    const steps = Map.groupBy(
      await findSteps(
        tx,
        rows.map(({ case_id }) => case_id),
      ),
      ({ case_id }) => case_id,
    );
    const now = deps.clock.now().toISOString();
    return rows
      .map((row) => present(deps, row, steps.get(row.case_id) ?? [], now))
      .sort((a, b) => (a.nextAt < b.nextAt ? -1 : a.nextAt > b.nextAt ? 1 : 0));
  });

/** 接通 / 未接 / 拒访, as the procedure calls them. */
const ACTIONS = { reached: 'callBackReached', unanswered: 'callBackUnanswered', refused: 'callBackRefused' } as const;

export interface Attempt {
  readonly commandId: string;
  readonly callId: string;
  readonly version: number;
  readonly outcome: keyof typeof ACTIONS;
  readonly input?: Readonly<Record<string, unknown>>;
  /** When the telephone was picked up, by whoever called. */
  readonly beganAt?: string;
}

/** Writes an attempt to call a reporter back: the procedure's own action and the line in the telephone log, both or neither. */
export const attempt = (deps: Deps, who: Who, caseId: string, asked: Attempt): Promise<{ version: number; repeated: boolean }> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { tx, actor } = scope;
    const post = answeringPost(actor);
    if (!(await findCase(tx, caseId))) throw notFound();
    const now = deps.clock.now().toISOString();
    const beganAt = asked.beganAt === undefined ? now : occurredAtOf(deps, asked.beganAt);
    await insertCall(tx, {
      id: asked.callId,
      organizationId: post.organizationId,
      direction: 'out',
      beganAt,
      ...(asked.outcome === 'unanswered' ? {} : { answeredAt: beganAt }),
      postId: post.postId,
      over: { at: now, result: asked.outcome },
    });
    const call = await findCall(tx, asked.callId);
    if (call?.direction !== 'out' || call.result !== asked.outcome) throw conflict('idTaken');
    await putDeed(tx, asked.callId, caseId, 'callBack');
    return actInScope(deps, scope, caseId, {
      commandId: asked.commandId,
      action: ACTIONS[asked.outcome],
      version: asked.version,
      ...(asked.input ? { input: asked.input } : {}),
    });
  });
