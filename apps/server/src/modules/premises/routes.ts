import { Uuid } from '@tongxin/domain/case/view.ts';
import { PremisesView } from '@tongxin/domain/premises/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { lookUp, viewPremises } from './service.ts';

const staff = { capability: 'case.read' } as const;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/premises',
    access: staff,
    summary: 'Premises by words of name and address, in a box (west,south,east,north) or an area, with the duties of who runs them',
    schema: {
      query: Type.Object(
        {
          words: Type.Optional(Type.String({ maxLength: 100 })),
          bbox: Type.Optional(Type.String({ maxLength: 100 })),
          areaId: Type.Optional(Uuid),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({ premises: Type.Array(PremisesView), more: Type.Boolean() }),
    },
    run: ({ deps, who, query }) => lookUp(deps, who, query),
  }),
  route({
    method: 'GET',
    path: '/premises/:id',
    access: staff,
    summary: 'One premises with its facts and duties',
    schema: { params: Type.Object({ id: Uuid }), response: PremisesView },
    run: ({ deps, who, params }) => viewPremises(deps, who, params.id),
  }),
];
