import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { facilityKindLabel } from '@tongxin/domain/facility/data.ts';
import type { FacilityDetail } from '@tongxin/domain/facility/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { pathOf } from '../../../platform/directory/directory.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type ScopedTx, type Who, withScope } from '../../../platform/tx/tx.ts';
import { administer, areaPath, managingPost, versionOf } from '../../administration/index.ts';
import { presentFacility } from '../present.ts';
import { type FacilityRow, findFacility } from '../repo.ts';
import { closeFacility, type FacilityWritten, findCode, insertFacility, updateFacility } from './repo.ts';

export interface FacilityForm {
  readonly kind: string;
  readonly code?: string;
  readonly name: Label;
  readonly lon: number;
  readonly lat: number;
  /** Where it is counted; the smallest area around its place when not said. */
  readonly areaId?: string;
}

const dayOf = (deps: Deps): string => instantToLocalDate(deps.clock.now().toISOString());

const said = ({ kind, code, name, areaId, lon, lat }: FacilityWritten) => ({
  kind: facilityKindLabel(kind),
  code,
  name,
  areaId,
  place: `${lon.toFixed(6)}, ${lat.toFixed(6)}`,
});
const ofRow = (row: FacilityRow): FacilityWritten => ({
  facilityId: row.facility_id,
  kind: row.kind,
  code: row.code,
  name: row.name,
  areaId: row.area_id,
  lon: row.lon,
  lat: row.lat,
});

/** A facility that is in the register. Throws 404, 409 `facilityClosed`. */
const openFacility = async (tx: ScopedTx, id: string): Promise<FacilityRow> => {
  const row = await findFacility(tx, id);
  if (!row) throw notFound();
  if (row.closed_on) throw conflict('facilityClosed');
  return row;
};

const pathOfArea = async (tx: ScopedTx, areaId: string): Promise<readonly string[]> => {
  const path = await areaPath(tx, areaId);
  if (!path) throw invalid('unknownArea');
  return path;
};

/**
 * The area it counts in: the one named, above, below or over the place, never beside it; else the smallest around the place. In a gap of the
 * net, or outside it, the name alone decides.
 */
const areaOf = (deps: Deps, { lon, lat, areaId }: FacilityForm): string => {
  const found = deps.places.resolve({ lon, lat });
  const smallest = pathOf({ ...found, overlayIds: [] }).at(-1);
  if (!areaId) {
    if (!smallest) throw invalid('placeOutside');
    return smallest;
  }
  const named = deps.places.ofArea(areaId);
  if (!named) throw invalid('unknownArea');
  if (smallest && !pathOf(found).includes(areaId) && !pathOf(named).includes(smallest)) throw invalid('placeElsewhere');
  return areaId;
};

const checked = async (deps: Deps, tx: ScopedTx, facilityId: string, form: FacilityForm): Promise<FacilityWritten> => {
  const zh = form.name.zh.trim();
  if (zh === '') throw invalid('fieldMissing', { field: 'name' });
  const en = form.name.en?.trim();
  const code = form.code?.trim() || null;
  if (code && (await findCode(tx, code, facilityId))) throw conflict('facilityCodeTaken');
  const areaId = areaOf(deps, form);
  return { facilityId, kind: form.kind, code, name: { zh, ...(en ? { en } : {}) }, areaId, lon: form.lon, lat: form.lat };
};

export const makeFacility = (
  deps: Deps,
  who: Who,
  { commandId, id, ...form }: FacilityForm & { commandId: string; id: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'facility', subjectId: id, body: form }, async ({ tx, actor }) => {
    const areaId = areaOf(deps, form);
    const post = managingPost(actor, 'facility.manage', await pathOfArea(tx, areaId));
    if (await findFacility(tx, id)) throw conflict('idTaken');
    const written = await checked(deps, tx, id, form);
    await insertFacility(tx, written, dayOf(deps));
    return { what: 'made', post, areaId, after: said(written) };
  });

export const changeFacility = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, version, ...form }: FacilityForm & { commandId: string; version: number },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'facility', subjectId: id, version, body: form }, async ({ tx, actor }) => {
    const before = await openFacility(tx, id);
    managingPost(actor, 'facility.manage', await pathOfArea(tx, before.area_id));
    const areaId = areaOf(deps, form);
    const post = managingPost(actor, 'facility.manage', await pathOfArea(tx, areaId));
    const written = await checked(deps, tx, id, form);
    if (!(await updateFacility(tx, written))) throw forbidden('beyondYourArea');
    return { what: 'changed', post, areaId, before: said(ofRow(before)), after: said(written) };
  });

/** Takes it out of the register, by today unless a day before is told: it is no longer offered or drawn; cases that name it keep it. */
export const retireFacility = (deps: Deps, who: Who, id: string, { commandId, on }: { commandId: string; on?: string }): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'facility', subjectId: id, body: on ? { close: on } : 'close' }, async ({ tx, actor }) => {
    const today = dayOf(deps);
    if (on && on > today) throw invalid('dateInFuture', { field: 'on' });
    const before = await openFacility(tx, id);
    if (on && on < before.valid_from) throw invalid('endsBeforeItBegins', { field: 'on' });
    const post = managingPost(actor, 'facility.manage', await pathOfArea(tx, before.area_id));
    if (!(await closeFacility(tx, id, on ?? today))) throw forbidden('beyondYourArea');
    return { what: 'closed', post, areaId: before.area_id, before: { name: before.name, code: before.code } };
  });

export const facilityOf = (deps: Deps, who: Who, id: string): Promise<FacilityDetail> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const row = await findFacility(tx, id);
    if (!row) throw notFound();
    return { ...presentFacility(row), version: await versionOf(tx, 'facility', id) };
  });
