import { createHash } from 'node:crypto';
import type { Point } from '@tongxin/domain/case/schema.ts';
import type { NewPlace } from '@tongxin/domain/case/view.ts';
import { evolve, permitPlacing } from '@tongxin/domain/procedure/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps, Place } from '../../../../platform/deps.ts';
import { pathOf } from '../../../../platform/directory/directory.ts';
import { conflict, forbidden, invalid } from '../../../../platform/errors/problem.ts';
import type { Who } from '../../../../platform/tx/tx.ts';
import { refused } from '../../errors.ts';
import type { CaseRecord } from '../../repo.ts';
import { appendAndCommit, passHands, procedureOf, withLocked } from '../../service.ts';
import { placeColumnsOf, placedEvent } from '../service.ts';

interface Spot {
  readonly place: Place;
  readonly point?: Point;
}

/** Where somebody says it is: by the point, else the area, which must not lie beside the point that is known. Throws 422. */
const spotOf = (deps: Deps, row: CaseRecord, { point, areaId }: NewPlace): Spot => {
  const named = areaId ? deps.places.ofArea(areaId) : undefined;
  if (areaId && !named) throw invalid('unknownArea', { field: 'areaId' });
  const known = point ?? (row.lon !== null && row.lat !== null ? { lon: row.lon, lat: row.lat } : undefined);
  const found = known ? deps.places.resolve(known) : undefined;
  const around = found ? pathOf({ ...found, overlayIds: [] }) : [];
  if (!named) {
    if (!point) throw invalid('placeMissing');
    if (!around.length) throw invalid('placeOutside');
    return { place: found!, point };
  }
  if (around.length && !pathOf(found!).includes(areaId!)) throw invalid('placeElsewhere');
  // The point knows better than the town that was chosen around it; in a gap of the net the choice decides.
  return { place: around.length ? found! : named, ...(point ? { point } : {}) };
};

/**
 * Puts an open case where it is, by whoever dispatches or accepts it: one that came without a place, or with a wrong one. It goes on under the
 * version it began with (`versionHere` of its view says which one holds there); moving it is a decision of its own. The same again changes nothing.
 */
export const placeByHand = (
  deps: Deps,
  who: Who,
  caseId: string,
  { commandId, version, ...asked }: NewPlace & { readonly commandId: string; readonly version: number },
): Promise<{ version: number }> =>
  withLocked(deps, who, caseId, commandId, async (scope, row, prior, lease) => {
    const digest = createHash('sha256')
      .update(canonical({ place: asked as never }))
      .digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const permitted = permitPlacing(row.state, scope.actor);
    if (!permitted.ok) throw refused(permitted);
    // It stands in no column of areas, whoever of its people may place others.
    if (row.confided) throw forbidden('notYours');
    if (procedureOf(deps, row).stages[row.stage]?.end !== undefined) throw conflict('wrongStage');
    if (row.version !== version) throw conflict('caseChanged', { version: row.version });
    const spot = spotOf(deps, row, asked);
    const before = placeColumnsOf(row);
    const after = pathOf(spot.place);
    if (!spot.point && before.length === after.length && before.every((id) => after.includes(id))) return { version: row.version };
    await passHands(deps, scope, row, lease);
    const { personId } = scope.actor;
    const { postId, organizationId } = permitted.post;
    const actor = { kind: scope.actor.kind, ...(personId ? { personId } : {}), postId, organizationId };
    const event = { ...placedEvent(spot.place, deps.clock.now().toISOString()), actor };
    return { version: await appendAndCommit(deps, scope, row, [event], evolve(row.state, event), { id: commandId, digest }, spot) };
  });
