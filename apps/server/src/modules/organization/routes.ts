import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { OrganizationForm, OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import { SuccessionView, WorkLeft } from '@tongxin/domain/succession/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { closeBody, workOfBody } from './close/service.ts';
import { bodyOf, changeBody, changePost, endPost, makeBody, makePost, postOf } from './manage/service.ts';
import { organizations, posts } from './service.ts';

const MANAGES = { capability: 'organization.manage' } as const;
const closed = { additionalProperties: false } as const;
const ById = Type.Object({ id: Uuid });
const Versioned = Type.Object({ version: Type.Integer() });
const body = { ...OrganizationForm, areaId: Uuid, parentId: Type.Optional(Uuid) };
const post = { title: Label, responsibility: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })) };

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations',
    access: { signedIn: true },
    summary: 'Bodies of an area, of a kind, or both',
    schema: {
      query: Type.Object(
        {
          areaId: Type.Optional(Uuid),
          deep: Type.Optional(Type.Boolean()),
          kind: Type.Optional(Type.String({ maxLength: 40 })),
          closed: Type.Optional(Type.Boolean()),
          cursor: Type.Optional(Type.String({ maxLength: 500 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
        },
        closed,
      ),
      response: Type.Object({ organizations: Type.Array(OrganizationView), next: Type.Optional(Type.String()) }),
    },
    run: ({ deps, who, query }) => organizations(deps, who, query),
  }),
  route({
    method: 'GET',
    path: '/posts',
    access: { signedIn: true },
    summary: 'Posts of a body or an area: who answers for what, without names',
    schema: {
      query: Type.Object(
        {
          organizationId: Type.Optional(Uuid),
          areaId: Type.Optional(Uuid),
          role: Type.Optional(Type.String({ maxLength: 40 })),
          closed: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
      response: Type.Object({ posts: Type.Array(PostView) }),
    },
    run: async ({ deps, who, query }) => ({ posts: await posts(deps, who, query) }),
  }),
  route({
    method: 'POST',
    path: '/organizations',
    access: MANAGES,
    summary: 'A new body',
    schema: { body: Type.Object({ commandId: Uuid, id: Uuid, ...body }, closed), response: Changed },
    run: ({ deps, who, body: asked }) => makeBody(deps, who, asked),
  }),
  route({
    method: 'GET',
    path: '/organizations/:id',
    access: { signedIn: true },
    summary: 'One body, with the version to change it from',
    schema: { params: ById, response: Type.Intersect([OrganizationView, Versioned]) },
    run: ({ deps, who, params }) => bodyOf(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/organizations/:id',
    access: MANAGES,
    summary: 'Change a body',
    schema: {
      params: ById,
      body: Type.Object({ commandId: Uuid, version: Type.Integer({ minimum: 1 }), ...body }, closed),
      response: Changed,
    },
    run: ({ deps, who, params, body: asked }) => changeBody(deps, who, params.id, asked),
  }),
  route({
    method: 'GET',
    path: '/organizations/:id/work',
    access: MANAGES,
    summary: 'What a body would leave if it were closed',
    schema: { params: ById, response: WorkLeft },
    run: ({ deps, who, params }) => workOfBody(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/organizations/:id/close',
    access: MANAGES,
    summary: 'Close a body; its open work moves to another one first',
    schema: { params: ById, body: Type.Object({ commandId: Uuid, heirId: Type.Optional(Uuid) }, closed), response: SuccessionView },
    run: ({ deps, who, params, body: asked }) => closeBody(deps, who, params.id, asked),
  }),
  route({
    method: 'POST',
    path: '/posts',
    access: MANAGES,
    summary: 'A new post of a body',
    schema: {
      body: Type.Object(
        {
          commandId: Uuid,
          id: Uuid,
          organizationId: Uuid,
          areaId: Type.Optional(Uuid),
          role: Type.String({ minLength: 1, maxLength: 40 }),
          ...post,
        },
        closed,
      ),
      response: Changed,
    },
    run: ({ deps, who, body: asked }) => makePost(deps, who, asked),
  }),
  route({
    method: 'GET',
    path: '/posts/:id',
    access: { signedIn: true },
    summary: 'One post, with the version to change it from',
    schema: { params: ById, response: Type.Intersect([PostView, Versioned]) },
    run: ({ deps, who, params }) => postOf(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/posts/:id',
    access: MANAGES,
    summary: 'Change the title or the rank of a post',
    schema: {
      params: ById,
      body: Type.Object({ commandId: Uuid, version: Type.Integer({ minimum: 1 }), ...post }, closed),
      response: Changed,
    },
    run: ({ deps, who, params, body: asked }) => changePost(deps, who, params.id, asked),
  }),
  route({
    method: 'POST',
    path: '/posts/:id/end',
    access: MANAGES,
    summary: 'End a post that nobody holds',
    schema: { params: ById, body: Type.Object({ commandId: Uuid }, closed), response: Changed },
    run: ({ deps, who, params, body: asked }) => endPost(deps, who, params.id, asked.commandId),
  }),
];
