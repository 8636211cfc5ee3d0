import type { MapFilter } from '@tongxin/client/api.ts';
import { lightNames } from '@tongxin/ui/light.ts';
import { localDate } from '@tongxin/ui/time.ts';

export const FIGURES = ['n', 'late', 'today'] as const;
export type Figure = (typeof FIGURES)[number];

/** What the map's address says: a link to a map is the map. */
export interface MapSearch extends MapFilter {
  readonly areaId?: string | undefined;
  /** By which figure areas are coloured; `n` unless said. */
  readonly figure?: Figure | undefined;
  /** Where it stands: longitude, latitude, zoom. Whoever comes back finds the same view. */
  readonly at?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value.slice(0, 200) : undefined);
const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/u.test(value) ? value : undefined);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

const AT = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,2}(?:\.\d{1,6})?),(\d{1,2}(?:\.\d{1,3})?)$/u;

/** Where an address says that the map stands. */
export const placeFrom = (at: string | undefined): { readonly center: [number, number]; readonly zoom: number } | undefined => {
  const [, lon, lat, zoom] = AT.exec(at ?? '') ?? [];
  const inside = lon !== undefined && Math.abs(Number(lon)) <= 180 && Math.abs(Number(lat)) <= 85 && Number(zoom) <= 24;
  return inside ? { center: [Number(lon), Number(lat)], zoom: Number(zoom) } : undefined;
};
export const placeText = (lon: number, lat: number, zoom: number): string => `${lon.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`;

/** Reads a map's filter from an address; what does not belong is dropped. */
export const mapSearchFrom = (search: Record<string, unknown>): MapSearch => {
  const areaId = typeof search.areaId === 'string' && UUID.test(search.areaId) ? search.areaId : undefined;
  const figure = FIGURES.find((one) => one === search.figure);
  const [from, to, stage, categoryId] = [day(search.from), day(search.to), text(search.stage), text(search.categoryId)];
  const light = lightNames.find((one) => one === search.light);
  return {
    ...(search.show === 'filed' ? { show: 'filed' as const } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(stage ? { stage } : {}),
    ...(light ? { light } : {}),
    ...(categoryId ? { categoryId } : {}),
    ...(areaId ? { areaId } : {}),
    ...(figure ? { figure } : {}),
    ...(typeof search.at === 'string' && placeFrom(search.at) ? { at: search.at } : {}),
  };
};

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;

/** The question for the server; what was filed needs days, the last thirty unless said. */
export const questionOf = ({ show, from, to, stage, light, categoryId }: MapSearch, now: number): MapFilter =>
  show === 'filed'
    ? { show, from: from ?? localDate(now - (MONTH_DAYS - 1) * DAY_MS), to: to ?? localDate(now), stage, categoryId }
    : { stage, light, categoryId, from, to };

/** The inbox's address for what the map shows: of an area, or within a box on it. */
export const inboxOf = (search: MapSearch, now: number, where: { readonly area: string[] } | { readonly bbox: string }) => {
  const { show, from, to, stage, light, categoryId } = questionOf(search, now);
  return {
    ...where,
    ...(show === 'filed' ? { view: 'area' as const } : {}),
    ...(from ? { filedFrom: from } : {}),
    ...(to ? { filedTo: to } : {}),
    ...(stage ? { stage } : {}),
    ...(light ? { light } : {}),
    ...(categoryId ? { categoryId } : {}),
  };
};
