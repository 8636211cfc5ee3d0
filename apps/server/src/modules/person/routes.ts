import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { AccessView, OwnView, presentAccess } from './present.ts';
import { accessLog, chooseDetails, ownDetails, partyAccessLog } from './service.ts';

const PAGE = 50;
const Before = Type.Object(
  { before: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$' })) },
  { additionalProperties: false },
);
const Code = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }) });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me/access-log',
    access: { signedIn: true },
    summary: 'Who looked at my data: post, organization, purpose, time',
    schema: {
      query: Before,
      response: AccessView,
    },
    run: async ({ deps, who, query }) => presentAccess(await accessLog(deps, who, query.before, PAGE), PAGE),
  }),
  route({
    method: 'GET',
    path: '/receipts/:code/access-log',
    access: { receipt: true },
    summary: 'Who looked at the name or telephone kept with this query code: post, organization, purpose, time',
    schema: { params: Code, query: Before, response: AccessView },
    run: async ({ deps, who, query }) => presentAccess(await partyAccessLog(deps, who, query.before, PAGE), PAGE),
  }),
  route({
    method: 'GET',
    path: '/me/details',
    access: { signedIn: true },
    summary: 'My own name, telephone and mail address as they are kept',
    schema: { response: OwnView },
    run: ({ deps, who }) => ownDetails(deps, who),
  }),
  route({
    method: 'PUT',
    path: '/me/details',
    access: { signedIn: true },
    summary: 'Correct my name, or keep large letters; residents only',
    schema: {
      body: Type.Object(
        { name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })), largeType: Type.Optional(Type.Boolean()) },
        { additionalProperties: false },
      ),
      response: OwnView,
    },
    run: ({ deps, who, body }) => chooseDetails(deps, who, body),
  }),
];
