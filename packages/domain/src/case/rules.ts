import { light } from '../clock/rules.ts';
import type { Instant } from '../clock/schema.ts';
import { isRespondent } from '../procedure/rules.ts';
import type { Procedure, ReaderKind } from '../procedure/schema.ts';
import type { Actor, CaseState } from './schema.ts';
import type { Light } from './view.ts';

const WORST: readonly Light[] = ['red', 'amber', 'provisional', 'paused', 'green', 'none'];

/** The worse of the two clocks that light a list; `none` once the case has ended and its clocks stopped in time. */
export const caseLight = (procedure: Procedure, state: Pick<CaseState, 'clocks'>, now: Instant): Light => {
  const ids = [procedure.lights.overall, ...(procedure.lights.handling ? [procedure.lights.handling] : [])];
  const lights = ids.flatMap((id): Light[] => {
    const clock = state.clocks[id];
    return clock ? [light(procedure.clocks[id]!, clock, now)] : [];
  });
  return WORST.find((one) => lights.includes(one)) ?? 'none';
};

/**
 * The light of a case read some time after it was written, from what its row keeps: the light then, when its running limits end, and whether
 * that is a guess. Lists read it so, without opening the state.
 */
export const lightLater = (written: Light, dues: readonly (Instant | null | undefined)[], provisional: boolean, now: Instant): Light => {
  if (written === 'red' || written === 'none' || !dues.some((due) => due && now > due)) return written;
  return provisional ? 'provisional' : 'red';
};

/** How a reader reads a case. The side complained of always reads as respondent, whatever else it is (R5). */
export const readerKind = (state: CaseState, actor: Actor): ReaderKind => {
  if (isRespondent(state, actor)) return 'respondent';
  if (actor.receiptCaseIds?.includes(state.caseId)) return 'reporter';
  if (actor.posts.length > 0) return 'staff';
  if (actor.personId && state.reporterIds.includes(actor.personId)) return 'reporter';
  return 'party';
};
