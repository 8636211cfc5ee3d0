import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { addShifts, copyWeek, removeShifts, rosterOf } from './service.ts';

const MANAGES = { capability: 'roster.manage' } as const;
const closed = { additionalProperties: false } as const;
const ById = Type.Object({ id: Uuid });
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const Kind = Type.Enum(['day', 'night', 'holiday']);
const Instant = Type.String({ minLength: 16, maxLength: 40 });

const ShiftView = Type.Object({
  id: Uuid,
  organizationId: Type.String(),
  postId: Type.String(),
  startsAt: Type.String(),
  endsAt: Type.String(),
  kind: Kind,
});

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/:id/shifts',
    access: { signedIn: true },
    summary: 'The duty roster of a body from a day on, by post, and nights and days off with nobody on duty',
    schema: {
      params: ById,
      query: Type.Object({ from: Day, days: Type.Optional(Type.Integer({ minimum: 1, maximum: 92 })) }, closed),
      response: Type.Object({ shifts: Type.Array(ShiftView), gaps: Type.Array(Type.Object({ from: Type.String(), to: Type.String() })) }),
    },
    run: async ({ deps, who, params, query }) => {
      const { shifts, gaps } = await rosterOf(deps, who, params.id, query.from, query.days ?? 7);
      return { shifts: shifts.map(({ personId: _personId, ...shift }) => shift), gaps: [...gaps] };
    },
  }),
  route({
    method: 'POST',
    path: '/organizations/:id/shifts',
    access: MANAGES,
    summary: 'Put posts of a body on duty',
    schema: {
      params: ById,
      body: Type.Object(
        {
          commandId: Uuid,
          shifts: Type.Array(Type.Object({ id: Uuid, postId: Uuid, startsAt: Instant, endsAt: Instant, kind: Kind }, closed), {
            minItems: 1,
            maxItems: 100,
          }),
        },
        closed,
      ),
      response: Changed,
    },
    run: ({ deps, who, params, body }) => addShifts(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/organizations/:id/shifts/remove',
    access: MANAGES,
    summary: 'Take shifts out that have not begun',
    schema: {
      params: ById,
      body: Type.Object({ commandId: Uuid, ids: Type.Array(Uuid, { minItems: 1, maxItems: 100 }) }, closed),
      response: Changed,
    },
    run: ({ deps, who, params, body }) => removeShifts(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/organizations/:id/shifts/copy',
    access: MANAGES,
    summary: 'Copy the shifts of a week to a later one',
    schema: { params: ById, body: Type.Object({ commandId: Uuid, from: Day, to: Day }, closed), response: Changed },
    run: ({ deps, who, params, body }) => copyWeek(deps, who, params.id, body),
  }),
];
