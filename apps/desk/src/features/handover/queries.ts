import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

export const handoversQuery = queryOptions({ queryKey: keys.handovers, queryFn: api.listHandovers });
export const handoverQuery = (id: string) => queryOptions({ queryKey: keys.handover(id), queryFn: () => api.getHandover(id) });
export const handoverDraftQuery = (organizationId: string) =>
  queryOptions({ queryKey: keys.handoverDraft(organizationId), queryFn: () => api.draftHandover(organizationId), staleTime: 0 });
