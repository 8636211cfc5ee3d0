import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import { evolve } from '@tongxin/domain/procedure/rules.ts';
import type pg from 'pg';
import type { Deps, Place, PlaceIndex } from '../../../platform/deps.ts';
import { pathOf } from '../../../platform/directory/directory.ts';
import { chain } from '../../../platform/record/chain.ts';
import { handleOn } from '../../../platform/tx/tx.ts';
import { sendEvents } from '../append/repo.ts';
import type { CaseRecord } from '../repo.ts';
import { lockForPlacing, type Placed, type PlacedRow, updatePlaces } from './repo.ts';

/** Ids of the areas a case stands in, from the top, dedicated grids last. */
export const placeColumnsOf = (row: Placed): string[] =>
  [row.city_id, row.district_id, row.town_id, row.community_id, row.grid_id, ...row.overlay_ids].filter((id) => id !== null);

const sameAreas = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id) => b.includes(id));

/**
 * Where a case stands by the areas in force: by its point; without one, or where the point lies nowhere, in the smallest of its areas that is
 * still there or that one area took over. `heir` says which. Undefined when that is where it stands already.
 */
export const newPlace = (places: PlaceIndex, row: Placed, heir: (areaId: string) => string | undefined = (id) => id): Place | undefined => {
  const before = placeColumnsOf(row);
  const byPoint = row.lon !== null && row.lat !== null ? places.resolve({ lon: row.lon, lat: row.lat }) : undefined;
  const kept = (ids: readonly (string | null)[]): Place[] => ids.flatMap((id) => (id ? (places.ofArea(heir(id) ?? '') ?? []) : []));
  const place =
    byPoint?.cityId !== undefined
      ? byPoint
      : {
          ...(kept([row.grid_id, row.community_id, row.town_id, row.district_id, row.city_id])[0] ?? {}),
          overlayIds: byPoint ? byPoint.overlayIds : [...new Set(kept(row.overlay_ids).flatMap((one) => one.overlayIds))],
        };
  return sameAreas(before, pathOf(place)) ? undefined : place;
};

/** The event that puts a case in another place. */
export const placedEvent = (place: Place, now: string, codes: Readonly<Record<string, unknown>> = {}): NewEvent => ({
  type: 'case.placed',
  occurredAt: now,
  actor: { kind: 'system' },
  header: { codes: { areaIds: pathOf(place), ...codes } },
});

/** A case that comes back after its area has gone stands where its point lies now. */
export const placeOnReopening = (deps: Deps, row: CaseRecord): Place | undefined => {
  if (!row.ended_at || placeColumnsOf(row).every((areaId) => deps.places.ofArea(areaId))) return undefined;
  return newPlace(deps.places, row);
};

/**
 * Places locked open cases anew, each by an event of its own record, in one transaction that the caller commits. A case that stands right
 * already is left alone, so that the same batch again changes nothing. Answers how many moved.
 */
export const placeBatch = async (
  deps: Deps,
  client: pg.PoolClient,
  caseIds: readonly string[],
  placeOf: (row: PlacedRow) => Place | undefined,
  codes: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const now = deps.clock.now().toISOString();
  const placings = (await lockForPlacing(handleOn(client), caseIds)).flatMap((row) => {
    const place = placeOf(row);
    if (!place) return [];
    const event = placedEvent(place, now, codes);
    const [chained] = chain(deps.crypto, row.case_id, { eventNo: row.event_count, hash: row.head_hash }, [event], now);
    return [{ caseId: row.case_id, place, state: evolve(row.state, event), hash: chained!.hash, chained: chained! }];
  });
  if (placings.length === 0) return 0;
  await sendEvents(
    client,
    placings.map((placing) => placing.chained),
  );
  await updatePlaces(client, placings);
  return placings.length;
};
