import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';
import { type Filter, questionOf } from './filter.ts';

export const casesQuery = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: keys.cases(filter),
    queryFn: ({ pageParam, signal }) =>
      api.listCases({ ...questionOf(filter), ...(pageParam ? { cursor: pageParam, count: false } : {}) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  });

export const caseQuery = (id: string) => queryOptions({ queryKey: keys.case(id), queryFn: ({ signal }) => api.getCase(id, signal) });

export const documentsQuery = (id: string) =>
  queryOptions({ queryKey: keys.documents(id), queryFn: ({ signal }) => api.listDocuments(id, signal) });

export const findCases = (q: string) => api.listCases({ q, limit: 10 });
