import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const standardsQuery = queryOptions({ queryKey: keys.aidStandards, queryFn: () => api.aidStandards() });
