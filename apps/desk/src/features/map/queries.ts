import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { MapFilter } from '@tongxin/client/api.ts';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

/** Figures of an area and of what lies directly below it; without an area, of where the reader's first post stands. */
export const countsQuery = (filter: MapFilter, areaId: string | undefined) =>
  queryOptions({
    queryKey: keys.mapCounts({ ...filter, areaId }),
    queryFn: ({ signal }) => api.countOnMap({ ...filter, areaId }, signal),
    placeholderData: keepPreviousData,
  });

export const namedQuery = (words: string) =>
  queryOptions({
    queryKey: keys.foundAreas(words),
    queryFn: ({ signal }) => api.findAreas(words, signal),
    enabled: words !== '',
    staleTime: 60_000,
  });
