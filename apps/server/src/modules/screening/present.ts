import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { dueOn, shownStep, standing } from '@tongxin/domain/screening/rules.ts';
import type { ItemView } from '@tongxin/domain/screening/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ItemRow, MonthRow, UnitRow } from './repo.ts';

/** What a sealed word of an item is bound to. */
export const itemPlace = (reportId: string, no: number, field: 'place' | 'matter'): string => `screening:${reportId}:${no}:${field}`;

export const bodyLabel = (deps: Deps, id: string): Label => deps.directory.organization(id)?.label ?? { zh: id };

export const presentItem = (deps: Deps, row: ItemRow): ItemView => {
  const areaLabel = deps.directory.area(row.area_id)?.label;
  const opened = (sealed: Buffer, field: 'place' | 'matter'): string =>
    deps.crypto.open(sealed, itemPlace(row.report_id, row.item_no, field)).toString('utf8');
  return {
    kind: row.kind as ItemView['kind'],
    areaId: row.area_id,
    ...(areaLabel ? { areaLabel } : {}),
    place: opened(row.place_sealed, 'place'),
    matter: opened(row.matter_sealed, 'matter'),
    degree: row.degree as ItemView['degree'],
    step: shownStep(row.step, row.case_id !== null),
    ...(row.case_id ? { caseId: row.case_id } : {}),
  };
};

/** How a month of a unit stands today. What was reported is late, or not, by the day that held when it came. */
export const presentMonth = (deps: Deps, unit: UnitRow, month: string, row: MonthRow | undefined) => {
  const due = row?.due_on ?? dueOn(month, unit.due_day, deps.calendar());
  const firstOn = row ? instantToLocalDate(row.first_at.toISOString()) : undefined;
  const today = instantToLocalDate(deps.clock.now().toISOString());
  return { month, dueOn: due, ...standing({ items: row?.items, firstOn }, due, today), version: row?.version ?? 0 };
};
