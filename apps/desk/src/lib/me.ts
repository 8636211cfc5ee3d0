import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { Me } from '@tongxin/client/shapes.ts';
import { chosenFirst } from './post.ts';
import { api } from './services.ts';

export const meQuery = queryOptions({ queryKey: keys.me, queryFn: async () => chosenFirst(await api.getMe()), staleTime: 5 * 60_000 });

/** Whether any post held today allows it. The server decides again; this only spares people useless doors. */
export const mayDo = (me: Me | undefined, capability: string): boolean =>
  me?.posts.some((post) => post.capabilities.includes(capability)) ?? false;

/** By which post its reader does what asks for a capability: the one they look from where it may, else the next that may. */
export const postThatMay = (me: Me | undefined, capability: string): string | undefined =>
  me?.posts.find((post) => post.capabilities.includes(capability))?.postId;

/** Of somebody with several posts, the area of the one they look from, or of the next that may; the server knows whose only post it is. */
export const areaOfPost = (me: Me | undefined, capability: string): string | undefined =>
  me && me.posts.length > 1 ? me.posts.find((post) => post.capabilities.includes(capability))?.areaId : undefined;
