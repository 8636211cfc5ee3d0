import type { Actor } from '@tongxin/domain/case/schema.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import type { LeaseChange, LeaseView } from '@tongxin/domain/lease/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, type Problem } from '../../../platform/errors/problem.ts';
import { PEOPLE } from '../events.ts';
import { postLabel } from '../present.ts';
import type { LeaseRow } from './repo.ts';

/** Whether somebody has the case in hand at an instant. */
export const isHeld = (row: LeaseRow | undefined, now: Date): row is LeaseRow & { person_id: string } =>
  row !== undefined && row.person_id !== null && row.expires_at > now;

export const presentLease = (deps: Deps, row: LeaseRow, actor: Actor): LeaseView => ({
  caseId: row.case_id,
  by: (row.organization_id && postLabel(deps, row.organization_id, row.post_id ?? undefined)) || PEOPLE.system,
  mine: row.person_id === actor.personId,
  since: row.since.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});

export const presentLeaseChange = (deps: Deps, row: LeaseRow, actor: Actor): LeaseChange => ({
  id: row.case_id,
  ...(isHeld(row, deps.clock.now()) ? { lease: presentLease(deps, row, actor) } : {}),
});

/** Why a case is not moved now: a colleague has it in hand. */
export const heldBy = (deps: Deps, actor: Actor, row: LeaseRow, language: Language): Problem => {
  const { by, since } = presentLease(deps, row, actor);
  return conflict('caseHeld', { by: inLanguage(by, language), since });
};
