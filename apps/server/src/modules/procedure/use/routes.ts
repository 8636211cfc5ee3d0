import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { UseView } from './present.ts';
import { dropUse, listUses, setUse } from './service.ts';

const params = Type.Object({ id: Uuid });
const procedureId = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}$' });

export const useRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/procedure-uses',
    access: { public: 'which rules hold where, and from which day, is for everybody to read' },
    summary: 'Which version new cases of an area follow, and from which day',
    schema: {
      query: Type.Object({ procedureId: Type.Optional(procedureId) }, { additionalProperties: false }),
      response: Type.Object({ uses: Type.Array(UseView) }),
    },
    run: ({ deps, query }) => ({ uses: listUses(deps, query.procedureId) }),
  }),
  route({
    method: 'POST',
    path: '/procedure-uses',
    access: { capability: 'procedure.vary' },
    summary: 'New cases of an area follow a version from a day on',
    schema: {
      body: Type.Object(
        {
          id: Uuid,
          procedureId,
          version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
          areaId: Uuid,
          from: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
          note: Type.String({ minLength: 1, maxLength: 400 }),
        },
        { additionalProperties: false },
      ),
      response: UseView,
    },
    run: ({ deps, who, body }) => setUse(deps, who, body),
  }),
  route({
    method: 'DELETE',
    path: '/procedure-uses/:id',
    access: { capability: 'procedure.vary' },
    summary: 'Takes back what has not begun to hold',
    schema: { params, response: Type.Object({ id: Uuid }) },
    run: async ({ deps, who, params: { id } }) => {
      await dropUse(deps, who, id);
      return { id };
    },
  }),
];
