import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { proceduresQuery } from './directory.ts';
import { api } from './services.ts';

const HOUR = 60 * 60_000;
export const procedureQuery = (id: string) =>
  queryOptions({ queryKey: ['procedure', id], queryFn: () => api.getProcedure(id), staleTime: HOUR });

/** Every published procedure; first that which most cases follow, so that its words lead. */
export const useProcedures = () => {
  const { data: procedures = [] } = useQuery(proceduresQuery);
  return useQueries({
    queries: procedures.map(({ id }) => procedureQuery(id)),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []).sort((a, b) => Number(b.id === 'order') - Number(a.id === 'order')),
  });
};
