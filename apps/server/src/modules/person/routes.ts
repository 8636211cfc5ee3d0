import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { AccessView, OwnView, presentAccess } from './present.ts';
import { accessLog, ownDetails } from './service.ts';

const PAGE = 50;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me/access-log',
    access: { signedIn: true },
    summary: 'Who looked at my data: post, organization, purpose, time',
    schema: {
      query: Type.Object(
        { before: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$' })) },
        { additionalProperties: false },
      ),
      response: AccessView,
    },
    run: async ({ deps, who, query }) => presentAccess(await accessLog(deps, who, query.before, PAGE), PAGE),
  }),
  route({
    method: 'GET',
    path: '/me/details',
    access: { signedIn: true },
    summary: 'My own name and telephone as they are kept',
    schema: { response: OwnView },
    run: ({ deps, who }) => ownDetails(deps, who),
  }),
];
