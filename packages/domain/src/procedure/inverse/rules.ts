import type { Actor, CaseState } from '../../case/schema.ts';
import { permit } from '../rules.ts';
import type { Procedure } from '../schema.ts';

/**
 * The action by which whoever takes `actionId` may take it back: plain progress from where it leads to where the case stands now, open to the
 * same hands, with nothing to be attached. Absent: the procedure has no way back.
 */
export const inverseOf = (procedure: Procedure, state: CaseState, actionId: string, actor: Actor): string | undefined => {
  const action = procedure.actions[actionId];
  if (!action || action.to === 'same' || action.to === state.stage) return undefined;
  const { to } = action;
  return Object.entries(procedure.actions).find(
    ([, back]) =>
      back.to === state.stage && back.from.includes(to) && back.duty === 'progress' && !back.evidence?.min && permit(state, back, actor).ok,
  )?.[0];
};
