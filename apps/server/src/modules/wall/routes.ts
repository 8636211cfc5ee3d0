import { Uuid } from '@tongxin/domain/case/view.ts';
import { DisplayView, MadeDisplay, NewDisplay, WallMap, WallView } from '@tongxin/domain/wall/view.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { answer, bytesAnswer } from '../../platform/http/answer.ts';
import { addDisplay, displays, endDisplay } from './display/service.ts';
import { wall, wallMap, wallStream } from './service.ts';

const OF_AREA = Type.Object({ areaId: Type.Optional(Uuid) }, { additionalProperties: false });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/wall',
    access: { capability: 'wall.show' },
    summary: 'Figures of an area for a screen in a hall: sums only, small ones not told exactly',
    schema: { query: OF_AREA, response: WallView },
    run: ({ deps, who, query }) => wall(deps, who, query.areaId),
  }),
  route({
    method: 'GET',
    path: '/wall/map',
    access: { capability: 'wall.show' },
    summary: 'Boundaries of the areas directly below the one shown',
    schema: { query: OF_AREA, response: WallMap },
    run: ({ deps, who, query }) => wallMap(deps, who, query.areaId),
  }),
  route({
    method: 'GET',
    path: '/wall/live',
    access: { capability: 'wall.show' },
    summary: 'Server-sent events: there are new figures',
    schema: { query: OF_AREA, response: Bytes },
    run: async ({ deps, who, query, gone }) =>
      bytesAnswer(await wallStream(deps, who, query.areaId, gone), 'text/event-stream; charset=utf-8', {
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      }),
  }),
  route({
    method: 'GET',
    path: '/wall/displays',
    access: { capability: 'wall.manage' },
    summary: 'Displays of my areas',
    schema: { response: Type.Object({ displays: Type.Array(DisplayView) }) },
    run: async ({ deps, who }) => ({ displays: await displays(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/wall/displays',
    access: { capability: 'wall.manage' },
    summary: 'Let a screen in a hall show an area; answers its token',
    schema: { body: NewDisplay, response: MadeDisplay },
    run: async ({ deps, who, body }) => answer(await addDisplay(deps, who, body), { status: 201 }),
  }),
  route({
    method: 'POST',
    path: '/wall/displays/:id/revoke',
    access: { capability: 'wall.manage' },
    summary: 'Let a display in no longer',
    schema: { params: Type.Object({ id: Uuid }), response: DisplayView },
    run: ({ deps, who, params }) => endDisplay(deps, who, params.id),
  }),
];
