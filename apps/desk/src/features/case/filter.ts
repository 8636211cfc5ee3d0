import type { CaseFilter } from '@tongxin/client/api.ts';

export const VIEWS = [
  'todo',
  'overdue',
  'dueSoon',
  'objected',
  'callBack',
  'mine',
  'organization',
  'supporting',
  'receiving',
  'respondent',
  'area',
] as const;
export type View = (typeof VIEWS)[number];

/** Views that are to-do with something said of it. */
const PRESET: Readonly<Partial<Record<View, CaseFilter>>> = {
  todo: { open: true },
  overdue: { open: true, light: 'red' },
  dueSoon: { open: true, light: 'amber' },
  objected: { open: true, stage: 'objected' },
  callBack: { open: true, stage: 'replied' },
};

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
  const preset = PRESET[view];
  return {
    ...(preset ?? (areaId ? {} : { view: view as NonNullable<CaseFilter['view']> })),
    ...(areaId ? { areaId } : {}),
    ...(stage ? { stage } : {}),
    ...(light ? { light } : {}),
    categoryId,
    q,
    limit: 50,
    count: true,
  };
};
