import type { QueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { Me } from '@tongxin/client/shapes.ts';
import { useSyncExternalStore } from 'react';

/** Somebody with several posts looks from one of them: theirs alone, on this device, until they sign out. */
interface Choice {
  readonly personId: string;
  readonly postId: string;
}
const KEPT = 'tongxin.post';

const read = (): Choice | undefined => {
  const [personId, postId] = localStorage.getItem(KEPT)?.split('/') ?? [];
  return personId && postId ? { personId, postId } : undefined;
};
let choice = read();
/** A post they looked from ended meanwhile, and they have not yet been seen to know. */
let over = false;
const listeners = new Set<() => void>();
const set = (next: Choice | undefined, isOver = false): void => {
  choice = next;
  over = isOver;
  if (next) localStorage.setItem(KEPT, `${next.personId}/${next.postId}`);
  else localStorage.removeItem(KEPT);
  for (const listener of listeners) listener();
};

/** The post chosen: every request names it, lists are asked from it and what is done is recorded under it. Undefined: the server takes the first. */
export const chosenPost = (): string | undefined => choice?.postId;
export const choosePost = (personId: string, postId: string): void => set({ personId, postId });
export const forgetPost = (): void => set(undefined);

/**
 * The server refused a post (`postNotYours`). Where its reader held it by what was heard of them last, it has ended while they looked: who they are
 * is asked again, and they are told.
 */
export const postRefused = (client: QueryClient, postId = chosenPost()): void => {
  const isOver = client.getQueryData<Me>(keys.me)?.posts.some((post) => post.postId === postId) ?? false;
  if (isOver || choice?.postId === postId) set(choice?.postId === postId ? undefined : choice, isOver);
  if (isOver) void client.invalidateQueries({ queryKey: keys.me });
};

/**
 * What was read by the post before, and does not name the new one, is read anew: at once where it is on screen, else when it is opened. Who they
 * are stays as it is.
 */
export const readAnew = (client: QueryClient, postId: string | undefined): void => {
  const isOfAnother = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
    queryKey[0] !== keys.me[0] && !(postId && JSON.stringify(queryKey).includes(postId));
  client.removeQueries({ type: 'inactive', predicate: isOfAnother });
  // What is still on its way was asked for by the post before.
  void client.cancelQueries({ predicate: isOfAnother }).then(() => client.invalidateQueries({ predicate: isOfAnother }));
};

/** They have read it. */
export const seenPostOver = (): void => set(choice);

/** The post chosen stands first, wherever one of several must do. A choice that is another's, or of a post no longer held, is forgotten. */
export const chosenFirst = (me: Me): Me => {
  if (!choice) return me;
  const chosen = choice.personId === me.personId ? me.posts.find(({ postId }) => postId === choice?.postId) : undefined;
  if (chosen) return { ...me, posts: [chosen, ...me.posts.filter((post) => post !== chosen)] };
  set(undefined, over);
  return me;
};

const listen = (changed: () => void): (() => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};
export const usePost = (): string | undefined => useSyncExternalStore(listen, chosenPost);
export const usePostOver = (): boolean => useSyncExternalStore(listen, () => over);
