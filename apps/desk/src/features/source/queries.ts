import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const causesQuery = (from: string, to: string) =>
  queryOptions({ queryKey: keys.causes(from, to), queryFn: () => api.disputeCauses(from, to) });
export const measuresQuery = queryOptions({ queryKey: keys.measures, queryFn: api.listMeasures });
