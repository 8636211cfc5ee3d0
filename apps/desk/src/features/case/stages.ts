import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { proceduresQuery } from '../../lib/directory.ts';
import { api } from '../../lib/services.ts';

const HOUR = 60 * 60_000;
const procedureQuery = (id: string) => queryOptions({ queryKey: ['procedure', id], queryFn: () => api.getProcedure(id), staleTime: HOUR });

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

/** Whether joint tasks may be opened where a case stands. A stage that the newest version lacks is left for the server to judge. */
export const useStageTakesTasks = ({ procedureId, stage }: Pick<CaseView, 'procedureId' | 'stage'>): boolean => {
  const { data } = useQuery(procedureQuery(procedureId));
  const found = data?.stages[stage];
  return data !== undefined && (found === undefined || found.tasks === true);
};
