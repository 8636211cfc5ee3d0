import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const demoQuery = queryOptions({ queryKey: keys.demo, queryFn: api.demoAccounts, staleTime: Number.POSITIVE_INFINITY });
