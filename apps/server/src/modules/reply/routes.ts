import { Uuid } from '@tongxin/domain/case/view.ts';
import { NewReplyTemplate, ReplyTemplate, ReplyTemplateChange } from '@tongxin/domain/reply/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { changeTemplate, makeTemplate, templatesOf } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/reply-templates',
    access: { capability: 'case.read' },
    summary: 'Reply templates of the caller’s own offices',
    schema: {
      query: Type.Object({ organizationId: Type.Optional(Uuid), retired: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
      response: Type.Object({ templates: Type.Array(ReplyTemplate) }),
    },
    run: async ({ deps, who, query }) => ({ templates: await templatesOf(deps, who, query) }),
  }),
  route({
    method: 'POST',
    path: '/reply-templates',
    access: { capability: 'reply.manage' },
    summary: 'Makes a reply template of an office',
    schema: { body: NewReplyTemplate, response: ReplyTemplate },
    run: async ({ deps, who, body }) => answer(await makeTemplate(deps, who, body), { status: 201 }),
  }),
  route({
    method: 'POST',
    path: '/reply-templates/:id',
    access: { capability: 'reply.manage' },
    summary: 'Changes or retires a reply template',
    schema: { params: Type.Object({ id: Uuid }), body: ReplyTemplateChange, response: ReplyTemplate },
    run: ({ deps, who, params, body }) => changeTemplate(deps, who, params.id, body),
  }),
];
