import type { Refusal } from '../case/schema.ts';
import type { DutyItem, DutyListKind } from './schema.ts';

/** Lists that name who handles a category, the most binding first. */
const NAMING: readonly DutyListKind[] = ['dispatchCatalogue', 'townBasic', 'rights', 'townAssist'];

export interface Suggestion {
  readonly organizationId: string;
  readonly clause: string;
}

/**
 * Bodies that a list names for a category, best first: the nearest area before a wider one, the dispatch catalogue before duty lists, then
 * in the order of the list. `path` runs from the city down to the grid. A body is named once.
 */
export const suggestBodies = (items: readonly DutyItem[], categoryId: string, path: readonly string[]): Suggestion[] => {
  const fitting = items
    .filter((item) => item.organizationId !== undefined && item.categoryId === categoryId && NAMING.includes(item.listKind))
    .map((item) => ({ item, depth: path.indexOf(item.areaId), list: NAMING.indexOf(item.listKind) }))
    .filter(({ depth }) => depth >= 0)
    .sort((a, b) => b.depth - a.depth || a.list - b.list);
  const named = new Map<string, Suggestion>();
  for (const { item } of fitting)
    if (!named.has(item.organizationId!)) named.set(item.organizationId!, { organizationId: item.organizationId!, clause: item.clause });
  return [...named.values()];
};

/** To whom a task may go only when a list admits it (准入制): communities and grids, and the bodies that stand in them. */
const GUARDED: ReadonlySet<string> = new Set(['community', 'grid', 'dedicatedGrid', 'committee', 'gridTeam']);

/**
 * Whether work of a category may be sent to a target of this kind (an area kind or an organization kind) in an area. Towns, departments and
 * companies need no admission. A refusal cites the clause that forbids it, or the list that does not name it.
 */
export const admits = (
  items: readonly DutyItem[],
  target: string,
  categoryId: string,
  path: readonly string[],
): { readonly ok: true; readonly clause?: string } | Refusal => {
  if (!GUARDED.has(target)) return { ok: true };
  const here = items.filter((item) => item.categoryId === categoryId && path.includes(item.areaId));
  const forbidding = here.find((item) => item.listKind === 'negative');
  if (forbidding) return { ok: false, code: 'notAdmitted', params: { clause: forbidding.clause, list: 'negative' } };
  const admitting = here.find((item) => item.listKind === 'admission');
  if (admitting) return { ok: true, clause: admitting.clause };
  return { ok: false, code: 'notAdmitted', params: { clause: '', list: 'admission' } };
};
