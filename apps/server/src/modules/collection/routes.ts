import { Uuid } from '@tongxin/domain/case/view.ts';
import { Form } from '@tongxin/domain/collection/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer, answerSeen } from '../../platform/http/answer.ts';
import { formsOf, publishForm } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/forms',
    access: { capability: 'patrol.record' },
    summary: 'Forms of the field that hold in an area: visits, checklists, facts of premises',
    schema: {
      query: Type.Object({ areaId: Type.Optional(Uuid) }, { additionalProperties: false }),
      response: Type.Object({ forms: Type.Array(Form) }),
    },
    run: async ({ deps, who, query }) => answerSeen({ forms: await formsOf(deps, who, query.areaId) }),
  }),
  route({
    method: 'POST',
    path: '/forms',
    access: { capability: 'form.manage' },
    summary: 'Publishes a version of a form for an area; refuses one that asks what must not be kept',
    schema: {
      body: Type.Object({ areaId: Uuid, form: Form }, { additionalProperties: false }),
      response: Type.Object({ id: Type.String(), version: Type.Integer() }),
    },
    maxJson: 512 * 1024,
    run: async ({ deps, who, body }) => answer(await publishForm(deps, who, body.areaId, body.form), { status: 201 }),
  }),
];
