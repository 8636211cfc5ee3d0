import type { Actor, HeldPost } from '../case/schema.ts';

/** The post by which somebody may use a capability over an area: one of the area itself or of one above it. `path`: area ids from the top down. */
export const postOver = (actor: Actor, capability: string, path: readonly string[]): HeldPost | undefined =>
  actor.posts.find((post) => post.capabilities.includes(capability) && path.includes(post.areaId));
