import { Receipt, Uuid } from '@tongxin/domain/case/view.ts';
import { NewFinding } from '@tongxin/domain/patrol/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { fileFinding } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/patrols/:id/findings',
    access: { capability: 'patrol.record' },
    summary: 'A finding of a checklist becomes a case; settling on the spot and filing for the record are then actions of that case',
    schema: { params: Type.Object({ id: Uuid }), body: NewFinding, response: Receipt },
    run: async ({ deps, who, params, body }) => answer(await fileFinding(deps, who, params.id, body), { status: 201 }),
  }),
];
