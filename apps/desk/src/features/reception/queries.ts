import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { administration, api } from '../../lib/services.ts';

export const sessionsQuery = queryOptions({ queryKey: keys.receptions, queryFn: api.listOwnReceptions });
export const sessionQuery = (id: string) => queryOptions({ queryKey: keys.reception(id), queryFn: () => api.getReception(id) });
export const monthsQuery = queryOptions({ queryKey: keys.receptionMonths, queryFn: api.receptionMonths });
/** Posts of a body that may receive. */
export const postsQuery = (organizationId: string) =>
  queryOptions({ queryKey: keys.postsOf(organizationId), queryFn: () => administration.posts({ organizationId }) });
