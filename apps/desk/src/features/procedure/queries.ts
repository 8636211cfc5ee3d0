import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const versionsQuery = queryOptions({ queryKey: keys.procedureVersions, queryFn: api.listProcedureVersions });
export const usesQuery = queryOptions({ queryKey: keys.procedureUses, queryFn: api.listProcedureUses });
export const draftsQuery = queryOptions({ queryKey: keys.procedureDrafts, queryFn: api.listProcedureDrafts });
/** Fetched once: while somebody writes, the page is ahead of the server. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: keys.procedureDraft(id),
    queryFn: () => api.getProcedureDraft(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
/** A published version never changes. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: keys.procedureVersion(id, version),
    queryFn: () => api.getProcedureVersion(id, version),
    staleTime: Number.POSITIVE_INFINITY,
  });
