import type { FacilityView } from '@tongxin/domain/facility/schema.ts';
import { api } from '../../lib/services.ts';

let categories: ReturnType<typeof api.listCategories> | undefined;

/** The list changes rarely: asked for once a visit, again after a failure. */
export const listCategories = () => {
  categories ??= api.listCategories().catch((problem) => {
    categories = undefined;
    throw problem;
  });
  return categories;
};

const areas = new Map<string, ReturnType<typeof api.listAreas>>();
export const listAreas = (parentId?: string) => {
  const key = parentId ?? '';
  const known = areas.get(key);
  if (known) return known;
  const asked = api.listAreas(parentId).catch((problem) => {
    areas.delete(key);
    throw problem;
  });
  areas.set(key, asked);
  return asked;
};

/** Facilities people can name; an area without any is no failure. */
export const listFacilities = (areaId: string): Promise<FacilityView[]> => api.listFacilities(areaId);
/** Offices that take letters, from an area upwards. */
export const listLetterOffices = (areaId?: string) => api.listOffices('letter', areaId);
export const getChannels = api.channels;
export const resolveArea = api.resolveArea;
