import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { FirstPassword, StaffPage } from '@tongxin/domain/staff/view.ts';
import { SuccessionView, WaitingView, WorkLeft } from '@tongxin/domain/succession/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { endPost, successionsWaiting, workLeft } from './leave/service.ts';
import { addStaff, appointStaff, givePassword, lockStaff, staff } from './service.ts';

const APPOINTS = { capability: 'person.manage' } as const;
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const ById = Type.Object({ id: Uuid });
const closed = { additionalProperties: false } as const;
const appointment = { holdingId: Uuid, postId: Uuid, from: Type.Optional(Day), to: Type.Optional(Day) };

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/staff',
    access: APPOINTS,
    summary: 'People with posts where the caller appoints, their posts and accounts, by user name',
    schema: {
      query: Type.Object(
        {
          organizationId: Type.Optional(Uuid),
          words: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
          cursor: Type.Optional(Type.String({ maxLength: 120 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
        },
        closed,
      ),
      response: StaffPage,
    },
    run: ({ deps, who, query }) => staff(deps, who, query),
  }),
  route({
    method: 'POST',
    path: '/staff',
    access: APPOINTS,
    summary: 'A new person with an account, a first password and a first post',
    schema: {
      body: Type.Object(
        {
          commandId: Uuid,
          personId: Uuid,
          username: Type.String({ minLength: 2, maxLength: 60 }),
          name: Type.String({ minLength: 1, maxLength: 60 }),
          language: Type.Optional(Type.Enum(['zh', 'en'])),
          ...appointment,
        },
        closed,
      ),
      response: FirstPassword,
    },
    run: ({ deps, who, body }) => addStaff(deps, who, body),
  }),
  route({
    method: 'POST',
    path: '/staff/:id/posts',
    access: APPOINTS,
    summary: 'Appoint somebody to a further post, of the same body or another',
    schema: { params: ById, body: Type.Object({ commandId: Uuid, ...appointment }, closed), response: Changed },
    run: ({ deps, who, params, body }) => appointStaff(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/staff/:id/password',
    access: APPOINTS,
    summary: 'A new first password; every session ends and a locked account opens',
    schema: { params: ById, body: Type.Object({ commandId: Uuid }, closed), response: FirstPassword },
    run: ({ deps, who, params, body }) => givePassword(deps, who, params.id, body.commandId),
  }),
  route({
    method: 'POST',
    path: '/staff/:id/lock',
    access: APPOINTS,
    summary: 'Lock an account until a new password is given',
    schema: { params: ById, body: Type.Object({ commandId: Uuid }, closed), response: Changed },
    run: ({ deps, who, params, body }) => lockStaff(deps, who, params.id, body.commandId),
  }),
  route({
    method: 'GET',
    path: '/holdings/:id/work',
    access: APPOINTS,
    summary: 'What somebody would leave with a post, and who could take it over',
    schema: { params: ById, response: WorkLeft },
    run: ({ deps, who, params }) => workLeft(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/holdings/:id/end',
    access: APPOINTS,
    summary: 'End a post: the open work moves first; the same command again goes on where it stopped',
    schema: {
      params: ById,
      body: Type.Object(
        { commandId: Uuid, to: Type.Optional(Day), receiverId: Type.Optional(Uuid), lock: Type.Optional(Type.Boolean()) },
        closed,
      ),
      response: SuccessionView,
    },
    run: ({ deps, who, params, body }) => endPost(deps, who, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/successions',
    access: APPOINTS,
    summary: 'Successions that stopped half-way, and posts that ran out with work in hand',
    schema: { response: WaitingView },
    run: ({ deps, who }) => successionsWaiting(deps, who),
  }),
];
