import type { CaseView, NewAction } from '@tongxin/domain/case/view.ts';
import type { Deps } from '../../../platform/deps.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { actInScope, viewInScope } from '../../case/index.ts';

/** The case of the caller's query code, as its reporter. A code that opens nothing is answered like one that never was. */
export const viewReceipt = (deps: Deps, who: Who): Promise<CaseView> =>
  withScope(deps.pools.app, who, (scope) => {
    if (!scope.receipt) throw notFound();
    return viewInScope(deps, scope, scope.receipt.caseId);
  });

export const actOnReceipt = (deps: Deps, who: Who, action: NewAction): Promise<{ version: number; repeated: boolean }> =>
  withScope(deps.pools.app, who, (scope) => {
    if (!scope.receipt) throw notFound();
    return actInScope(deps, scope, scope.receipt.caseId, action);
  });
