import { FacilityView } from '@tongxin/domain/area/schema.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { facilities } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/facilities',
    access: { public: 'lamps and lifts are public facts; a resident picks one before signing in' },
    summary: 'Facilities in a box (west,south,east,north), in an area, or by code',
    schema: {
      query: Type.Object(
        {
          bbox: Type.Optional(Type.String({ maxLength: 100 })),
          areaId: Type.Optional(Uuid),
          kind: Type.Optional(Type.String({ maxLength: 40 })),
          code: Type.Optional(Type.String({ maxLength: 40 })),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({ facilities: Type.Array(FacilityView), more: Type.Boolean() }),
    },
    run: ({ deps, who, query }) => facilities(deps, who, query),
  }),
];
