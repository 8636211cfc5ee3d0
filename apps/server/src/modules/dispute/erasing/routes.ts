import { Uuid } from '@tongxin/domain/case/view.ts';
import { SideErasure } from '@tongxin/domain/dispute/erasing/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { eraseSide } from './service.ts';

export const erasingRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/disputes/:id/erasures',
    access: { capability: 'case.confided' },
    summary:
      'Erases name, telephone, words and files of one side of a dispute that has ended, when that side asks for it; nothing is opened for it',
    schema: { params: Type.Object({ id: Uuid }), body: SideErasure, response: Type.Object({ version: Type.Integer() }) },
    run: ({ deps, who, params, body }) => eraseSide(deps, who, params.id, body),
  }),
];
