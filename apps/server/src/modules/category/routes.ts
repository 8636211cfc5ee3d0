import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { CategoryVersion, CategoryView, Question } from '@tongxin/domain/category/schema.ts';
import { Limit } from '@tongxin/domain/clock/schema.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { changeCategory, makeCategory, retireCategory, versions } from './manage/service.ts';
import { categories } from './service.ts';

const MANAGES = { capability: 'category.manage' } as const;
const closed = { additionalProperties: false } as const;
/** The group, a point, and what is its own: `municipal.lampOut`. */
const Id = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,39}(\\.[A-Za-z][A-Za-z0-9-]{0,39})?$' });
const ById = Type.Object({ id: Type.String({ minLength: 1, maxLength: 81 }) });
const form = {
  name: Label,
  parentId: Type.Optional(Id),
  grade: Type.Optional(Type.Enum(['A', 'B', 'C', 'D', 'E', 'Q'])),
  limit: Type.Optional(Limit),
  danger: Type.Array(Type.String({ pattern: '^[0-9]{3,12}$' }), { maxItems: 5 }),
  organizationId: Type.Optional(Uuid),
  questions: Type.Optional(Type.Array(Question, { maxItems: 20 })),
};

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/categories',
    access: { public: 'a resident chooses one before signing in, and is shown its emergency numbers' },
    summary: 'Categories in force, newest version each',
    schema: {
      query: Type.Object({ scheme: Type.Optional(Type.String({ maxLength: 60 })) }, { additionalProperties: false }),
      response: Type.Object({ categories: Type.Array(CategoryView) }),
    },
    run: async ({ deps, who, query }) => ({ categories: await categories(deps, who, query.scheme) }),
  }),
  route({
    method: 'GET',
    path: '/categories/:id/versions',
    access: { signedIn: true },
    summary: 'Every version of a category, the newest first',
    schema: {
      params: ById,
      response: Type.Object({ versions: Type.Array(CategoryVersion), version: Type.Integer() }),
    },
    run: ({ deps, who, params }) => versions(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/categories',
    access: MANAGES,
    summary: 'A new category',
    schema: { body: Type.Object({ commandId: Uuid, id: Id, ...form }, closed), response: Changed },
    run: ({ deps, who, body }) => makeCategory(deps, who, body),
  }),
  route({
    method: 'POST',
    path: '/categories/:id',
    access: MANAGES,
    summary: 'A new version of a category; running cases keep theirs',
    schema: {
      params: ById,
      body: Type.Object({ commandId: Uuid, version: Type.Integer({ minimum: 1 }), ...form }, closed),
      response: Changed,
    },
    run: ({ deps, who, params, body }) => changeCategory(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/categories/:id/retire',
    access: MANAGES,
    summary: 'Let nothing more be filed under a category; what takes its place, where something does',
    schema: { params: ById, body: Type.Object({ commandId: Uuid, successorId: Type.Optional(Id) }, closed), response: Changed },
    run: ({ deps, who, params, body }) => retireCategory(deps, who, params.id, body),
  }),
];
