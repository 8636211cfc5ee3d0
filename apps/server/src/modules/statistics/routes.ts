import { BurdenView } from '@tongxin/domain/burden/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { Type } from 'typebox';
import { route } from '../../platform/access-plugin/route.ts';
import { burden } from './burden/service.ts';
import { lateCases } from './late/service.ts';
import { countCases, countDurations, standing } from './service.ts';

const Totals = Type.Array(
  Type.Object({ key: Type.String(), label: Type.Optional(Label), late: Type.Integer(), stillOpen: Type.Integer() }),
);
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
  route({
    method: 'GET',
    path: '/statistics/durations',
    access: { capability: 'statistics.read' },
    summary: 'How long what ended took, from acceptance to the end, as counts by elapsed hours',
    schema: {
      query: Type.Object(
        {
          areaId: Type.Optional(Uuid),
          procedureId: Type.Optional(Type.String({ maxLength: 60 })),
          categoryId: Type.Optional(Type.String({ maxLength: 240 })),
          from: Type.Optional(Day),
          to: Type.Optional(Day),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({
        areaId: Uuid,
        procedureId: Type.String(),
        rows: Type.Array(Type.Object({ fromHours: Type.Integer(), underHours: Type.Optional(Type.Integer()), n: Type.Integer() })),
      }),
    },
    run: ({ deps, who, query }) => countDurations(deps, who, query),
  }),
  route({
    method: 'GET',
    path: '/statistics/standing',
    access: { capability: 'statistics.read' },
    summary: 'Whether the figures are whole: how many events are not counted yet, and until when all are',
    schema: {
      response: Type.Object({
        behind: Type.Integer(),
        asOf: Type.String(),
        /** Many events wait, or some for long: figures are of a part. */
        partial: Type.Boolean(),
      }),
    },
    run: ({ deps, who }) => standing(deps, who),
  }),
  route({
    method: 'GET',
    path: '/statistics/burden',
    access: { capability: 'statistics.read' },
    summary:
      'What each department asked of each kind of post in the field: fields and reckoned minutes; never of a person, never of few posts',
    schema: {
      query: Type.Object(
        { areaId: Type.Optional(Uuid), from: Type.Optional(Day), to: Type.Optional(Day) },
        { additionalProperties: false },
      ),
      response: BurdenView,
    },
    run: ({ deps, who, query }) => burden(deps, who, query),
  }),
  route({
    method: 'GET',
    path: '/statistics/late',
    access: { capability: 'statistics.read' },
    summary: 'Who was late: cases past their overall limit, live and imported, with totals by category, body and month',
    schema: {
      query: Type.Object(
        {
          areaId: Type.Optional(Uuid),
          from: Type.Optional(Day),
          to: Type.Optional(Day),
          sourceSystem: Type.Optional(Type.String({ maxLength: 60 })),
          cursor: Type.Optional(Type.String({ maxLength: 200 })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({
        areaId: Uuid,
        rows: Type.Array(
          Type.Object({
            id: Uuid,
            number: Type.String(),
            sourceNumber: Type.Optional(Type.String()),
            title: Type.String(),
            categoryLabel: Type.Optional(Label),
            organizationLabel: Type.Optional(Label),
            dueAt: Type.String(),
            closedAt: Type.Optional(Type.String()),
            daysLate: Type.Integer(),
          }),
        ),
        next: Type.Optional(Type.String()),
        byCategory: Totals,
        byOrganization: Totals,
        byMonth: Totals,
      }),
    },
    run: ({ deps, who, query }) => lateCases(deps, who, query),
  }),
] as const;
