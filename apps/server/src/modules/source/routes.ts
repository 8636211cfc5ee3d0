import { Uuid } from '@tongxin/domain/case/view.ts';
import { AskedMonths, Causes, MeasureView, NewMeasure } from '@tongxin/domain/source/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { addMeasure, causes, measures } from './service.ts';

const counters = { capability: 'mediation.count' } as const;
const Measures = Type.Object({ measures: Type.Array(MeasureView) });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/sources/causes',
    access: counters,
    summary: 'Where disputes come from, by place, trade and month; exact, below the caller’s area',
    schema: { query: AskedMonths, response: Causes },
    run: ({ deps, who, query }) => causes(deps, who, query.from, query.to),
  }),
  route({
    method: 'GET',
    path: '/sources/measures',
    access: counters,
    summary: 'What was tried, and as many days after against as many before, with intervals',
    schema: { response: Measures },
    run: async ({ deps, who }) => ({ measures: await measures(deps, who) }),
  }),
  route({
    method: 'PUT',
    path: '/sources/measures/:id',
    access: counters,
    summary: 'Writes down what was tried: where, against which trade, from which day, by which body; never a target of none',
    schema: { params: Type.Object({ id: Uuid }), body: NewMeasure, response: Measures },
    run: async ({ deps, who, params, body }) => ({ measures: await addMeasure(deps, who, params.id, body) }),
  }),
];
