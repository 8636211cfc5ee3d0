import { DUTIES } from '@tongxin/domain/premises/data.ts';
import type { PremisesView } from '@tongxin/domain/premises/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid, notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { findForm } from '../collection/index.ts';
import { keptFields, type Store, sealFields } from '../edit/index.ts';
import { boundsOf } from '../facility/index.ts';
import { findPremises, holdPremises, insertPremises, type PremisesRow, savePremises, searchPremises } from './repo.ts';

export const presentPremises = (deps: Pick<Deps, 'crypto'>, row: PremisesRow): PremisesView => ({
  id: row.premises_id,
  kind: row.kind,
  name: row.name,
  address: row.address,
  areaId: row.area_id,
  ...(row.lon !== null && row.lat !== null ? { point: { lon: row.lon, lat: row.lat } } : {}),
  formId: row.form_id,
  formVersion: row.form_version,
  fields: keptFields(deps, 'premises', row.premises_id, row.fields_sealed),
  version: row.version,
  duties: [...DUTIES[row.kind]],
  updatedAt: new Date(row.updated_at).toISOString(),
});

const MOST = 50;

/** Premises by words of name and address, within a box or an area: at most fifty. */
export const lookUp = (
  deps: Deps,
  who: Who,
  { words = '', bbox, areaId }: { readonly words?: string; readonly bbox?: string; readonly areaId?: string },
): Promise<{ premises: PremisesView[]; more: boolean }> => {
  const split = words.trim().split(/\s+/u).filter(Boolean);
  return withScope(deps.pools.app, who, async ({ tx }) => {
    if (split.length === 0 && !bbox && !areaId) throw invalid('placeMissing');
    const query = { words: split, ...(bbox ? { bounds: boundsOf(bbox) } : {}), ...(areaId ? { areaId } : {}) };
    const rows = await searchPremises(tx, query, MOST + 1);
    return { premises: rows.slice(0, MOST).map((row) => presentPremises(deps, row)), more: rows.length > MOST };
  });
};

export const viewPremises = (deps: Deps, who: Who, id: string): Promise<PremisesView> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const row = await findPremises(tx, id);
    if (!row) throw notFound();
    return presentPremises(deps, row);
  });

export const premisesStore: Store = {
  kind: 'premises',
  capability: 'patrol.record',
  hold: async (deps, { tx }, id) => {
    const row = await holdPremises(tx, id);
    const form = row && (await findForm(tx, row.form_id, row.form_version));
    if (!row || !form) return undefined;
    const fields = keptFields(deps, 'premises', id, row.fields_sealed);
    // Nothing of a premises is of a person: everybody who keeps it reads it whole.
    return { id, areaId: row.area_id, form, fields, version: row.version, status: 'kept', mine: true };
  },
  make: async (deps, { tx }, { id, made, digest, place, form, now }) => {
    if (!made.name?.trim() || !made.premisesKind) throw invalid('fieldMissing', { field: made.premisesKind ? 'name' : 'premisesKind' });
    return insertPremises(tx, {
      premises_id: id,
      kind: made.premisesKind,
      name: made.name.trim(),
      address: made.address?.trim() ?? '',
      area_id: place.areaId,
      lon: place.point?.lon ?? null,
      lat: place.point?.lat ?? null,
      form_id: form.id,
      form_version: form.version,
      fields_sealed: sealFields(deps, 'premises', id, {}),
      digest,
      now,
    });
  },
  save: (deps, tx, { id }, { fields, version, now }) => savePremises(tx, id, sealFields(deps, 'premises', id, fields), version, now),
};
