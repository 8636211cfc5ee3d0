import { Uuid } from '@tongxin/domain/case/view.ts';
import { Count, NewView, SavedView } from '@tongxin/domain/inbox/schema.ts';
import { Type } from 'typebox';
import { route } from '../../platform/access-plugin/route.ts';
import { countViews, dropView, keepView, listViews } from './service.ts';

const ViewParam = Type.Object({ id: Uuid });

export const routes = [
  route({
    method: 'GET',
    path: '/inbox/views',
    access: { signedIn: true },
    summary: 'Lists the caller named for themselves',
    schema: { response: Type.Object({ views: Type.Array(SavedView) }) },
    run: async ({ deps, who }) => ({ views: await listViews(deps, who) }),
  }),
  route({
    method: 'PUT',
    path: '/inbox/views/:id',
    access: { signedIn: true },
    summary: 'Saves a list under a name; the same id again changes it',
    schema: { params: ViewParam, body: NewView, response: SavedView },
    run: ({ deps, who, params, body }) => keepView(deps, who, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/inbox/views/:id',
    access: { signedIn: true },
    summary: 'Removes a saved list',
    schema: { params: ViewParam, response: ViewParam },
    run: async ({ deps, who, params }) => {
      await dropView(deps, who, params.id);
      return { id: params.id };
    },
  }),
  route({
    method: 'GET',
    path: '/inbox/counts',
    access: { signedIn: true },
    summary: 'How many cases each view holds, exact to 1,000',
    schema: {
      query: Type.Object({ postId: Type.Optional(Uuid) }, { additionalProperties: false }),
      response: Type.Object({ counts: Type.Array(Type.Object({ view: Type.String(), count: Type.Optional(Count) })) }),
    },
    run: async ({ deps, who, query }) => ({ counts: await countViews(deps, who, query.postId) }),
  }),
] as const;
