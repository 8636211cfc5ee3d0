import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../services.ts';

/** What can be exported, with which columns: changes with the product only. */
export const exportsQuery = queryOptions({ queryKey: keys.exports, queryFn: api.listExports, staleTime: Number.POSITIVE_INFINITY });
