import { Uuid } from '@tongxin/domain/case/view.ts';
import { NewSlip, Slip } from '@tongxin/domain/dispute/slip/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { makeSlip } from './service.ts';

export const slipRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/disputes/:id/slips',
    access: { capability: 'mediation.record' },
    summary: 'Makes the query code of one side anew, to hand over; the one before it opens nothing any more',
    schema: { params: Type.Object({ id: Uuid }), body: NewSlip, response: Slip },
    run: ({ deps, who, params, body }) => makeSlip(deps, who, params.id, body),
  }),
];
