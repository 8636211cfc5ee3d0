import { Uuid } from '@tongxin/domain/case/view.ts';
import { NewSos, SosView } from '@tongxin/domain/sos/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { acknowledgeSos, calls, endSos, pressSos } from './service.ts';

const SosId = Type.Object({ id: Uuid });
const staff = { capability: 'case.read' } as const;

export const routes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/sos',
    access: { capability: 'patrol.record' },
    summary: 'A worker calls for help: whoever is on duty for the area hears of it at once',
    schema: { body: NewSos, response: SosView },
    run: async ({ deps, who, body }) => answer(await pressSos(deps, who, body), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/sos',
    access: staff,
    summary: 'Calls for help the reader made or answers for: open, or of the last day',
    schema: { response: Type.Object({ calls: Type.Array(SosView) }) },
    run: async ({ deps, who }) => ({ calls: await calls(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/sos/:id/acknowledge',
    access: { capability: 'sos.answer' },
    summary: 'Says that somebody is on the way',
    schema: { params: SosId, response: SosView },
    run: ({ deps, who, params }) => acknowledgeSos(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/sos/:id/end',
    access: staff,
    summary: 'Ends a call for help: its worker, or who answers for the area',
    schema: { params: SosId, response: SosView },
    run: ({ deps, who, params }) => endSos(deps, who, params.id),
  }),
];
