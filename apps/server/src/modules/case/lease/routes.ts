import { Uuid } from '@tongxin/domain/case/view.ts';
import { LeaseView } from '@tongxin/domain/lease/schema.ts';
import { Type } from 'typebox';
import { route } from '../../../platform/access-plugin/route.ts';
import { claimCase, listLeases, releaseCase, takeOver } from './service.ts';

const CaseId = Type.Object({ id: Uuid });

export const leaseRoutes = [
  route({
    method: 'GET',
    path: '/leases',
    access: { capability: 'case.read' },
    summary: 'Cases that somebody has in hand now, of those the caller sees',
    schema: { response: Type.Object({ leases: Type.Array(LeaseView) }) },
    run: async ({ deps, who }) => ({ leases: await listLeases(deps, who) }),
  }),
  route({
    method: 'PUT',
    path: '/cases/:id/lease',
    access: { capability: 'case.read' },
    summary: 'Takes a case in hand, or keeps it; 409 `caseHeld` says who has it',
    schema: { params: CaseId, response: LeaseView },
    run: ({ deps, who, params }) => claimCase(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/lease/takeover',
    access: { capability: 'case.read' },
    summary: 'Takes a case over from whoever has it in hand; written on the record',
    schema: {
      params: CaseId,
      body: Type.Object({ commandId: Uuid }, { additionalProperties: false }),
      response: LeaseView,
    },
    run: ({ deps, who, params, body }) => takeOver(deps, who, params.id, body.commandId),
  }),
  route({
    method: 'DELETE',
    path: '/cases/:id/lease',
    access: { capability: 'case.read' },
    summary: 'Lets a case go that is in the caller’s hands',
    schema: { params: CaseId, response: Type.Object({ id: Uuid }) },
    run: async ({ deps, who, params }) => {
      await releaseCase(deps, who, params.id);
      return { id: params.id };
    },
  }),
] as const;
