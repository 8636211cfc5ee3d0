import { type Suggestion, suggestBodies } from '@tongxin/domain/duty/rules.ts';
import type { DutyItem } from '@tongxin/domain/duty/schema.ts';
import type pg from 'pg';
import type { CategoryEntry, Directory, Place } from '../deps.ts';
import { type DirectoryRows, findDirectory, type OrganizationRow } from './repo.ts';

/** A place as a path of area ids from the city down, overlays last. */
export const pathOf = (place: Place): string[] =>
  [place.cityId, place.districtId, place.townId, place.communityId, place.gridId, ...place.overlayIds].filter((id) => id !== undefined);

/** Bodies that can receive, found once: filing asks for every case. */
const receivers = (organizations: readonly OrganizationRow[], needed: string) => {
  const able = organizations.filter((organization) => organization.capabilities.includes(needed));
  const hotline = able.find((organization) => organization.kind === 'hotline')?.organization_id;
  const byArea = new Map<string, string>();
  const offices = able.filter(({ kind, is_closed }) => kind !== 'hotline' && !is_closed);
  for (const { kind, area_id, organization_id } of able)
    if (kind !== 'hotline' && !byArea.has(area_id)) byArea.set(area_id, organization_id);
  return { hotline, byArea, offices, any: able[0]?.organization_id };
};

const officesOf = ({ offices }: ReturnType<typeof receivers>, path: readonly string[]): string[] =>
  path
    .toReversed()
    .flatMap((areaId) => offices.filter(({ area_id }) => area_id === areaId))
    .map(({ organization_id }) => organization_id);

const receivingOf = (found: ReturnType<typeof receivers>, channel: string, place: Place): string | undefined => {
  if (channel === 'hotline' && found.hotline) return found.hotline;
  const nearest = pathOf(place).findLast((areaId) => found.byArea.has(areaId));
  return nearest ? found.byArea.get(nearest) : (found.hotline ?? found.any);
};

/** Builds the look-ups over rows. */
export const makeDirectory = (rows: DirectoryRows): Directory => {
  const organizations = new Map(
    rows.organizations.map((row) => [
      row.organization_id,
      {
        label: row.name,
        areaId: row.area_id,
        kind: row.kind,
        isClosed: row.is_closed,
        mayBeRespondent: row.respondent,
        ...(row.mark ? { mark: row.mark } : {}),
      },
    ]),
  );
  const areas = new Map(rows.areas.map((row) => [row.area_id, { label: row.name, kind: row.kind }]));
  const posts = new Map(rows.posts.map((row) => [row.post_id, { label: row.title, organizationId: row.organization_id }]));
  const categories = new Map<string, CategoryEntry>();
  /** The body that a category names itself, for where no list does. */
  const ownBodies = new Map<string, string>();
  for (const row of rows.categories) {
    const entry: CategoryEntry = {
      categoryId: row.category_id,
      version: row.version,
      ...(row.parent_id ? { parentId: row.parent_id } : {}),
      label: row.name,
      questions: row.questions,
      ...(row.limit_amount !== null && row.limit_unit ? { limit: { amount: row.limit_amount, unit: row.limit_unit } } : {}),
      danger: row.danger ?? [],
      isRetired: row.is_retired,
      ...(row.successor_id ? { successorId: row.successor_id } : {}),
    };
    categories.set(`${row.category_id}/${row.version}`, entry);
    // Rows come in the order of their versions, so the last one stays: the newest.
    categories.set(row.category_id, entry);
    if (row.organization_id) ownBodies.set(row.category_id, row.organization_id);
    else ownBodies.delete(row.category_id);
  }
  const open = [...new Set(rows.categories.map((row) => row.category_id))]
    .map((id) => categories.get(id)!)
    .filter((entry) => !entry.isRetired);
  const receiving = new Map<string, ReturnType<typeof receivers>>();
  const receiversOf = (needed: string): ReturnType<typeof receivers> => {
    const found = receiving.get(needed) ?? receivers(rows.organizations, needed);
    receiving.set(needed, found);
    return found;
  };
  const duties = new Map<string, DutyItem[]>();
  for (const row of rows.duties) {
    const item: DutyItem = {
      listKind: row.kind,
      areaId: row.area_id,
      clause: row.clause,
      title: row.title,
      categoryId: row.category_id,
      ...(row.organization_id ? { organizationId: row.organization_id } : {}),
    };
    duties.set(row.category_id, [...(duties.get(row.category_id) ?? []), item]);
  }
  return {
    organization: (id) => organizations.get(id),
    area: (id) => areas.get(id),
    post: (id) => posts.get(id),
    categories: () => open,
    category: (id, version) => categories.get(version === undefined ? id : `${id}/${version}`),
    suggest: (categoryId, place): readonly (Omit<Suggestion, 'clause'> & { clause?: string })[] => {
      const listed = suggestBodies(duties.get(categoryId) ?? [], categoryId, pathOf(place));
      const own = ownBodies.get(categoryId);
      if (!own || organizations.get(own)?.isClosed || listed.some(({ organizationId }) => organizationId === own)) return listed;
      return [...listed, { organizationId: own }];
    },
    receiving: (needed, channel, place) => receivingOf(receiversOf(needed), channel, place),
    offices: (needed, place) => {
      const path = pathOf(place);
      const top = path.length ? path : [...areas].flatMap(([id, { kind }]) => (kind === 'city' ? [id] : []));
      return officesOf(receiversOf(needed), top);
    },
    everyOffice: (needed) => receiversOf(needed).offices.map(({ organization_id }) => organization_id),
  };
};

/** The directory over the database; `reload` after an administrator changed reference data. */
export const openDirectory = async (pool: pg.Pool): Promise<Directory & { reload(): Promise<void> }> => {
  let directory = makeDirectory(await findDirectory(pool));
  return {
    organization: (id) => directory.organization(id),
    area: (id) => directory.area(id),
    post: (id) => directory.post(id),
    category: (id, version) => directory.category(id, version),
    categories: () => directory.categories(),
    suggest: (categoryId, place) => directory.suggest(categoryId, place),
    receiving: (capability, channel, place) => directory.receiving(capability, channel, place),
    offices: (capability, place) => directory.offices(capability, place),
    everyOffice: (capability) => directory.everyOffice(capability),
    reload: async () => {
      directory = makeDirectory(await findDirectory(pool));
    },
  };
};
