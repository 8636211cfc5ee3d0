import { Uuid } from '@tongxin/domain/case/view.ts';
import {
  HeldSession,
  NewDisputeSession,
  NewRoom,
  OwnSessionAnswer,
  Screening,
  SessionAnswer,
  SessionNote,
  SessionsView,
} from '@tongxin/domain/dispute/session/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import {
  addRoom,
  answerSession,
  dropSession,
  holdSession,
  noteSession,
  ownSessions,
  proposeSession,
  recordSessionAnswer,
  screenSafety,
  sessionsOf,
} from './service.ts';

const Id = Type.Object({ id: Uuid });
const SessionId = Type.Object({ id: Uuid, sessionId: Uuid });
const CodeText = Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' });
const mediators = { capability: 'mediation.record' } as const;
const holder = { receipt: true } as const;

export const sessionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/disputes/:id/sessions',
    access: mediators,
    summary: 'Sessions of a dispute, rooms, what was asked about safety, and the notes of separate talks',
    schema: { params: Id, response: SessionsView },
    run: ({ deps, who, params }) => sessionsOf(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/safety',
    access: mediators,
    summary: 'Writes down what was asked about safety; danger cancels what is to come',
    schema: { params: Id, body: Screening, response: SessionsView },
    run: ({ deps, who, params, body }) => screenSafety(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/sessions',
    access: mediators,
    summary: 'Proposes a time for a session, in a room or by a link',
    schema: { params: Id, body: NewDisputeSession, response: SessionsView },
    run: ({ deps, who, params, body }) => proposeSession(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/sessions/:sessionId/answers',
    access: mediators,
    summary: 'Writes down whether a side can come',
    schema: { params: SessionId, body: SessionAnswer, response: SessionsView },
    run: ({ deps, who, params, body }) => recordSessionAnswer(deps, who, params.id, params.sessionId, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/sessions/:sessionId/holding',
    access: mediators,
    summary: 'Writes down who came, what all heard, and how it ended',
    schema: { params: SessionId, body: HeldSession, response: SessionsView },
    run: ({ deps, who, params, body }) => holdSession(deps, who, params.id, params.sessionId, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/sessions/:sessionId/cancellation',
    access: mediators,
    summary: 'Cancels a session that was not held',
    schema: { params: SessionId, body: Type.Object({}, { additionalProperties: false }), response: SessionsView },
    run: ({ deps, who, params }) => dropSession(deps, who, params.id, params.sessionId),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/sessions/:sessionId/notes',
    access: mediators,
    summary: 'Keeps a note of a separate talk, for whoever mediates alone',
    schema: { params: SessionId, body: SessionNote, response: SessionsView },
    run: ({ deps, who, params, body }) => noteSession(deps, who, params.id, params.sessionId, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/rooms',
    access: mediators,
    summary: 'Adds a room to those of the body that mediates',
    schema: { params: Id, body: NewRoom, response: SessionsView },
    run: ({ deps, who, params, body }) => addRoom(deps, who, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/receipts/:code/sessions',
    access: holder,
    summary: 'Sessions a side is invited to',
    schema: { params: Type.Object({ code: CodeText }), response: SessionsView },
    run: ({ deps, who }) => ownSessions(deps, who),
  }),
  route({
    method: 'POST',
    path: '/receipts/:code/sessions/:sessionId/answer',
    access: holder,
    summary: 'A side says whether it can come',
    schema: { params: Type.Object({ code: CodeText, sessionId: Uuid }), body: OwnSessionAnswer, response: SessionsView },
    run: ({ deps, who, params, body }) => answerSession(deps, who, params.sessionId, body.accepts),
  }),
];
