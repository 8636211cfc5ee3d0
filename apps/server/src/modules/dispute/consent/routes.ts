import { Uuid } from '@tongxin/domain/case/view.ts';
import { ConsentsView, OwnConsent, RecordedConsent } from '@tongxin/domain/dispute/consent/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { answer } from '../../../platform/http/answer.ts';
import { consentsOf, giveConsent, ownConsents, recordConsent } from './service.ts';

const Id = Type.Object({ id: Uuid });
const Code = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }) });
const mediators = { capability: 'mediation.record' } as const;

export const consentRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/disputes/:id/consents',
    access: mediators,
    summary: 'What each side said to being mediated, for whoever has the dispute in hand',
    schema: { params: Id, response: ConsentsView },
    run: ({ deps, who, params }) => consentsOf(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/consents',
    access: mediators,
    summary: 'Writes down what a side said; the last yes opens the choice of a mediator, a no ends the mediation',
    schema: { params: Id, body: RecordedConsent, response: ConsentsView },
    run: async ({ deps, who, params, body }) => {
      const view = await recordConsent(deps, who, params.id, body);
      return answer(view, { version: view.version });
    },
  }),
  route({
    method: 'GET',
    path: '/receipts/:code/consents',
    access: { receipt: true },
    summary: 'What each side of the dispute of a query code said to being mediated, without names',
    schema: { params: Code, response: ConsentsView },
    run: ({ deps, who }) => ownConsents(deps, who),
  }),
  route({
    method: 'POST',
    path: '/receipts/:code/consents',
    access: { receipt: true },
    summary: 'Agrees to be mediated, or does not: the side itself, with its query code',
    schema: { params: Code, body: OwnConsent, response: ConsentsView },
    run: async ({ deps, who, body }) => {
      const view = await giveConsent(deps, who, body);
      return answer(view, { version: view.version });
    },
  }),
];
