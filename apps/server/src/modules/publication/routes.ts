import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import {
  Decided,
  NewDecision,
  PublicationAreas,
  PublicationChange,
  PublicReports,
  ReviewRows,
} from '@tongxin/domain/publication/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answerSeen } from '../../platform/http/answer.ts';
import { changeSetting, decidePublication, publicReports, reviews, settings } from './service.ts';

const ById = Type.Object({ id: Uuid });
const Ref = Type.String({ pattern: '^[\\w-]{20,200}$' });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/public/reports',
    access: { public: 'what was looked over is for everybody; off unless an area switches it on' },
    summary: 'Reports that an area shows to everybody, in words written for that and coarse in place',
    schema: {
      query: Type.Object({ areaId: Type.Optional(Uuid), before: Type.Optional(Ref) }, { additionalProperties: false }),
      response: PublicReports,
    },
    run: async ({ deps, who, query }) => answerSeen(await publicReports(deps, who, query)),
  }),
  route({
    method: 'GET',
    path: '/publication/areas',
    access: { capability: 'publication.manage' },
    summary: 'What the caller’s areas tell anybody of their reports',
    schema: { response: PublicationAreas },
    run: async ({ deps, who }) => ({ areas: await settings(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/publication/areas/:id',
    access: { capability: 'publication.manage' },
    summary: 'Says what an area tells from now on; version 1 where nothing was said yet',
    schema: { params: ById, body: PublicationChange, response: Changed },
    run: ({ deps, who, params, body }) => changeSetting(deps, who, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/publication/reviews',
    access: { capability: 'publication.review' },
    summary: 'Reports to be looked over before everybody sees them, or what was decided',
    schema: {
      query: Type.Object({ state: Type.Optional(Type.Enum(['waiting', 'shown', 'refused'])) }, { additionalProperties: false }),
      response: ReviewRows,
    },
    run: async ({ deps, who, query }) => ({ rows: await reviews(deps, who, query.state ?? 'waiting') }),
  }),
  route({
    method: 'PUT',
    path: '/cases/:id/publication',
    access: { capability: 'publication.review' },
    summary: 'Shows a report to everybody in words written for that, or does not',
    schema: { params: ById, body: NewDecision, response: Decided },
    run: ({ deps, who, params, body }) => decidePublication(deps, who, params.id, body),
  }),
];
