/** Names of cached answers. Everything about one case begins with `['case', id]`, so one call makes it stale. */
export const keys = {
  me: ['me'] as const,
  cases: (filter: unknown) => ['cases', filter] as const,
  allCases: ['cases'] as const,
  case: (id: string) => ['case', id] as const,
  documents: (id: string) => ['case', id, 'documents'] as const,
  areas: (parentId?: string) => ['areas', parentId ?? 'top'] as const,
  facilities: (areaId: string) => ['facilities', areaId] as const,
  organizations: (areaId?: string) => ['organizations', areaId ?? 'all'] as const,
  categories: ['categories'] as const,
  procedures: ['procedures'] as const,
  notices: ['notices'] as const,
  demo: ['demo'] as const,
  counts: (filter: unknown) => ['counts', filter] as const,
  durations: (filter: unknown) => ['durations', filter] as const,
  /** A list or a row of the administration, by register. */
  register: (register: string, query?: unknown) => ['register', register, query ?? null] as const,
  late: (filter: unknown) => ['late', filter] as const,
};
