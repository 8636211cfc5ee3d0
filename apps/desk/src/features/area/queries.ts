import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

/** How often an open screen asks how far the placing of cases is. */
const PROGRESS_MS = 1500;

export const netQuery = (areaId: string) =>
  queryOptions({ queryKey: keys.areaNet(areaId), queryFn: ({ signal }) => api.areaNet(areaId, signal), staleTime: 30_000 });
export const findingsQuery = (areaId: string) =>
  queryOptions({ queryKey: keys.areaFindings(areaId), queryFn: ({ signal }) => api.areaFindings(areaId, signal), staleTime: 0 });
export const historyQuery = (areaId: string) =>
  queryOptions({ queryKey: keys.areaHistory(areaId), queryFn: ({ signal }) => api.areaHistory(areaId, signal), staleTime: 0 });
export const rezoningQuery = (id: string) =>
  queryOptions({
    queryKey: keys.rezoning(id),
    queryFn: ({ signal }) => api.getRezoning(id, signal),
    refetchInterval: ({ state }) => (state.data?.settled ? false : PROGRESS_MS),
  });
