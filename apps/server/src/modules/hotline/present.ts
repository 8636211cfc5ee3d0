import type { Actor } from '@tongxin/domain/case/schema.ts';
import { secondsBetween } from '@tongxin/domain/hotline/rules.ts';
import type { CallView, CaseCall, LineView } from '@tongxin/domain/hotline/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { postLabel } from '../case/index.ts';
import type { CallRow } from './call/repo.ts';
import type { LineRow } from './line/repo.ts';

/** What binds a number to its call: moved to another it does not open. */
export const numberPlace = (callId: string): string => `hotline-call:${callId}`;

const iso = (at: Date | null): string | undefined => at?.toISOString();

const stateOf = (row: CallRow): CallView['state'] =>
  row.closed_at ? 'closed' : row.ended_at ? 'ended' : row.answered_at ? 'talking' : 'ringing';

/** The number is shown to whoever has the call, and to nobody beside. */
export const presentCall = (deps: Deps, actor: Actor, row: CallRow): CallView => {
  const mine = row.person_id !== null && row.person_id === actor.personId;
  const [answeredAt, endedAt] = [iso(row.answered_at), iso(row.ended_at)];
  const by = row.post_id ? postLabel(deps, row.organization_id, row.post_id) : undefined;
  return {
    id: row.call_id,
    direction: row.direction,
    state: stateOf(row),
    ...(mine && row.phone_sealed ? { number: deps.crypto.open(row.phone_sealed, numberPlace(row.call_id)).toString('utf8') } : {}),
    hasNumber: row.phone_sealed !== null,
    ...(row.extension ? { extension: row.extension } : {}),
    beganAt: row.began_at.toISOString(),
    ...(answeredAt ? { answeredAt } : {}),
    ...(endedAt ? { endedAt } : {}),
    ...(answeredAt && endedAt ? { seconds: secondsBetween(answeredAt, endedAt) } : {}),
    ...(by ? { by } : {}),
    mine,
    ...(row.result ? { result: row.result as NonNullable<CallView['result']> } : {}),
    ...(row.passed_to ? { passedTo: row.passed_to } : {}),
  };
};

export const presentCaseCall = (deps: Deps, actor: Actor, row: CallRow & { readonly deeds: readonly string[] }): CaseCall => ({
  ...presentCall(deps, actor, row),
  deeds: [...row.deeds] as CaseCall['deeds'],
});

export const presentLine = (row: LineRow): LineView => ({
  id: row.line_id,
  organizationId: row.organization_id,
  name: row.name,
  madeAt: row.made_at.toISOString(),
  ...(row.revoked_at ? { revokedAt: row.revoked_at.toISOString() } : {}),
});
