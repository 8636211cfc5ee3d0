import type { OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { presentOrganization, presentPost } from './present.ts';
import { findOrganizations, findPosts, type OrganizationQuery, type PostQuery } from './repo.ts';

/** More than any area has directly; a city's whole tree is asked for by area. */
const MOST = 2000;

export const organizations = (
  deps: Deps,
  who: Who,
  { cursor, limit = MOST, ...query }: Omit<OrganizationQuery, 'after'> & { cursor?: string; limit?: number },
): Promise<{ organizations: OrganizationView[]; next?: string }> => {
  const [, id, name] = /^([0-9a-f-]{36})_(.*)$/su.exec(cursor ?? '') ?? [];
  if (cursor !== undefined && (!id || name === undefined)) throw invalid('badCursor');
  return withScope(deps.pools.app, who, async ({ tx }) => {
    const rows = await findOrganizations(tx, { ...query, ...(id && name !== undefined ? { after: { id, name } } : {}) }, limit);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { organizations: rows.map(presentOrganization), ...(last ? { next: `${last.organization_id}_${last.name.zh}` } : {}) };
  });
};

/** The responsibility map of a body or an area: its posts, first responsible person first. */
export const posts = (deps: Deps, who: Who, query: PostQuery): Promise<PostView[]> => {
  if (!query.organizationId && !query.areaId) throw invalid('placeMissing');
  const day = new Date(deps.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  return withScope(deps.pools.app, who, async ({ tx }) => (await findPosts(tx, query, day, MOST)).map(presentPost));
};
