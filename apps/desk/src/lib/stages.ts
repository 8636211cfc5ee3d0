import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { proceduresQuery } from './directory.ts';
import { api } from './services.ts';

const HOUR = 60 * 60_000;
export const procedureQuery = (id: string) =>
  queryOptions({ queryKey: ['procedure', id], queryFn: () => api.getProcedure(id), staleTime: HOUR });

/** Stages of every published procedure, by id; those with one name and one id stand once. */
export const useStages = (): readonly { id: string; label: Label }[] => {
  const { data: procedures = [] } = useQuery(proceduresQuery);
  return useQueries({
    queries: procedures.map(({ id }) => procedureQuery(id)),
    combine: (answers) => {
      const found = new Map<string, Label>();
      for (const { data } of answers)
        for (const [id, stage] of Object.entries(data?.stages ?? {})) if (!found.has(id)) found.set(id, stage.label);
      return [...found].map(([id, label]) => ({ id, label }));
    },
  });
};
