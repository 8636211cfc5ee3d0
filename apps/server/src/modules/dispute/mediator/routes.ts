import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { MediatorForm, MediatorsView } from '@tongxin/domain/dispute/mediator/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { keepMediator, mediators } from './service.ts';

export const mediatorRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/mediators',
    access: { capability: 'mediation.record' },
    summary: 'The register of mediators of the caller’s committees; telephone, home and load for whoever keeps it',
    schema: { response: MediatorsView },
    run: ({ deps, who }) => mediators(deps, who),
  }),
  route({
    method: 'PUT',
    path: '/mediators/:id',
    access: { capability: 'mediator.manage' },
    summary: 'A line of the register: filing number, kinds of quarrel, languages, a court’s invitation, whether free',
    schema: { params: Type.Object({ id: Uuid }), body: MediatorForm, response: Changed },
    run: ({ deps, who, params, body }) => keepMediator(deps, who, params.id, body),
  }),
];
