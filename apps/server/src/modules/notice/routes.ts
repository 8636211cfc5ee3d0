import { Uuid } from '@tongxin/domain/case/view.ts';
import { NoticeSettings } from '@tongxin/domain/notice/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { chooseSettings, settings } from './delivery/service.ts';
import { NoticesView, presentNotices } from './present.ts';
import { notices, readAllNotices, readNotice } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/notices',
    access: { signedIn: true },
    summary: 'My notices, latest first; of one kind, unread ones, or those a digest stands for',
    schema: {
      query: Type.Object(
        {
          cursor: Type.Optional(Type.String({ maxLength: 200 })),
          unread: Type.Optional(Type.Boolean()),
          kind: Type.Optional(Type.String({ pattern: '^[a-zA-Z]{1,40}$' })),
          digestId: Type.Optional(Uuid),
        },
        { additionalProperties: false },
      ),
      response: NoticesView,
    },
    run: async ({ deps, who, query }) => presentNotices(await notices(deps, who, query)),
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
  route({
    method: 'POST',
    path: '/notices/read',
    access: { signedIn: true },
    summary: 'Mark as read what I was told up to an instant',
    schema: {
      body: Type.Object({ upTo: Type.String({ minLength: 17, maxLength: 40 }) }, { additionalProperties: false }),
      response: Type.Object({ read: Type.Integer() }),
    },
    run: async ({ deps, who, body, now }) => ({ read: await readAllNotices(deps, who, body.upTo, now) }),
  }),
  route({
    method: 'GET',
    path: '/notices/settings',
    access: { signedIn: true },
    summary: 'When I want to be told of what',
    schema: { response: NoticeSettings },
    run: ({ deps, who }) => settings(deps, who),
  }),
  route({
    method: 'PUT',
    path: '/notices/settings',
    access: { signedIn: true },
    summary: 'Choose kinds, quiet hours and digest; what waits already follows',
    schema: { body: NoticeSettings, response: NoticeSettings },
    run: ({ deps, who, body }) => chooseSettings(deps, who, body),
  }),
];
