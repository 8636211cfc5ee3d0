import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const webhooksQuery = queryOptions({ queryKey: keys.webhooks, queryFn: api.listWebhooks });
export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.deliveries(id),
    queryFn: () => api.listDeliveries(id),
    refetchInterval: ({ state }) => (state.data?.some(({ status, attempts }) => status === 'waiting' && attempts === 0) ? 2000 : false),
  });
export const linesQuery = queryOptions({ queryKey: keys.lines, queryFn: api.listLines });
export const open311Query = queryOptions({ queryKey: keys.open311, queryFn: api.listOpen311 });
export const tokensQuery = queryOptions({ queryKey: keys.tokens, queryFn: api.listTokens });
