import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { DutyEffect, DutyListView } from '@tongxin/domain/duty/schema.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { DUTY_LIST_KINDS } from '@tongxin/domain/pack/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { addItem, changeItem, changeList, dropItem, endList, listOf, makeList } from './manage/service.ts';
import { dutyLists, effectOf } from './service.ts';

const MANAGES = { capability: 'duty.manage' } as const;
const closed = { additionalProperties: false } as const;
const ById = Type.Object({ id: Uuid });
const ItemOfList = Type.Object({ id: Uuid, itemId: Uuid });
const Command = Type.Object({ commandId: Uuid }, closed);
const Source = Type.String({ minLength: 1, maxLength: 200 });
const item = {
  clause: Type.String({ minLength: 1, maxLength: 60 }),
  title: Label,
  categoryId: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  organizationId: Type.Optional(Uuid),
  from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
};

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/duty-lists',
    access: { signedIn: true },
    summary: 'Duty lists that hold in an area, clause by clause; with `past` also clauses that hold no more',
    schema: {
      query: Type.Object(
        { areaId: Uuid, kind: Type.Optional(Type.String({ maxLength: 40 })), past: Type.Optional(Type.Boolean()) },
        closed,
      ),
      response: Type.Object({ lists: Type.Array(DutyListView) }),
    },
    run: async ({ deps, who, query }) => ({ lists: await dutyLists(deps, who, query) }),
  }),
  route({
    method: 'GET',
    path: '/duty-effect',
    access: { signedIn: true },
    summary: 'What the lists of an area do to a category: who is suggested, and whether a community may be sent it',
    schema: {
      query: Type.Object({ areaId: Uuid, categoryId: Type.String({ minLength: 1, maxLength: 60 }) }, closed),
      response: DutyEffect,
    },
    run: ({ deps, who, query }) => effectOf(deps, who, query.areaId, query.categoryId),
  }),
  route({
    method: 'GET',
    path: '/duty-lists/:id',
    access: { signedIn: true },
    summary: 'One list with the history of its clauses, and the version to change it from',
    schema: { params: ById, response: Type.Intersect([DutyListView, Type.Object({ version: Type.Integer() })]) },
    run: ({ deps, who, params }) => listOf(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/duty-lists',
    access: MANAGES,
    summary: 'A new list of an area',
    schema: {
      body: Type.Object(
        { commandId: Uuid, id: Uuid, kind: Type.Enum([...DUTY_LIST_KINDS]), title: Label, areaId: Uuid, source: Source },
        closed,
      ),
      response: Changed,
    },
    run: ({ deps, who, body }) => makeList(deps, who, body),
  }),
  route({
    method: 'POST',
    path: '/duty-lists/:id',
    access: MANAGES,
    summary: 'Change the title or the source of a list',
    schema: {
      params: ById,
      body: Type.Object({ commandId: Uuid, version: Type.Integer({ minimum: 1 }), title: Label, source: Source }, closed),
      response: Changed,
    },
    run: ({ deps, who, params, body }) => changeList(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/duty-lists/:id/end',
    access: MANAGES,
    summary: 'Let a list hold no more',
    schema: { params: ById, body: Command, response: Changed },
    run: ({ deps, who, params, body }) => endList(deps, who, params.id, body.commandId),
  }),
  route({
    method: 'POST',
    path: '/duty-lists/:id/items',
    access: MANAGES,
    summary: 'A new clause',
    schema: { params: ById, body: Type.Object({ commandId: Uuid, id: Uuid, ...item }, closed), response: Changed },
    run: ({ deps, who, params, body }) => addItem(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/duty-lists/:id/items/:itemId',
    access: MANAGES,
    summary: 'Put another clause in the place of one, from a day on; the old one stays in the history',
    schema: { params: ItemOfList, body: Type.Object({ commandId: Uuid, id: Uuid, ...item }, closed), response: Changed },
    run: ({ deps, who, params, body }) => changeItem(deps, who, params.id, params.itemId, body),
  }),
  route({
    method: 'POST',
    path: '/duty-lists/:id/items/:itemId/end',
    access: MANAGES,
    summary: 'Let a clause hold no more',
    schema: { params: ItemOfList, body: Command, response: Changed },
    run: ({ deps, who, params, body }) => dropItem(deps, who, params.id, params.itemId, body.commandId),
  }),
];
