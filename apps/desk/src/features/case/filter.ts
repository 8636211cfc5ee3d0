import type { CaseFilter } from '@tongxin/client/api.ts';

export const VIEWS = ['todo', 'mine', 'organization', 'supporting', 'receiving', 'respondent', 'area'] as const;
export type View = (typeof VIEWS)[number];

/** What the list's address says: a link to a list is the list. */
export interface Filter {
  readonly view?: View;
  readonly stage?: string;
  readonly light?: string;
  readonly categoryId?: string;
  readonly area?: readonly string[];
  readonly q?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value.slice(0, 200) : undefined);

/** Reads a filter from an address; what does not belong is dropped. */
export const filterFrom = (search: Record<string, unknown>): Filter => {
  const view = VIEWS.find((one) => one === search.view);
  const area = Array.isArray(search.area) ? search.area.filter((one) => typeof one === 'string') : [];
  const stage = text(search.stage);
  const light = text(search.light);
  const categoryId = text(search.categoryId);
  const q = text(search.q);
  return {
    ...(view ? { view } : {}),
    ...(stage ? { stage } : {}),
    ...(light ? { light } : {}),
    ...(categoryId ? { categoryId } : {}),
    ...(area.length ? { area } : {}),
    ...(q ? { q } : {}),
  };
};

/** The question for the server. To-do is whatever the caller's first post sees that has not ended. */
export const questionOf = (filter: Filter): CaseFilter => {
  const { view = 'todo', area, stage, light, categoryId, q } = filter;
  const areaId = area?.at(-1);
  return {
    ...(view === 'todo' ? { open: true } : areaId ? {} : { view }),
    ...(areaId ? { areaId } : {}),
    stage,
    light,
    categoryId,
    q,
    limit: 50,
    count: true,
  };
};
