import { Uuid } from '@tongxin/domain/case/view.ts';
import { OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { organizations, posts } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations',
    access: { signedIn: true },
    summary: 'Bodies of an area, of a kind, or both',
    schema: {
      query: Type.Object(
        { areaId: Type.Optional(Uuid), deep: Type.Optional(Type.Boolean()), kind: Type.Optional(Type.String({ maxLength: 40 })) },
        { additionalProperties: false },
      ),
      response: Type.Object({ organizations: Type.Array(OrganizationView) }),
    },
    run: async ({ deps, who, query }) => ({ organizations: await organizations(deps, who, query) }),
  }),
  route({
    method: 'GET',
    path: '/posts',
    access: { signedIn: true },
    summary: 'Posts of a body or an area: who answers for what, without names',
    schema: {
      query: Type.Object(
        { organizationId: Type.Optional(Uuid), areaId: Type.Optional(Uuid), role: Type.Optional(Type.String({ maxLength: 40 })) },
        { additionalProperties: false },
      ),
      response: Type.Object({ posts: Type.Array(PostView) }),
    },
    run: async ({ deps, who, query }) => ({ posts: await posts(deps, who, query) }),
  }),
];
