import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { answer } from '../../../platform/http/answer.ts';
import { issueAtDesk, keysAtDesk, revokeAtDesk, switchList } from './service.ts';

const access = { capability: 'exchange.manage' } as const;
const closed = { additionalProperties: false } as const;
const KeyView = Type.Object({
  id: Uuid,
  name: Type.String(),
  ending: Type.String(),
  perDay: Type.Integer(),
  usedToday: Type.Integer(),
  until: Type.String(),
  revoked: Type.Boolean(),
});
const List = Type.Object({ listOpen: Type.Boolean() }, closed);

export const keyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/open311-keys',
    access,
    summary: 'Keys of clients of Open311 with what they filed today, and whether the list of requests is told',
    schema: { response: Type.Object({ keys: Type.Array(KeyView), listOpen: Type.Boolean() }) },
    run: ({ deps, who }) => keysAtDesk(deps, who),
  }),
  route({
    method: 'POST',
    path: '/open311-keys',
    access,
    summary: 'Issues a key for a client of Open311; answers it once',
    schema: {
      body: Type.Object(
        {
          id: Uuid,
          name: Type.String({ minLength: 1, maxLength: 80 }),
          perDay: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
          days: Type.Integer({ minimum: 1, maximum: 3650 }),
        },
        closed,
      ),
      response: Type.Intersect([KeyView, Type.Object({ key: Type.Optional(Type.String()) })]),
    },
    run: async ({ deps, who, body }) => {
      const issued = await issueAtDesk(deps, who, body);
      return answer(issued, { status: issued.key ? 201 : 200 });
    },
  }),
  route({
    method: 'POST',
    path: '/open311-keys/:id/revoke',
    access,
    summary: 'Takes a key back, at once and for good',
    schema: { params: Type.Object({ id: Uuid }), response: KeyView },
    run: ({ deps, who, params }) => revokeAtDesk(deps, who, params.id),
  }),
  route({
    method: 'PUT',
    path: '/open311-list',
    access,
    summary: 'Tells the list of requests to clients of Open311, or to nobody',
    schema: { body: List, response: List },
    run: ({ deps, who, body }) => switchList(deps, who, body.listOpen),
  }),
];
