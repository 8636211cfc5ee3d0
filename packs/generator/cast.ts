import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import { SERVICE_ORGANIZATION, SERVICES, type ServiceName } from '@tongxin/domain/organization/schema.ts';
import type { PackPost } from '@tongxin/domain/pack/schema.ts';
import { ROLES, type Role } from '@tongxin/domain/post/policy.ts';
import type { Laid } from './areas.ts';
import type { Staffed } from './organizations.ts';

/** Who acts in synthetic cases: the people of the pack, each under one post, and the platform's services. */
export interface Cast {
  readonly cityId: string;
  /** The first, second … holder of a role in a body. */
  inBody(organizationId: string, role: Role, n?: number): Actor;
  inArea(areaId: string, key: string, role: Role, n?: number): Actor;
  bodyId(areaId: string, key: string): string;
  service(name: ServiceName): Actor;
  /** Whoever holds the query code of a case, coming through the portal. */
  reporter(caseId: string): Actor;
}

const heldOf = (post: PackPost): HeldPost => ({
  postId: post.postId,
  organizationId: post.organizationId,
  areaId: post.areaId,
  role: post.role,
  capabilities: ROLES[post.role].capabilities,
});

export const makeCast = (laid: Laid, staffed: Staffed): Cast => {
  const cityId = laid.areas[0]!.areaId;
  const byRole = new Map<string, Actor[]>();
  for (const post of staffed.posts) {
    const key = `${post.organizationId}/${post.role}`;
    byRole.set(key, [...(byRole.get(key) ?? []), { kind: 'person', personId: staffed.holderOf(post.postId), posts: [heldOf(post)] }]);
  }
  const inBody = (organizationId: string, role: Role, n = 0): Actor => {
    const actors = byRole.get(`${organizationId}/${role}`);
    if (!actors) throw new Error(`no ${role} in ${organizationId}`);
    return actors[n % actors.length]!;
  };
  const bodyId = (areaId: string, key: string): string => staffed.organizationOf(areaId, key).organizationId;
  const serviceOf = (name: ServiceName): Actor => {
    const { personId, postId, role } = SERVICES[name];
    const held = {
      postId,
      organizationId: SERVICE_ORGANIZATION.organizationId,
      areaId: cityId,
      role,
      capabilities: ROLES[role].capabilities,
    };
    return { kind: 'service', personId, posts: [held] };
  };
  const portal = serviceOf('portal');
  return {
    cityId,
    inBody,
    inArea: (areaId, key, role, n) => inBody(bodyId(areaId, key), role, n),
    bodyId,
    service: serviceOf,
    reporter: (caseId) => ({ ...portal, kind: 'anonymous', receiptCaseIds: [caseId] }),
  };
};
