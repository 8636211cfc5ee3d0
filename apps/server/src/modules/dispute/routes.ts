import { AskedMonth, DisputeCounts, DisputeReceipt, DisputeRelease, DisputeRow, NewDispute } from '@tongxin/domain/dispute/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { countsOf, disputes, registerDispute, releaseMonth, releases } from './service.ts';

const mediators = { capability: 'mediation.record' } as const;
const counters = { capability: 'mediation.count' } as const;

export const routes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/disputes',
    access: mediators,
    summary: 'Writes down a quarrel and how it ended, also afterwards (简易登记)',
    schema: { body: NewDispute, response: DisputeReceipt },
    run: async ({ deps, who, body }) => {
      const { receipt, repeated } = await registerDispute(deps, who, body);
      return answer(receipt, { status: repeated ? 200 : 201 });
    },
  }),
  route({
    method: 'GET',
    path: '/disputes',
    access: mediators,
    summary: 'Disputes the caller has in hand, and those of a committee the caller heads; codes and days only',
    schema: { response: Type.Object({ disputes: Type.Array(DisputeRow) }) },
    run: async ({ deps, who }) => ({ disputes: await disputes(deps, who) }),
  }),
  route({
    method: 'GET',
    path: '/disputes/counts',
    access: counters,
    summary: 'Exact figures of a month below the caller’s area, for the reports that the law asks for',
    schema: { query: AskedMonth, response: DisputeCounts },
    run: ({ deps, who, query }) => countsOf(deps, who, query.month),
  }),
  route({
    method: 'POST',
    path: '/disputes/releases',
    access: counters,
    summary: 'Releases what everybody may know of a month that is over, once and for good',
    schema: { body: AskedMonth, response: DisputeRelease },
    run: async ({ deps, who, body }) => answer(await releaseMonth(deps, who, body.month), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/disputes/releases',
    access: { public: 'figures made for everybody: no small one is told or follows from those told' },
    summary: 'Figures of disputes by month and area that everybody may know',
    schema: { response: Type.Object({ releases: Type.Array(DisputeRelease) }) },
    run: async ({ deps, who }) => ({ releases: await releases(deps, who) }),
  }),
];
