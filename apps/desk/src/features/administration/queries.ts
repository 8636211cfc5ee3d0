import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { administration as api } from '../../lib/services.ts';

const first = undefined as string | undefined;

export const staffQuery = (query: { organizationId?: string; words?: string }) =>
  infiniteQueryOptions({
    queryKey: keys.register('staff', query),
    queryFn: ({ pageParam }) => api.staff({ ...query, cursor: pageParam }),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });
export const organizationsPageQuery = (query: { areaId?: string; deep?: boolean; closed?: boolean }) =>
  infiniteQueryOptions({
    queryKey: keys.register('organizations', query),
    queryFn: ({ pageParam }) => api.organizations({ ...query, cursor: pageParam, limit: 50 }),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });
export const logQuery = (query: { kind?: string; subjectId?: string }) =>
  infiniteQueryOptions({
    queryKey: keys.register('log', query),
    queryFn: ({ pageParam }) => api.log({ ...query, cursor: pageParam }),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });
export const postsQuery = (query: { organizationId?: string; areaId?: string }) =>
  queryOptions({
    queryKey: keys.register('posts', query),
    queryFn: () => api.posts(query),
    enabled: Boolean(query.organizationId ?? query.areaId),
  });
export const organizationQuery = (id: string) =>
  queryOptions({ queryKey: keys.register('organization', id), queryFn: () => api.organization(id) });
export const postQuery = (id: string) => queryOptions({ queryKey: keys.register('post', id), queryFn: () => api.post(id) });
export const workLeftQuery = (holdingId: string) =>
  queryOptions({ queryKey: keys.register('workLeft', holdingId), queryFn: () => api.workLeft(holdingId) });
export const workOfBodyQuery = (id: string) =>
  queryOptions({ queryKey: keys.register('workOfBody', id), queryFn: () => api.workOfBody(id) });
export const waitingQuery = queryOptions({ queryKey: keys.register('waiting'), queryFn: api.waiting });

export const articlesQuery = (query: { q?: string; past?: boolean }) =>
  infiniteQueryOptions({
    queryKey: keys.register('articles', query),
    queryFn: ({ pageParam }) => api.articles({ ...query, cursor: pageParam }),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
  });

export const facilitiesQuery = (query: { areaId?: string | undefined; kind?: string; q?: string; closed?: boolean }) =>
  infiniteQueryOptions({
    queryKey: keys.register('facilities', query),
    queryFn: ({ pageParam }) => api.facilities({ ...query, cursor: pageParam, limit: 50 }),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
    enabled: query.areaId !== undefined,
    placeholderData: keepPreviousData,
  });
export const facilityQuery = (id: string) => queryOptions({ queryKey: keys.register('facility', id), queryFn: () => api.facility(id) });

/** After a change: every register and every list of names is read again. */
export const useRefresh = (): (() => Promise<void>) => {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['register'] }),
      client.invalidateQueries({ queryKey: ['organizations'] }),
      client.invalidateQueries({ queryKey: keys.categories }),
      client.invalidateQueries({ queryKey: keys.allFacilities }),
    ]);
  };
};
