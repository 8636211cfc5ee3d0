import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { Me } from '@tongxin/client/shapes.ts';
import { api } from './services.ts';

export const meQuery = queryOptions({ queryKey: keys.me, queryFn: api.getMe, staleTime: 5 * 60_000 });

/** Whether any post held today allows it. The server decides again; this only spares people useless doors. */
export const mayDo = (me: Me | undefined, capability: string): boolean =>
  me?.posts.some((post) => post.capabilities.includes(capability)) ?? false;
