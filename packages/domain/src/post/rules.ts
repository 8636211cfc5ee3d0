import type { Actor, HeldPost, Refusal } from '../case/schema.ts';
import { appointsTo, ROLES } from './policy.ts';

/** The post by which somebody may use a capability over an area: one of the area itself or of one above it. `path`: area ids from the top down. */
export const postOver = (actor: Actor, capability: string, path: readonly string[]): HeldPost | undefined =>
  actor.posts.find((post) => post.capabilities.includes(capability) && path.includes(post.areaId));

/**
 * The post by which somebody may manage what belongs to a body: one that sees areas, over the body's; or any of the body itself. `path`: the areas
 * from the top down to the body's.
 */
export const postManaging = (actor: Actor, capability: string, path: readonly string[], organizationId: string): HeldPost | undefined =>
  actor.posts.find(
    (post) =>
      post.capabilities.includes(capability) &&
      (post.organizationId === organizationId || (seesAreas(post.role) && path.includes(post.areaId))),
  );

const seesAreas = (role: string): boolean => Object.hasOwn(ROLES, role) && ROLES[role as keyof typeof ROLES].sees === 'area';

const refuse = (code: string): Refusal => ({ ok: false, code });

/** A post somebody would make or fill: its role, and the areas from the top down of the post and of its body. */
export interface PostAsked {
  readonly role: string;
  readonly areaPath: readonly string[];
  readonly bodyPath: readonly string[];
}

/**
 * Whether an actor may make a post, or appoint somebody to it: by a post that appoints to its role, over both its area and its body's. Nobody
 * appoints themselves.
 */
export const permitAppointment = (
  actor: Actor,
  capability: 'organization.manage' | 'person.manage',
  post: PostAsked,
  personId?: string,
): { readonly ok: true; readonly post: HeldPost } | Refusal => {
  if (!Object.hasOwn(ROLES, post.role)) return refuse('unknownRole');
  if (personId !== undefined && personId === actor.personId) return refuse('notToYourself');
  const over = actor.posts.filter(
    (held) => held.capabilities.includes(capability) && post.areaPath.includes(held.areaId) && post.bodyPath.includes(held.areaId),
  );
  if (over.length === 0) return refuse('beyondYourArea');
  const fit = over.find((held) => appointsTo(held.role).includes(post.role));
  return fit ? { ok: true, post: fit } : refuse('roleNotYours');
};

/** Whether two times in a post touch; `to` is the first day that no longer counts. */
export const overlaps = (a: { from: string; to?: string }, b: { from: string; to?: string }): boolean =>
  (a.to === undefined || b.from < a.to) && (b.to === undefined || a.from < b.to);
