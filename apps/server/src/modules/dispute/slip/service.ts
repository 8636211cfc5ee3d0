import { createHash } from 'node:crypto';
import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import type { NewSlip, Slip } from '@tongxin/domain/dispute/slip/schema.ts';
import { evolve, permitWork } from '@tongxin/domain/procedure/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { v7 } from 'uuid';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid } from '../../../platform/errors/problem.ts';
import type { Who } from '../../../platform/tx/tx.ts';
import { appendAndCommit, codeOfParty, refused, withLocked } from '../../case/index.ts';
import type { Held } from '../hold/service.ts';
import { renewSeenSlip, renewSlip } from './repo.ts';

/** Words the side reads in its own log. */
const PURPOSE = {
  missing: { zh: '补发查询码（之前没有交给您）', en: 'A query code for you, who were handed none' },
  lost: { zh: '补发查询码（原来的丢了，已作废）', en: 'A new query code for the one that was lost, which opens nothing now' },
  seen: {
    zh: '知道查询码的调解员不再经手，原来的已作废，请向调解组织领取新的',
    en: 'Whoever mediated knew it and is off the matter: the old one is void, please ask the committee for a new one',
  },
} as const;

/**
 * Makes the slip of one side anew, for whoever has the dispute in hand to hand over: the code before it opens nothing from then on. It stands on the
 * record and in that side's log. The same command again answers the same slip.
 */
export const makeSlip = (deps: Deps, who: Who, caseId: string, { commandId, partyId, why }: NewSlip): Promise<Slip> =>
  withLocked(deps, who, caseId, commandId, async (scope, row, prior) => {
    const permitted = permitWork(row.state, scope.actor, 'mediation.record');
    if (!permitted.ok) throw refused(permitted);
    const queryCode = codeOfParty(deps, { caseId, partyId, slip: commandId });
    const digest = createHash('sha256')
      .update(canonical({ slip: partyId, why }))
      .digest();
    const slip: Slip = { number: row.number, partyId, queryCode };
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return slip;
    }
    const now = deps.clock.now().toISOString();
    const { postId, organizationId } = permitted.post;
    const made = await renewSlip(scope.tx, {
      caseId,
      partyId,
      slip: commandId,
      hash: deps.crypto.receiptHash(queryCode),
      accessId: v7(),
      purpose: PURPOSE[why][scope.language],
      postId,
      organizationId,
      now,
    });
    if (!made) throw invalid('unknownParty', { field: 'partyId' });
    const event: NewEvent = {
      type: 'code.renewed',
      occurredAt: now,
      actor: { kind: scope.actor.kind, personId: scope.actor.personId, postId, organizationId },
      header: { codes: { partyId, why } },
    };
    await appendAndCommit(deps, scope, row, [event], evolve(row.state, event), { id: commandId, digest });
    return slip;
  });

/**
 * Voids what somebody who is off the dispute could still look and speak by: every code of a side that they were given when they registered it or made
 * anew. In the transaction of their leaving, while the caller still has it in hand; it stands in each side's log, and a new slip is made to hand over.
 */
export const voidSlipsSeenBy = async (deps: Deps, { scope, row, sides }: Held, personId: string): Promise<void> => {
  const permitted = permitWork(row.state, scope.actor, 'mediation.record');
  if (!permitted.ok) throw refused(permitted);
  const { postId, organizationId } = permitted.post;
  for (const partyId of sides) {
    const slip = v7();
    await renewSeenSlip(scope.tx, personId, {
      caseId: row.case_id,
      partyId,
      slip,
      hash: deps.crypto.receiptHash(codeOfParty(deps, { caseId: row.case_id, partyId, slip })),
      accessId: v7(),
      purpose: PURPOSE.seen[scope.language],
      postId,
      organizationId,
      now: deps.clock.now().toISOString(),
    });
  }
};
