import type { Label } from '@tongxin/domain/label/schema.ts';
import { middleOfCell } from '@tongxin/domain/map/rules.ts';
import type { PublicReport, ReviewRow } from '@tongxin/domain/publication/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { PublishedRow, ReviewedRow } from './repo.ts';

const labels = (deps: Deps, ids: readonly string[]): Label[] => ids.flatMap((id) => deps.directory.area(id)?.label ?? []);
const category = (deps: Deps, row: { readonly category_id: string | null; readonly category_version: number | null }) => {
  const found = row.category_id ? deps.directory.category(row.category_id, row.category_version ?? undefined) : undefined;
  return found ? { categoryLabel: found.label } : {};
};

export const presentReview = (deps: Deps, row: ReviewedRow): ReviewRow => ({
  id: row.case_id,
  number: row.number,
  title: row.title ?? '',
  ...category(deps, row),
  areaLabels: labels(deps, row.area_ids),
  reportedOn: row.filed_on,
  ...(row.state ? { state: row.state } : {}),
  ...(row.words ? { words: row.words } : {}),
  version: row.version ?? 0,
});

/** Bits of a place's number that `published_reports` leaves out. */
const CELL_BITS = 8;

export const presentPublic = (deps: Deps, row: PublishedRow, ref: string): PublicReport => {
  const stage = deps.procedures.get(row.procedure_id, row.procedure_version)?.stages[row.stage];
  return {
    ref,
    words: row.words,
    ...category(deps, row),
    areaLabels: labels(deps, row.area_ids.slice(0, 2).toReversed()),
    stageLabel: stage?.told ?? stage?.label ?? { zh: row.stage },
    ended: row.ended,
    reportedOn: row.filed_on,
    updatedOn: row.updated_on,
    ...(row.cell === null ? {} : { place: middleOfCell(Number(row.cell), CELL_BITS) }),
    followers: row.followers,
  };
};
