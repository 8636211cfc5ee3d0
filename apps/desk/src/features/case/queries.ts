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

export const { caseDiagramUrl } = api;
export const similarQuery = (id: string) =>
  queryOptions({ queryKey: keys.similar(id), queryFn: ({ signal }) => api.similarCases(id, signal), staleTime: 60_000 });

const HOUR = 60 * 60_000;
export const areaQuery = (id: string) => queryOptions({ queryKey: keys.area(id), queryFn: () => api.getArea(id), staleTime: HOUR });

/** Half the side of the box around a spot in which facilities are looked for, in degrees: about 300 metres. */
const BESIDE = 0.003;
export const facilitiesNearQuery = ({ lon, lat }: { readonly lon: number; readonly lat: number }) => {
  const bbox = [lon - BESIDE, lat - BESIDE, lon + BESIDE, lat + BESIDE] as const;
  return queryOptions({ queryKey: keys.facilitiesIn(bbox), queryFn: () => api.listFacilitiesIn(bbox), staleTime: HOUR });
};
