import type {
  AreaChange,
  DependantView,
  NetArea,
  NetAreaView,
  RezoningPreview,
  RezoningView,
} from '@tongxin/domain/area/rezoning/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { DependantRow, RezoningRow } from './repo.ts';

export const presentNetArea = (area: NetArea): NetAreaView => ({
  id: area.areaId,
  kind: area.kind,
  ...(area.parentId ? { parentId: area.parentId } : {}),
  name: area.name,
  ...(area.code ? { code: area.code } : {}),
  synthetic: false,
  ...(area.geometry ? { boundary: area.geometry } : {}),
});

export const presentChange = ({ areaId, before, after, into, from }: AreaChange): RezoningPreview['changes'][number] => ({
  areaId,
  ...(before ? { before: presentNetArea(before) } : {}),
  ...(after ? { after: presentNetArea(after) } : {}),
  into: [...into],
  from: [...from],
});

/** What stands at an area; of a version that does not hold yet, from which day it will. */
export const presentDependant = ({ what, id, label, area_id, begins }: DependantRow): DependantView => ({
  what,
  id,
  label: begins ? { zh: `${label.zh}（自${begins}）`, ...(label.en ? { en: `${label.en} (from ${begins})` } : {}) } : label,
  areaId: area_id,
});

/** The decision, by which post it was made, and how far the placing of open cases is. */
export const presentRezoning = (deps: Deps, row: RezoningRow): RezoningView => {
  const post = deps.directory.post(row.post_id);
  return {
    id: row.rezoning_id,
    serial: row.serial,
    reason: row.reason,
    ...(row.document_number ? { documentNumber: row.document_number } : {}),
    appliedAt: new Date(row.applied_at).toISOString(),
    ...(post ? { by: post.label } : {}),
    areas: row.areas.map(({ id, name }) => ({ id, name })),
    placed: row.placed,
    settled: row.pass > 1 || row.settled_at !== null,
  };
};
