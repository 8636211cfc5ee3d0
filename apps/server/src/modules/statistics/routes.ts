import { Uuid } from '@tongxin/domain/case/view.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { Type } from 'typebox';
import { route } from '../../platform/access-plugin/route.ts';
import { countCases } from './service.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' });

export const routes = [
  route({
    method: 'GET',
    path: '/statistics/cases',
    access: { capability: 'statistics.read' },
    summary: 'Counts of an area by stage, category, day, area or procedure, from the rollups',
    schema: {
      query: Type.Object(
        {
          measure: Type.Enum(['filed', 'entered', 'standing', 'overdue']),
          areaId: Type.Optional(Uuid),
          by: Type.Enum(['stage', 'category', 'day', 'area', 'procedure']),
          from: Type.Optional(Day),
          to: Type.Optional(Day),
          procedureId: Type.Optional(Type.String({ maxLength: 60 })),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({
        areaId: Uuid,
        rows: Type.Array(Type.Object({ key: Type.String(), label: Type.Optional(Label), n: Type.Integer() })),
      }),
    },
    run: ({ deps, who, query }) => countCases(deps, who, query),
  }),
] as const;
