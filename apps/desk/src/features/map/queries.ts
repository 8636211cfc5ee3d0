import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { MapFilter } from '@tongxin/client/api.ts';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

/** Figures of an area and of what lies directly below it; without an area, of where the reader's post stands. */
export const countsQuery = (filter: MapFilter, areaId: string | undefined, postId: string | undefined) =>
  queryOptions({
    queryKey: keys.mapCounts({ ...filter, areaId, postId }),
    queryFn: ({ signal }) => api.countOnMap({ ...filter, areaId, postId }, signal),
    placeholderData: keepPreviousData,
  });

export const namedQuery = (words: string) =>
  queryOptions({
    queryKey: keys.foundAreas(words),
    queryFn: ({ signal }) => api.findAreas(words, signal),
    enabled: words !== '',
    staleTime: 60_000,
  });
