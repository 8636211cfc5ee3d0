import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { ArticlePage, ArticleView } from '@tongxin/domain/knowledge/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { articles, articleVersions, changeArticle, makeArticle } from './service.ts';

const READS = { capability: 'case.read' } as const;
const WRITES = { capability: 'knowledge.manage' } as const;
const closed = { additionalProperties: false } as const;
const ById = Type.Object({ id: Uuid });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const CategoryId = Type.String({ minLength: 1, maxLength: 81 });
const form = {
  organizationId: Uuid,
  title: Type.String({ minLength: 1, maxLength: 200 }),
  body: Type.String({ minLength: 1, maxLength: 20_000 }),
  categoryIds: Type.Array(CategoryId, { maxItems: 20 }),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
};

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/articles',
    access: READS,
    summary: 'Articles of the knowledge base that hold today, by words, category or body; latest first',
    schema: {
      query: Type.Object(
        {
          q: Type.Optional(Type.String({ maxLength: 200 })),
          categoryId: Type.Optional(CategoryId),
          organizationId: Type.Optional(Uuid),
          past: Type.Optional(Type.Boolean()),
          cursor: Type.Optional(Type.String({ maxLength: 80 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
        },
        closed,
      ),
      response: ArticlePage,
    },
    run: ({ deps, who, query }) => articles(deps, who, query),
  }),
  route({
    method: 'GET',
    path: '/articles/:id/versions',
    access: READS,
    summary: 'Every version of an article, the newest first',
    schema: { params: ById, response: Type.Object({ versions: Type.Array(ArticleView) }) },
    run: async ({ deps, who, params }) => ({ versions: await articleVersions(deps, who, params.id) }),
  }),
  route({
    method: 'POST',
    path: '/articles',
    access: WRITES,
    summary: 'A new article',
    schema: { body: Type.Object({ commandId: Uuid, id: Uuid, ...form }, closed), response: Changed },
    run: ({ deps, who, body }) => makeArticle(deps, who, body),
  }),
  route({
    method: 'POST',
    path: '/articles/:id',
    access: WRITES,
    summary: 'A new version of an article; with `withdraw` it is offered no more',
    schema: {
      params: ById,
      body: Type.Object(
        { commandId: Uuid, version: Type.Integer({ minimum: 1 }), withdraw: Type.Optional(Type.Boolean()), ...form },
        closed,
      ),
      response: Changed,
    },
    run: ({ deps, who, params, body }) => changeArticle(deps, who, params.id, body),
  }),
];
