import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { CentreForm, CentreView } from '@tongxin/domain/dispute/centre/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { centre, centres, keepCentre } from './service.ts';

const ById = Type.Object({ id: Uuid });

export const centreRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/centres',
    access: { public: 'where to go with a quarrel, for whoever has one' },
    summary:
      'Mediation centres, of an area and above it, the nearest first, or without one those of city, counties and towns: where, when, who is on duty by post, how long people waited',
    schema: {
      query: Type.Object({ areaId: Type.Optional(Uuid) }, { additionalProperties: false }),
      response: Type.Object({ centres: Type.Array(CentreView) }),
    },
    run: async ({ deps, who, query }) => ({ centres: await centres(deps, who, query.areaId) }),
  }),
  route({
    method: 'GET',
    path: '/centres/:id',
    access: { public: 'where to go with a quarrel, for whoever has one' },
    summary: 'One mediation centre',
    schema: { params: ById, response: CentreView },
    run: ({ deps, who, params }) => centre(deps, who, params.id),
  }),
  route({
    method: 'PUT',
    path: '/centres/:id',
    access: { capability: 'mediator.manage' },
    summary: 'What a centre tells of itself: address, office telephone, hours, kinds of quarrel',
    schema: { params: ById, body: CentreForm, response: Changed },
    run: ({ deps, who, params, body }) => keepCentre(deps, who, params.id, body),
  }),
];
