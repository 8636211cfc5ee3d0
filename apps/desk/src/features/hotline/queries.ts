import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { administration, api } from '../../lib/services.ts';

/** A telephone rings for seconds. The live line tells of it at once; while it is broken the calls are asked for, and only while the page is looked at. */
const RINGING_MS = 2_000;
/** A line that seems up and tells nothing is found out. */
const BESIDES_MS = 30_000;

export const callsQuery = (isLineUp: boolean) =>
  queryOptions({
    queryKey: keys.calls,
    queryFn: ({ signal }) => api.listCalls(signal),
    refetchInterval: isLineUp ? BESIDES_MS : RINGING_MS,
  });
/** Looked up once for each call or code: each look stands in a log. */
export const callerQuery = (callId: string, code?: string) =>
  queryOptions({ queryKey: keys.caller(callId, code), queryFn: () => api.findCaller(callId, code), staleTime: Number.POSITIVE_INFINITY });
export const callBacksQuery = queryOptions({
  queryKey: keys.callBacks,
  queryFn: ({ signal }) => api.listCallBacks(signal),
  refetchInterval: 60_000,
});
export const toldQuery = (told: { text?: string; areaId?: string; categoryId?: string; postId?: string }) =>
  queryOptions({
    queryKey: keys.told(told),
    queryFn: ({ signal }) => api.similarToTold(told, signal),
    enabled: Boolean(told.text || told.areaId),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
export const articlesQuery = (q: string) =>
  queryOptions({
    queryKey: keys.register('hotlineArticle', q),
    queryFn: () => administration.articles({ ...(q ? { q } : {}), limit: 6 }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
export const catalogueQuery = (areaId: string | undefined, categoryId: string | undefined) =>
  queryOptions({
    queryKey: keys.register('dispatchCatalogue', [areaId, categoryId]),
    queryFn: () => administration.dutyEffect(areaId!, categoryId!),
    enabled: Boolean(areaId && categoryId),
    staleTime: 5 * 60_000,
  });
