import { permitWork, stageShown } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { actInScope, type CaseRecord, findCase, refused, sidesInOrder } from '../../case/index.ts';
import { findDispute, findSideIds, findSpokenFor, type HeldDispute, waitForTurn } from './repo.ts';

/** A dispute in the caller's scope, one door at a time. */
export interface Held {
  readonly scope: Scope;
  readonly row: CaseRecord;
  readonly dispute: HeldDispute;
  /** Party ids of the sides, in the order they were written down. */
  readonly sides: readonly string[];
  /** Sides for whom somebody else applied. */
  readonly spokenFor: readonly string[];
  /** The side that came with its query code. */
  readonly ownSide?: string;
}

/** Where it stands, as whoever came may know it: that it was stopped for danger is never a side's to read. */
export const stageSeen = (deps: Deps, { row, ownSide }: Held): string =>
  ownSide ? stageShown(deps.procedures.get(row.procedure_id, row.procedure_version), row.stage) : row.stage;

/** The dispute in a scope that was opened already. */
export const holdInScope = async (scope: Scope, caseId: string): Promise<Omit<Held, 'ownSide'>> => {
  await waitForTurn(scope.tx, caseId);
  const [row, dispute] = [await findCase(scope.tx, caseId), await findDispute(scope.tx, caseId)];
  if (!row || !dispute) throw notFound();
  const sides = sidesInOrder(caseId, await findSideIds(scope.tx, caseId));
  return { scope, row, dispute, sides, spokenFor: await findSpokenFor(scope.tx, caseId) };
};

/** Opens a dispute to whoever mediates it, or heads who does. Throws 404 where the caller sees none, 403 `notYours`. */
export const withDispute = <T>(deps: Deps, who: Who, caseId: string, work: (held: Held) => Promise<T>): Promise<T> =>
  withScope(deps.pools.app, who, async (scope) => {
    const held = await holdInScope(scope, caseId);
    const permitted = permitWork(held.row.state, scope.actor, 'mediation.record');
    if (!permitted.ok) throw refused(permitted);
    return work(held);
  });

/** Who works beside the mediator takes the matter away from nobody: neither by stepping aside nor by sending it up. */
export const notBeside = ({ row, scope }: Held): void => {
  if (row.state.besideIds?.includes(scope.actor.personId ?? '')) throw forbidden('besideOnly');
};

/** Opens the dispute of a query code to whoever holds it: to read, and to find a time. */
export const withCodeOf = <T>(deps: Deps, who: Who, work: (held: Held & { readonly ownSide: string }) => Promise<T>): Promise<T> =>
  withScope(deps.pools.app, who, async (scope) => {
    if (!scope.receipt) throw notFound();
    const held = await holdInScope(scope, scope.receipt.caseId);
    const { partyId } = scope.receipt;
    if (!held.sides.includes(partyId)) throw notFound();
    return work({ ...held, ownSide: partyId });
  });

/**
 * Opens it to the side's own word. Where somebody applied for the side, the code is in the hands of that somebody: what binds the side it says
 * itself, at the desk.
 */
export const withOwnDispute = <T>(deps: Deps, who: Who, work: (held: Held & { readonly ownSide: string }) => Promise<T>): Promise<T> =>
  withCodeOf(deps, who, (held) => {
    if (held.spokenFor.includes(held.ownSide)) throw conflict('saysItself');
    return work(held);
  });

/** Takes an action of the procedure through this module's door. Commits: whatever belongs with it is written before. */
export const actThrough = (
  deps: Deps,
  { scope, row }: Held,
  commandId: string,
  action: string,
  input: Readonly<Record<string, unknown>> = {},
): Promise<{ version: number; repeated: boolean }> =>
  actInScope(deps, scope, row.case_id, { commandId, action, version: row.version, input }, 'dispute');
