import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { api } from './services.ts';

/** Reference lists change by the day, not by the minute. */
const HOUR = 60 * 60_000;

export const categoriesQuery = queryOptions({ queryKey: keys.categories, queryFn: api.listCategories, staleTime: HOUR });
export const proceduresQuery = queryOptions({ queryKey: keys.procedures, queryFn: api.listProcedures, staleTime: HOUR });
export const organizationsQuery = queryOptions({ queryKey: keys.organizations(), queryFn: () => api.listOrganizations(), staleTime: HOUR });
/** The bodies of an area and of everything below it. */
export const organizationsOfQuery = (areaId: string) =>
  queryOptions({ queryKey: keys.organizations(areaId), queryFn: () => api.listOrganizations(areaId), staleTime: HOUR });
export const areasQuery = (parentId?: string) =>
  queryOptions({ queryKey: keys.areas(parentId), queryFn: () => api.listAreas(parentId), staleTime: HOUR });
