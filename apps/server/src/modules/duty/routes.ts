import { Uuid } from '@tongxin/domain/case/view.ts';
import { DutyListView } from '@tongxin/domain/duty/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { dutyLists } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/duty-lists',
    access: { signedIn: true },
    summary: 'Duty lists that hold in an area, clause by clause',
    schema: {
      query: Type.Object({ areaId: Uuid, kind: Type.Optional(Type.String({ maxLength: 40 })) }, { additionalProperties: false }),
      response: Type.Object({ lists: Type.Array(DutyListView) }),
    },
    run: async ({ deps, who, query }) => ({ lists: await dutyLists(deps, who, query.areaId, query.kind) }),
  }),
];
