import { queryOptions } from '@tanstack/react-query';
import type { CountFilter, DurationFilter } from '@tongxin/client/api.ts';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const countsQuery = (filter: CountFilter) =>
  queryOptions({ queryKey: keys.counts(filter), queryFn: () => api.counts(filter), staleTime: 30_000 });
export const durationsQuery = (filter: DurationFilter) =>
  queryOptions({ queryKey: keys.durations(filter), queryFn: () => api.durations(filter), staleTime: 30_000 });
export const lateQuery = (areaId?: string) =>
  queryOptions({ queryKey: keys.late(areaId), queryFn: () => api.late(areaId), staleTime: 30_000 });
/** Asked often while figures are not whole, so that the sentence goes as soon as they are. */
export const standingQuery = queryOptions({
  queryKey: keys.standing,
  queryFn: api.standing,
  refetchInterval: ({ state }) => (state.data?.partial ? 3_000 : 30_000),
});
export const burdenQuery = (filter: { areaId?: string; from: string; to: string }) =>
  queryOptions({ queryKey: keys.burden(filter), queryFn: () => api.burden(filter), staleTime: 30_000 });
