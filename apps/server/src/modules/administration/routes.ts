import { ChangePage, SUBJECTS } from '@tongxin/domain/administration/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { changes } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/administration/log',
    access: { capability: 'administration.read' },
    summary: 'Who changed what in the area: latest first',
    schema: {
      query: Type.Object(
        {
          kind: Type.Optional(Type.Enum([...SUBJECTS])),
          subjectId: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
          cursor: Type.Optional(Type.String({ maxLength: 80 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
        },
        { additionalProperties: false },
      ),
      response: ChangePage,
    },
    run: ({ deps, who, query }) => changes(deps, who, query),
  }),
];
