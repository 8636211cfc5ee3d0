import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { shiftsOf } from './service.ts';

const ShiftView = Type.Object({
  organizationId: Type.String(),
  postId: Type.String(),
  startsAt: Type.String(),
  endsAt: Type.String(),
  kind: Type.Enum(['day', 'night', 'holiday']),
});

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/:id/shifts',
    access: { signedIn: true },
    summary: 'The duty roster of a body from a day on, by post',
    schema: {
      params: Type.Object({ id: Uuid }),
      query: Type.Object(
        {
          from: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' }),
          days: Type.Optional(Type.Integer({ minimum: 1, maximum: 92 })),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({ shifts: Type.Array(ShiftView) }),
    },
    run: async ({ deps, who, params, query }) => ({
      shifts: (await shiftsOf(deps, who, params.id, query.from, query.days ?? 7)).map(({ personId: _personId, ...shift }) => shift),
    }),
  }),
];
