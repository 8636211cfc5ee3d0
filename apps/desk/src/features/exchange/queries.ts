import { queryOptions } from '@tanstack/react-query';
import type { JobView } from '@tongxin/client/exchange.ts';
import { keys } from '@tongxin/client/keys.ts';
import { api } from '../../lib/services.ts';

const ASK_MS = 1000;
export const isOpen = (job: Pick<JobView, 'status'>): boolean => job.status === 'waiting' || job.status === 'running';

/** Asked again while something is under way. */
export const jobsQuery = queryOptions({
  queryKey: keys.jobs,
  queryFn: ({ signal }) => api.listJobs(signal),
  refetchInterval: ({ state }) => (state.data?.some(isOpen) ? ASK_MS : false),
});
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: keys.job(id),
    queryFn: ({ signal }) => api.getJob(id, signal),
    refetchInterval: ({ state }) => (!state.data || isOpen(state.data) ? ASK_MS : false),
  });
export const templatesQuery = queryOptions({ queryKey: keys.templates, queryFn: api.listTemplates });
export const templateQuery = (id: string) => queryOptions({ queryKey: keys.template(id), queryFn: () => api.getTemplate(id) });
