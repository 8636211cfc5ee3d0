import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from './services.ts';

/** Reply templates of one's own offices; with those that are no longer offered, for who keeps them. */
export const repliesQuery = (retired: boolean) =>
  queryOptions({ queryKey: keys.replyTemplates(retired), queryFn: () => api.listReplyTemplates(retired), staleTime: 5 * 60_000 });
