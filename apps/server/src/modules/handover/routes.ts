import { Uuid } from '@tongxin/domain/case/view.ts';
import { Handover, HandoverDraft, HandoverRow, NewHandover } from '@tongxin/domain/handover/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { draftHandover, handoversOf, leaveShift, receiveShift, viewHandover } from './service.ts';

const staff = { capability: 'case.read' } as const;
const HandoverId = Type.Object({ id: Uuid });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/handovers',
    access: staff,
    summary: 'The latest shift handovers of the caller’s offices',
    schema: {
      query: Type.Object({ organizationId: Type.Optional(Uuid) }, { additionalProperties: false }),
      response: Type.Object({ handovers: Type.Array(HandoverRow) }),
    },
    run: async ({ deps, who, query }) => ({ handovers: await handoversOf(deps, who, query.organizationId) }),
  }),
  route({
    method: 'GET',
    path: '/organizations/:id/handover',
    access: staff,
    summary: 'What an office would hand over now: open cases, and what is due in the next shift',
    schema: { params: HandoverId, response: HandoverDraft },
    run: ({ deps, who, params }) => draftHandover(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/handovers',
    access: staff,
    summary: 'Hands a shift over',
    schema: { body: NewHandover, response: Handover },
    run: async ({ deps, who, body }) => answer(await leaveShift(deps, who, body), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/handovers/:id',
    access: staff,
    summary: 'A shift handover as it was kept',
    schema: { params: HandoverId, response: Handover },
    run: ({ deps, who, params }) => viewHandover(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/handovers/:id/receive',
    access: staff,
    summary: 'Receives a shift: somebody else of the office',
    schema: {
      params: HandoverId,
      body: Type.Object({ words: Type.Optional(Type.String({ maxLength: 2000 })) }, { additionalProperties: false }),
      response: Handover,
    },
    run: ({ deps, who, params, body }) => receiveShift(deps, who, params.id, body.words),
  }),
];
