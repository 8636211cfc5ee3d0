import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const ownQuery = queryOptions({ queryKey: keys.screeningOwn, queryFn: api.ownScreening });
export const overviewQuery = (month: string) =>
  queryOptions({ queryKey: keys.screeningOverview(month), queryFn: () => api.screeningOverview(month) });
/** Disputes the reporter sees, to name one for a matter. */
export const ownDisputesQuery = queryOptions({ queryKey: keys.disputes, queryFn: api.listDisputes });
