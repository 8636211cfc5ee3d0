import { isPersonal } from '@tongxin/domain/collection/rules.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import type { Fields } from '@tongxin/domain/edit/schema.ts';
import type { VisitRow, VisitView } from '@tongxin/domain/visit/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { VisitRecord } from './repo.ts';

export const presentRow = (
  deps: Deps,
  row: VisitRecord,
  form: Form,
  personId: string | undefined,
  caseIds: readonly string[],
): VisitRow => {
  const postLabel = deps.directory.post(row.post_id)?.label;
  return {
    id: row.visit_id,
    formId: row.form_id,
    formVersion: row.form_version,
    title: form.title,
    areaId: row.area_id,
    ...(row.premises_id ? { premisesId: row.premises_id } : {}),
    status: row.status,
    ...(postLabel ? { postLabel } : {}),
    mine: row.person_id === personId,
    visitedAt: new Date(row.visited_at).toISOString(),
    version: row.version,
    caseIds: [...caseIds],
    expiresAt: new Date(row.expires_at).toISOString(),
  };
};

/** A visit with what its reader may have: `personal` says whether that is all. */
export const presentVisit = (row: VisitRow, record: VisitRecord, form: Form, fields: Fields, personal: boolean): VisitView => {
  const names = Object.keys(fields);
  const hidden = personal ? [] : names.filter((field) => isPersonal(form, field));
  return {
    ...row,
    ...(record.lon !== null && record.lat !== null ? { point: { lon: record.lon, lat: record.lat } } : {}),
    fields: Object.fromEntries(Object.entries(fields).filter(([field]) => !hidden.includes(field))),
    hidden,
  };
};
