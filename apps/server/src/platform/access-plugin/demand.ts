import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import type { Capability } from '@tongxin/domain/post/policy.ts';
import { forbidden, notFound, signInNeeded } from '../errors/problem.ts';

/** Who may call a route. `public` names the reason why anybody may: what they then see is still row-level security's to say. */
export type Access =
  | { readonly public: string }
  /** Any signed-in person or service. */
  | { readonly signedIn: true }
  /** Somebody who holds a post with the capability today. */
  | { readonly capability: Capability }
  /** Somebody who holds posts with one of these: a door of several kinds of work, whose service tells them apart. */
  | { readonly anyOf: readonly Capability[] }
  /** Whoever holds the query code that stands in the address as `:code`. */
  | { readonly receipt: true };
export type Requirement = Exclude<Access, { readonly public: string }>;

export const holds = (actor: Actor, capability: Capability): boolean => actor.posts.some((post) => post.capabilities.includes(capability));

/** The post somebody looks from: the one named, which must be held by them now, else their first: the one they chose, or have held longest. Throws 403 `postNotYours`. */
export const postOf = ({ posts }: Actor, postId: string | undefined): HeldPost | undefined => {
  if (postId === undefined) return posts[0];
  const held = posts.find((post) => post.postId === postId);
  if (!held) throw forbidden('postNotYours');
  return held;
};

/**
 * The actor with the post they chose to work by standing first, wherever one of several must do: where it may not do a thing, the first that may
 * does, and what they see and may do is what all their posts give. Throws 403 `postNotYours` where it is not theirs now.
 */
export const byPost = (actor: Actor, postId: string | undefined): Actor => {
  if (postId === undefined) return actor;
  const chosen = postOf(actor, postId)!;
  return { ...actor, posts: [chosen, ...actor.posts.filter((post) => post !== chosen)], chosenPostId: postId };
};

/**
 * Refuses unless the actor that `enter()` answered meets the requirement. `withScope` calls it in the transaction it has just opened, so a
 * check costs no round trip of its own; a service calls it for what depends on its input. Throws 401, 403, or 404 for an unknown code.
 */
export const demand = (actor: Actor, required: Requirement | Capability, receipt?: object): void => {
  const requirement: Requirement = typeof required === 'string' ? { capability: required } : required;
  if ('receipt' in requirement) {
    if (!receipt) throw notFound();
    return;
  }
  if (actor.kind === 'anonymous') throw signInNeeded();
  if ('capability' in requirement && !holds(actor, requirement.capability))
    throw forbidden('missingCapability', { capability: requirement.capability });
  if ('anyOf' in requirement && !requirement.anyOf.some((capability) => holds(actor, capability)))
    throw forbidden('missingCapability', { capability: requirement.anyOf[0]! });
};
