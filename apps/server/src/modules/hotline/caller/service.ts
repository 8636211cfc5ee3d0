import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { NewAction } from '@tongxin/domain/case/view.ts';
import { CALLER_ACTIONS, type CallerAction } from '@tongxin/domain/hotline/schema.ts';
import type { CallerCase } from '@tongxin/domain/hotline/view.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { allowedActions } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { actForParty, presentRow, procedureOf } from '../../case/index.ts';
import { putDeed } from '../call/repo.ts';
import { ownCall } from '../call/service.ts';
import { type CallerRow, findCaller, findPartyOfCall, findRows } from './repo.ts';

/** What whoever is looked up reads in their own log. */
const PURPOSE = { zh: '来电时查询您的事项', en: 'Finding your cases when you called' } as const satisfies Record<Language, string>;

const isCallerAction = (action: string): action is CallerAction => Object.hasOwn(CALLER_ACTIONS, action);

const present = (deps: Deps, row: CallerRow, partyId: string, now: string): CallerCase => {
  const procedure = procedureOf(deps, row);
  const caller: Actor = { kind: 'anonymous', posts: [], receiptCaseIds: [row.case_id], receiptPartyId: partyId };
  const stage = procedure.stages[row.stage];
  return {
    ...presentRow(deps, row, now),
    partyId,
    ended: row.ended,
    ...(stage?.told ? { told: stage.told } : {}),
    protected: row.reporter_protected,
    allowed: allowedActions(procedure, row.state, caller)
      .filter(isCallerAction)
      .flatMap((id) => {
        const action = procedure.actions[id]!;
        const field = action.form?.[0];
        return field ? [{ id, label: action.label, field: field.id, fieldLabel: field.label, required: field.required }] : [];
      }),
  };
};

/** Finds whoever is on the line: by the number of the call, or by a query code they say. */
export const lookUp = (deps: Deps, who: Who, callId: string, code: string | undefined, language: Language): Promise<CallerCase[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    await ownCall(scope, callId);
    const now = deps.clock.now().toISOString();
    const found = await findCaller(scope.tx, {
      callId,
      ...(code === undefined ? {} : { codeHash: deps.crypto.receiptHash(code) }),
      purpose: PURPOSE[language],
      now,
    });
    const parties = new Map(found.map((one) => [one.case_id, one.party_id]));
    return (await findRows(scope.tx, [...parties.keys()])).map((row) => present(deps, row, parties.get(row.case_id)!, now));
  });

/** What somebody on the line adds, urges or asks again: the reporter's own action, written down by the post that has the call. */
export const actForCaller = (
  deps: Deps,
  who: Who,
  { callId, caseId, ...action }: NewAction & { readonly callId: string; readonly caseId: string },
): Promise<{ version: number; repeated: boolean }> =>
  withScope(deps.pools.app, who, async (scope) => {
    if (!isCallerAction(action.action)) throw invalid('unknownAction');
    const call = await ownCall(scope, callId);
    const partyId = await findPartyOfCall(scope.tx, callId, caseId);
    if (!partyId) throw notFound();
    await putDeed(scope.tx, callId, caseId, CALLER_ACTIONS[action.action]);
    return actForParty(deps, scope, caseId, { partyId, postId: call.post_id!, organizationId: call.organization_id }, action);
  });
