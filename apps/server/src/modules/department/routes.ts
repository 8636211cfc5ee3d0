import { CaseRow, NewCase, Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { presentToken, TokenView } from './present.ts';
import { issue, pull, push, revoke, tokens } from './service.ts';

const Id = Type.Object({ id: Uuid });
const manages = { capability: 'exchange.manage' } as const;
const { text, demandKind, categoryId, point, address, areaId, reporter } = NewCase.properties;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api-tokens',
    access: manages,
    summary: 'Tokens of the systems of bodies below the caller’s area',
    schema: { response: Type.Object({ tokens: Type.Array(TokenView) }) },
    run: async ({ deps, who }) => ({ tokens: (await tokens(deps, who)).map(presentToken) }),
  }),
  route({
    method: 'POST',
    path: '/api-tokens',
    access: manages,
    summary: 'Issues a token for a body’s system; answers it once',
    schema: {
      body: Type.Object(
        {
          id: Uuid,
          organizationId: Uuid,
          name: Type.String({ minLength: 1, maxLength: 80 }),
          days: Type.Integer({ minimum: 1, maximum: 730 }),
        },
        { additionalProperties: false },
      ),
      response: Type.Intersect([TokenView, Type.Object({ token: Type.Optional(Type.String()) })]),
    },
    run: async ({ deps, who, body }) => {
      const { row, token } = await issue(deps, who, body);
      return answer({ ...presentToken(row), ...(token ? { token } : {}) }, { status: token ? 201 : 200 });
    },
  }),
  route({
    method: 'POST',
    path: '/api-tokens/:id/revoke',
    access: manages,
    summary: 'Takes a token back, at once',
    schema: { params: Id, response: TokenView },
    run: async ({ deps, who, params }) => presentToken(await revoke(deps, who, params.id)),
  }),
  route({
    method: 'GET',
    path: '/department/cases',
    access: { capability: 'case.handle' },
    summary: 'For a body’s system: cases dispatched to it, then those that changed since the cursor',
    schema: {
      query: Type.Object(
        { cursor: Type.Optional(Type.String({ maxLength: 400 })), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
        { additionalProperties: false },
      ),
      response: Type.Object({ rows: Type.Array(CaseRow), next: Type.String(), more: Type.Boolean() }),
    },
    run: ({ deps, who, query }) => pull(deps, who, query),
  }),
  route({
    method: 'POST',
    path: '/department/cases',
    access: { capability: 'case.handle' },
    summary: 'For a body’s system: files its own case under its number there; repeating it changes nothing',
    schema: {
      body: Type.Object(
        {
          sourceNumber: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' }),
          text,
          demandKind,
          categoryId,
          point,
          address,
          areaId,
          reporter,
          occurredAt: Type.Optional(Type.String({ minLength: 16, maxLength: 40 })),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({
        id: Uuid,
        number: Type.String(),
        sourceNumber: Type.String(),
        receivedAt: Type.String(),
        repeated: Type.Boolean(),
      }),
    },
    run: async ({ deps, who, body }) => {
      const pushed = await push(deps, who, body);
      return answer(pushed, { status: pushed.repeated ? 200 : 201 });
    },
  }),
];
