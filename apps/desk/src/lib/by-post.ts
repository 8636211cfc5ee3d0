import type { Me } from '@tongxin/client/shapes.ts';
import { meQuery, postThatMay } from './me.ts';
import { queryClient } from './services.ts';

type ByPost<T> = T & { readonly postId?: string };

const named = async <T extends object>(body: T, postOf: (me: Me) => string | undefined): Promise<ByPost<T>> => {
  const postId = postOf(await queryClient.ensureQueryData(meQuery));
  return { ...body, ...(postId ? { postId } : {}) };
};

/** What asks for a capability, as it is sent: by the post in the head of the page just now where it has it, else by the next that has. */
export const byPostThatMay = <T extends object>(body: T, capability: string): Promise<ByPost<T>> =>
  named(body, (me) => postThatMay(me, capability));

/** An action on a case, as it is sent: by the post in the head of the page just now. Whether it may, or which of theirs does, the server knows. */
export const byPost = <T extends object>(action: T): Promise<ByPost<T>> =>
  named(action, ({ posts }) => (posts.length > 1 ? posts[0]!.postId : undefined));
