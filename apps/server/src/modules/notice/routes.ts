import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { NoticesView, presentNotices } from './present.ts';
import { notices, readNotice } from './service.ts';

const PAGE = 50;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/notices',
    access: { signedIn: true },
    summary: 'My notices, latest first',
    schema: {
      query: Type.Object(
        {
          before: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$' })),
          unread: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: NoticesView,
    },
    run: async ({ deps, who, query }) => presentNotices(await notices(deps, who, { ...query, limit: PAGE }), PAGE),
  }),
  route({
    method: 'POST',
    path: '/notices/:id/read',
    access: { signedIn: true },
    summary: 'Mark a notice of mine as read',
    schema: { params: Type.Object({ id: Uuid }), response: Type.Object({ ok: Type.Boolean() }) },
    run: async ({ deps, who, params, now }) => {
      await readNotice(deps, who, params.id, now);
      return { ok: true };
    },
  }),
];
