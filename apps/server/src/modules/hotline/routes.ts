import { Uuid } from '@tongxin/domain/case/view.ts';
import { CallDeed, CallResult, CallView, CaseCall, LineView } from '@tongxin/domain/hotline/schema.ts';
import { CallBackRow, CallerCase } from '@tongxin/domain/hotline/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { bindCase, calls, callsOfCase, logCall, putAway, take } from './call/service.ts';
import { attempt, callBacks } from './call-back/service.ts';
import { actForCaller, lookUp } from './caller/service.ts';
import { dropLine, hear, lines, makeLine } from './line/service.ts';
import { presentLine } from './present.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.Object({ id: Uuid });
const CallAndCase = Type.Object({ id: Uuid, caseId: Uuid });
const Version = Type.Object({ version: Type.Integer(), repeated: Type.Boolean() });
const ANSWERS = { capability: 'call.answer' } as const;
const MANAGES = { capability: 'exchange.manage' } as const;
const Words = Type.String({ minLength: 1, maxLength: 5000 });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/hotline/calls',
    access: ANSWERS,
    summary: 'Calls of the caller’s body: what rings or is in hand, and the latest that are over',
    schema: { response: Type.Object({ open: Type.Array(CallView), past: Type.Array(CallView) }) },
    run: ({ deps, who }) => calls(deps, who),
  }),
  route({
    method: 'POST',
    path: '/hotline/calls',
    access: ANSWERS,
    summary: 'Logs a call that no telephone system announced',
    schema: {
      body: Type.Object({ id: Uuid, number: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })) }, closed),
      response: CallView,
    },
    run: ({ deps, who, body }) => logCall(deps, who, body),
  }),
  route({
    method: 'POST',
    path: '/hotline/calls/:id/take',
    access: ANSWERS,
    summary: 'Takes a ringing call',
    schema: { params: Id, response: CallView },
    run: ({ deps, who, params }) => take(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/hotline/calls/:id/caller',
    access: ANSWERS,
    summary: 'Cases of whoever is on the line, by their number or by a query code; each party found reads of it in their log',
    schema: {
      params: Id,
      body: Type.Object({ code: Type.Optional(Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z -]+$' })) }, closed),
      response: Type.Object({ cases: Type.Array(CallerCase) }),
    },
    run: async ({ deps, who, params, body, language }) => ({ cases: await lookUp(deps, who, params.id, body.code, language) }),
  }),
  route({
    method: 'POST',
    path: '/hotline/calls/:id/cases/:caseId/actions',
    access: ANSWERS,
    summary: 'Writes down what whoever is on the line adds, urges or asks again',
    schema: {
      params: CallAndCase,
      body: Type.Object(
        {
          commandId: Uuid,
          action: Type.String({ maxLength: 60 }),
          version: Type.Integer({ minimum: 1 }),
          input: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Words)),
        },
        closed,
      ),
      response: Version,
    },
    run: ({ deps, who, params, body }) => actForCaller(deps, who, { ...body, callId: params.id, caseId: params.caseId }),
  }),
  route({
    method: 'PUT',
    path: '/hotline/calls/:id/cases/:caseId',
    access: ANSWERS,
    summary: 'Says what the call did to a case: the telephone log of the case has it',
    schema: { params: CallAndCase, body: Type.Object({ deed: CallDeed }, closed), response: Id },
    run: ({ deps, who, params, body }) => bindCase(deps, who, params.id, params.caseId, body.deed),
  }),
  route({
    method: 'POST',
    path: '/hotline/calls/:id/close',
    access: ANSWERS,
    summary: 'Puts a call away with how it ended; its number is forgotten',
    schema: {
      params: Id,
      body: Type.Object({ result: CallResult, passedTo: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })) }, closed),
      response: CallView,
    },
    run: ({ deps, who, params, body }) => putAway(deps, who, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/calls',
    access: { capability: 'case.read' },
    summary: 'The telephone log of a case: who was on the line as a post, when, how long, what came of it',
    schema: { params: Id, response: Type.Object({ calls: Type.Array(CaseCall) }) },
    run: async ({ deps, who, params }) => ({ calls: await callsOfCase(deps, who, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/hotline/call-backs',
    access: ANSWERS,
    summary: 'Cases that wait for a call-back, with the attempts made and when to try next',
    schema: { response: Type.Object({ rows: Type.Array(CallBackRow) }) },
    run: async ({ deps, who }) => ({ rows: await callBacks(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/hotline/call-backs/:id',
    access: ANSWERS,
    summary: 'Writes an attempt to call back: reached, not answered, or refused',
    schema: {
      params: Id,
      body: Type.Object(
        {
          commandId: Uuid,
          callId: Uuid,
          version: Type.Integer({ minimum: 1 }),
          outcome: Type.Enum(['reached', 'unanswered', 'refused']),
          input: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Words)),
          beganAt: Type.Optional(Type.String({ minLength: 16, maxLength: 40 })),
        },
        closed,
      ),
      response: Version,
    },
    run: ({ deps, who, params, body }) => attempt(deps, who, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/hotline/lines',
    access: MANAGES,
    summary: 'Telephone systems that announce calls, of bodies below the caller’s area',
    schema: { response: Type.Object({ lines: Type.Array(LineView) }) },
    run: async ({ deps, who }) => ({ lines: (await lines(deps, who)).map(presentLine) }),
  }),
  route({
    method: 'POST',
    path: '/hotline/lines',
    access: MANAGES,
    summary: 'Connects a telephone system; answers its signing secret once',
    schema: {
      body: Type.Object({ id: Uuid, organizationId: Uuid, name: Type.String({ minLength: 1, maxLength: 80 }) }, closed),
      response: Type.Intersect([LineView, Type.Object({ secret: Type.Optional(Type.String()) })]),
    },
    run: async ({ deps, who, body }) => {
      const { row, secret } = await makeLine(deps, who, body);
      return answer({ ...presentLine(row), ...(secret ? { secret } : {}) }, { status: secret ? 201 : 200 });
    },
  }),
  route({
    method: 'POST',
    path: '/hotline/lines/:id/revoke',
    access: MANAGES,
    summary: 'Disconnects a telephone system, at once',
    schema: { params: Id, response: LineView },
    run: async ({ deps, who, params }) => presentLine(await dropLine(deps, who, params.id)),
  }),
  route({
    method: 'POST',
    path: '/hotline/lines/:id/news',
    access: { public: 'a telephone system proves itself by signing what it says' },
    summary: 'For a telephone system: a call rings, or its line is down; signed as Standard Webhooks are',
    schema: { params: Id, response: Id },
    maxBytes: 4096,
    run: ({ deps, params, bytes, header }) =>
      hear(deps, params.id, bytes, {
        'webhook-id': header('webhook-id') ?? '',
        'webhook-timestamp': header('webhook-timestamp') ?? '',
        'webhook-signature': header('webhook-signature') ?? '',
      }),
  }),
];
