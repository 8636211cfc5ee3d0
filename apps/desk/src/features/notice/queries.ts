import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import type { NoticeFilter } from '@tongxin/client/api.ts';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

/** The latest and how many are unread: for the head of every page. The live line makes it stale; the minute is for a line that is down. */
export const useNotices = () => useQuery({ queryKey: keys.notices, queryFn: () => api.listNotices(), refetchInterval: 60_000 });

export const noticeListQuery = (filter: Omit<NoticeFilter, 'cursor'>) =>
  infiniteQueryOptions({
    queryKey: keys.noticeList(filter),
    queryFn: ({ pageParam }) => api.listNotices({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
export const digestQuery = (digestId: string) =>
  queryOptions({ queryKey: keys.noticeList({ digestId }), queryFn: () => api.listNotices({ digestId }) });
export const addressesQuery = queryOptions({ queryKey: keys.addresses, queryFn: api.addresses });
export const settingsQuery = queryOptions({ queryKey: keys.noticeSettings, queryFn: api.noticeSettings });
