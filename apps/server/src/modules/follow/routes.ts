import { Uuid } from '@tongxin/domain/case/view.ts';
import { FollowedView, Followers, FollowingReceipt, NearbyReports, NewFollowing, OwnFollowing } from '@tongxin/domain/follow/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answerSeen } from '../../platform/http/answer.ts';
import { demandEffort } from '../intake/index.ts';
import { follow, followersOf, keepOwnFollowing, nearbyReports, ownFollowings, stopFollowing, viewFollowed } from './service.ts';

const Code = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }) });
const OwnFollowings = Type.Object({ follows: Type.Array(OwnFollowing) });
const HOLDER = { public: 'whoever holds the code follows; nobody is named' } as const;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/nearby',
    access: { public: 'whoever is about to report is told what the area tells of reports around the spot' },
    summary: 'Open reports around a spot or in a grid, by kind and day; none unless the area tells of them',
    schema: {
      query: Type.Object(
        {
          lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
          lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
          areaId: Type.Optional(Uuid),
          categoryId: Type.Optional(Type.String({ maxLength: 240 })),
        },
        { additionalProperties: false },
      ),
      response: NearbyReports,
    },
    run: async ({ deps, who, query }) => ({ reports: await nearbyReports(deps, who, query) }),
  }),
  route({
    method: 'POST',
    path: '/nearby/follows',
    access: { public: 'anybody may meet the same thing' },
    summary: '我也遇到了: follows a report around the spot, with a code of one’s own; repeating it changes nothing',
    schema: { body: NewFollowing, response: FollowingReceipt },
    run: async (call) => {
      demandEffort(call, call.body.id);
      return follow(call.deps, call.who, call.body);
    },
  }),
  route({
    method: 'GET',
    path: '/follows/:code',
    access: HOLDER,
    guessed: true,
    summary: 'How far a followed report is, and what the office answered',
    schema: { params: Code, response: FollowedView },
    run: async ({ deps, who, params }) => answerSeen(await viewFollowed(deps, who, params.code)),
  }),
  route({
    method: 'DELETE',
    path: '/follows/:code',
    access: HOLDER,
    guessed: true,
    summary: 'Follows no longer; nothing is kept',
    schema: { params: Code, response: Type.Object({ stopped: Type.Literal(true) }) },
    run: ({ deps, who, params }) => stopFollowing(deps, who, params.code),
  }),
  route({
    method: 'GET',
    path: '/me/follows',
    access: { signedIn: true },
    summary: 'What I follow, each with its code; residents only',
    schema: { response: OwnFollowings },
    run: async ({ deps, who }) => ({ follows: await ownFollowings(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/me/follows',
    access: { signedIn: true },
    summary: 'Take what I followed without an account into it, by its code; the same again changes nothing',
    schema: { body: Type.Object({ code: Code.properties.code }, { additionalProperties: false }), response: OwnFollowings },
    run: async ({ deps, who, body }) => ({ follows: await keepOwnFollowing(deps, who, body.code) }),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/followers',
    access: { capability: 'case.read' },
    summary: 'How many met the same thing as the reporter of a case',
    schema: { params: Type.Object({ id: Uuid }), response: Followers },
    run: ({ deps, who, params }) => followersOf(deps, who, params.id),
  }),
];
