import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { route } from '../../platform/access-plugin/route.ts';
import { eraseWords } from './erase/service.ts';

export const routes = [
  route({
    method: 'POST',
    path: '/cases/:id/erase',
    access: { capability: 'record.erase' },
    summary: 'Erases words, contact data or files of a case; the chain of the record stays valid',
    schema: {
      params: Type.Object({ id: Uuid }),
      body: Type.Object(
        {
          commandId: Uuid,
          eventNos: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 500 })),
          partyId: Type.Optional(Uuid),
          fileIds: Type.Optional(Type.Array(Uuid, { maxItems: 100 })),
          ground: Type.Enum(['withdrawn', 'purposeEnded', 'unlawful', 'byRequest']),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({ id: Uuid, version: Type.Integer() }),
    },
    run: async ({ deps, who, params, body }) => ({ id: params.id, ...(await eraseWords(deps, who, params.id, body)) }),
  }),
] as const;
