import { CategoryView } from '@tongxin/domain/category/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { categories } from './service.ts';

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
];
