import { Uuid } from '@tongxin/domain/case/view.ts';
import {
  HelperRemoval,
  HelpersView,
  InvitationAnswer,
  Invitations,
  NewHelper,
  ObjectionAnswer,
  OwnObjection,
  RecordedObjection,
} from '@tongxin/domain/dispute/joining/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import {
  answerInvitation,
  answerObjection,
  askHelper,
  helpersOf,
  invitations,
  objectToHelper,
  ownHelpers,
  recordObjection,
  takeOff,
} from './service.ts';

const Id = Type.Object({ id: Uuid });
const Helper = Type.Object({ id: Uuid, helperId: Uuid });
const CODE = Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' });
const mediators = { capability: 'mediation.record' } as const;

export const helperRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/disputes/:id/helpers',
    access: mediators,
    summary: 'Second mediators, experts and interpreters of a dispute',
    schema: { params: Id, response: HelpersView },
    run: ({ deps, who, params }) => helpersOf(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/helpers',
    access: mediators,
    summary: 'The mediator or the head asks somebody to join; a question of conflict is the head’s to answer',
    schema: { params: Id, body: NewHelper, response: HelpersView },
    run: ({ deps, who, params, body }) => askHelper(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/helpers/:helperId/objections',
    access: mediators,
    summary: 'Writes down that a side objects to somebody who was asked to help',
    schema: { params: Helper, body: RecordedObjection, response: HelpersView },
    run: ({ deps, who, params, body }) => recordObjection(deps, who, params.id, params.helperId, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/helpers/:helperId/answer',
    access: mediators,
    summary: 'The head answers an objection: they are off, or stay with a reason',
    schema: { params: Helper, body: ObjectionAnswer, response: HelpersView },
    run: ({ deps, who, params, body }) => answerObjection(deps, who, params.id, params.helperId, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/helpers/:helperId/removal',
    access: mediators,
    summary: 'Takes somebody who helps off; they see nothing from then on',
    schema: { params: Helper, body: HelperRemoval, response: HelpersView },
    run: ({ deps, who, params, body }) => takeOff(deps, who, params.id, params.helperId, body),
  }),
  route({
    method: 'GET',
    path: '/receipts/:code/helpers',
    access: { receipt: true },
    summary: 'Who helps in the dispute of a query code',
    schema: { params: Type.Object({ code: CODE }), response: HelpersView },
    run: ({ deps, who }) => ownHelpers(deps, who),
  }),
  route({
    method: 'POST',
    path: '/receipts/:code/helpers/:helperId/objections',
    access: { receipt: true },
    summary: 'A side objects to somebody who was asked to help',
    schema: { params: Type.Object({ code: CODE, helperId: Uuid }), body: OwnObjection, response: HelpersView },
    run: ({ deps, who, params, body }) => objectToHelper(deps, who, params.helperId, body),
  }),
  route({
    method: 'GET',
    path: '/me/helping',
    access: { signedIn: true },
    summary: 'Talks the caller is asked to help in: as what, when and where, and nothing of the matter',
    schema: { response: Invitations },
    run: async ({ deps, who }) => ({ invitations: await invitations(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/me/helping/:id',
    access: { signedIn: true },
    summary: 'Joins, with the duty of confidentiality, or declines without a reason, also later',
    schema: { params: Id, body: InvitationAnswer, response: Invitations },
    run: async ({ deps, who, params, body }) => ({ invitations: await answerInvitation(deps, who, params.id, body) }),
  }),
];
