import { queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { Me } from '@tongxin/client/shapes.ts';
import { api } from './services.ts';

export const meQuery = queryOptions({ queryKey: keys.me, queryFn: api.getMe, staleTime: 5 * 60_000 });

/** What opens the administration: each is a register there. */
export const ADMINISTERS = [
  'person.manage',
  'organization.manage',
  'roster.manage',
  'duty.manage',
  'category.manage',
  'knowledge.manage',
  'facility.manage',
  'calendar.manage',
  'administration.read',
] as const;

/** Whether any post held today allows it. The server decides again; this only spares people useless doors. */
export const mayDo = (me: Me | undefined, capability: string): boolean =>
  me?.posts.some((post) => post.capabilities.includes(capability)) ?? false;
