import { AreaDetail, AreaView, ResolvedPoint } from '@tongxin/domain/area/schema.ts';
import { Point } from '@tongxin/domain/case/schema.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { childrenOf, resolvePoint, viewArea } from './service.ts';

const PUBLIC = { public: 'areas are public facts; a resident chooses one before signing in' };

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/areas',
    access: PUBLIC,
    summary: 'Areas directly below another; the top ones without parentId',
    schema: {
      query: Type.Object({ parentId: Type.Optional(Uuid) }, { additionalProperties: false }),
      response: Type.Object({ areas: Type.Array(AreaView) }),
    },
    run: async ({ deps, who, query }) => ({ areas: await childrenOf(deps, who, query.parentId) }),
  }),
  route({
    method: 'GET',
    path: '/areas/resolve',
    access: PUBLIC,
    summary: 'The grid a point (WGS-84) lies in, with what it belongs to',
    schema: { query: Type.Object(Point.properties, { additionalProperties: false }), response: ResolvedPoint },
    run: ({ deps, who, query }) => resolvePoint(deps, who, query),
  }),
  route({
    method: 'GET',
    path: '/areas/:id',
    access: PUBLIC,
    summary: 'An area with its boundary and ancestors',
    schema: { params: Type.Object({ id: Uuid }), response: AreaDetail },
    run: ({ deps, who, params }) => viewArea(deps, who, params.id),
  }),
];
