import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { RezoningStep } from '@tongxin/domain/area/rezoning/schema.ts';
import { api } from '../../lib/services.ts';

/** How often an open screen asks how far the placing of cases is. */
const PROGRESS_MS = 1500;

export const netQuery = (areaId: string) =>
  queryOptions({ queryKey: keys.areaNet(areaId), queryFn: ({ signal }) => api.areaNet(areaId, signal), staleTime: 30_000 });
export const findingsQuery = (areaId: string) =>
  queryOptions({ queryKey: keys.areaFindings(areaId), queryFn: ({ signal }) => api.areaFindings(areaId, signal), staleTime: 0 });
export const historyQuery = (areaId: string) =>
  queryOptions({ queryKey: keys.areaHistory(areaId), queryFn: ({ signal }) => api.areaHistory(areaId, signal), staleTime: 0 });
/** What steps would do to the net of a version: `id` stands for the steps, which are too long for a key. */
export const previewQuery = (id: string, netVersion: number, steps: readonly RezoningStep[]) =>
  queryOptions({
    queryKey: keys.rezoningPreview(id, netVersion),
    queryFn: () => api.previewRezoning({ steps: [...steps] }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
/** A decision that may have been applied although no answer came. */
export const earlierRezoningQuery = (id: string, netVersion: number) =>
  queryOptions({
    queryKey: keys.earlierRezoning(id, netVersion),
    queryFn: ({ signal }) => api.getRezoning(id, signal),
    staleTime: 0,
    retry: false,
  });
export const rezoningQuery = (id: string) =>
  queryOptions({
    queryKey: keys.rezoning(id),
    queryFn: ({ signal }) => api.getRezoning(id, signal),
    refetchInterval: ({ state }) => (state.data?.settled ? false : PROGRESS_MS),
  });
