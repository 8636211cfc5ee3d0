import { Point } from '@tongxin/domain/case/schema.ts';
import { CasePage, CaseView, NewAction, NewPlace, SimilarCase, Uuid } from '@tongxin/domain/case/view.ts';
import { Question } from '@tongxin/domain/inbox/schema.ts';
import { Type } from 'typebox';
import { Bytes, route } from '../../platform/access-plugin/route.ts';
import { answer, answerSeen, bytesAnswer } from '../../platform/http/answer.ts';
import { alikeInWords, findByWords } from '../search/index.ts';
import { leaseRoutes } from './lease/routes.ts';
import { listPage } from './list/service.ts';
import { readParty } from './party/service.ts';
import { placeByHand } from './place/hand/service.ts';
import { previewRoutes } from './preview/routes.ts';
import { actOnCase, addNote, viewCase, workOnTask } from './service.ts';
import { similarCases, similarToTold } from './similar/service.ts';
import { drawCase } from './standing/service.ts';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const CaseId = Type.Object({ id: Uuid });
const Version = Type.Object({ id: Uuid, version: Type.Integer(), repeated: Type.Optional(Type.Boolean()) });
/** What a write answers: the whole view, or only the version when the caller prefers that (`Prefer: return=minimal`, RFC 7240). */
const Written = Type.Union([CaseView, Version]);

const CaseQuery = Type.Object(
  {
    ...Question.properties,
    /** Up to 100 ids with commas between: what of these the list holds. */
    ids: Type.Optional(Type.String({ pattern: `^${UUID}(?:,${UUID}){0,99}$` })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    count: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const minimal = (header: (name: string) => string | undefined): boolean => header('prefer')?.includes('return=minimal') ?? false;

export const routes = [
  ...leaseRoutes,
  ...previewRoutes,
  route({
    method: 'GET',
    path: '/cases',
    access: { signedIn: true },
    summary: 'A page of cases the caller may see, newest change first or due first',
    schema: { query: CaseQuery, response: CasePage },
    run: ({ deps, who, query: { ids, ...query } }) =>
      listPage(deps, who, { ...query, ...(ids ? { ids: ids.split(',') } : {}) }, findByWords),
  }),
  route({
    method: 'GET',
    path: '/cases/:id',
    access: { signedIn: true },
    summary: 'A case as the caller may see it',
    schema: { params: CaseId, response: CaseView },
    run: async ({ deps, who, params }) => answerSeen(await viewCase(deps, who, params.id)),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/similar',
    access: { capability: 'case.read' },
    summary: 'Cases like it at the same spot or in like words, with what came of them',
    schema: { params: CaseId, response: Type.Object({ cases: Type.Array(SimilarCase) }) },
    run: async ({ deps, who, params }) => ({ cases: await similarCases(deps, who, params.id, alikeInWords) }),
  }),
  route({
    method: 'POST',
    path: '/cases/similar',
    access: { capability: 'case.register' },
    summary: 'Cases like what is being told, while it is typed; nothing is kept of it',
    schema: {
      body: Type.Object(
        {
          text: Type.Optional(Type.String({ minLength: 1, maxLength: 10_000 })),
          point: Type.Optional(Point),
          areaId: Type.Optional(Uuid),
          categoryId: Type.Optional(Type.String({ minLength: 1, maxLength: 240 })),
          postId: Type.Optional(Uuid),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({ cases: Type.Array(SimilarCase) }),
    },
    run: async ({ deps, who, body }) => ({ cases: await similarToTold(deps, who, body, alikeInWords) }),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/diagram.svg',
    access: { capability: 'case.read' },
    summary: 'Where the case stands on the diagram of its procedure, the way it came and what may come next',
    schema: { params: CaseId, response: Bytes },
    run: async ({ deps, who, params, language }) =>
      bytesAnswer(await drawCase(deps, who, params.id, language), 'image/svg+xml; charset=utf-8', {
        'cache-control': 'private, no-store',
        'content-language': language,
        vary: 'accept-language',
      }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/actions',
    access: { signedIn: true },
    summary: 'Takes an action of the procedure',
    schema: { params: CaseId, body: NewAction, response: Written },
    run: async ({ deps, who, params, body, header }) => {
      const { version, repeated } = await actOnCase(deps, who, params.id, body);
      return minimal(header) ? { id: params.id, version, repeated } : answer(await viewCase(deps, who, params.id), { version });
    },
  }),
  route({
    method: 'POST',
    path: '/cases/:id/place',
    access: { capability: 'case.read' },
    summary: 'Says where an open case is; it keeps the version of its procedure, and its view says which one holds there',
    schema: {
      params: CaseId,
      body: Type.Object(
        { commandId: Uuid, version: Type.Integer({ minimum: 1 }), ...NewPlace.properties },
        { additionalProperties: false },
      ),
      response: Version,
    },
    run: async ({ deps, who, params, body }) => ({ id: params.id, ...(await placeByHand(deps, who, params.id, body)) }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/notes',
    access: { capability: 'case.read' },
    summary: 'Adds an internal note, never shown to the reporter',
    schema: {
      params: CaseId,
      body: Type.Object({ commandId: Uuid, words: Type.String({ minLength: 1, maxLength: 5000 }) }, { additionalProperties: false }),
      response: Version,
    },
    run: async ({ deps, who, params, body }) => ({ id: params.id, ...(await addNote(deps, who, params.id, body)) }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/tasks',
    access: { capability: 'case.read' },
    summary: 'Opens a joint task for another body',
    schema: {
      params: CaseId,
      body: Type.Object(
        {
          commandId: Uuid,
          taskId: Uuid,
          organizationId: Uuid,
          words: Type.String({ minLength: 1, maxLength: 2000 }),
          dueOn: Type.Optional(Type.String({ maxLength: 10, description: 'A day in China: an answer is due at its end' })),
        },
        { additionalProperties: false },
      ),
      response: Version,
    },
    run: async ({ deps, who, params, body }) => ({ id: params.id, ...(await workOnTask(deps, who, params.id, body)) }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/tasks/:taskId',
    access: { capability: 'case.read' },
    summary: 'Acknowledges, answers, returns or cancels a joint task',
    schema: {
      params: Type.Object({ id: Uuid, taskId: Uuid }),
      body: Type.Object(
        {
          commandId: Uuid,
          status: Type.Enum(['acknowledged', 'done', 'returned', 'cancelled']),
          words: Type.Optional(Type.String({ maxLength: 2000 })),
        },
        { additionalProperties: false },
      ),
      response: Version,
    },
    run: async ({ deps, who, params, body }) => ({
      id: params.id,
      ...(await workOnTask(deps, who, params.id, { ...body, taskId: params.taskId })),
    }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/parties/:partyId/read',
    access: { capability: 'party.read' },
    summary: 'Opens a party’s name or contact for a stated purpose; the reading is logged for that person',
    schema: {
      params: Type.Object({ id: Uuid, partyId: Uuid }),
      body: Type.Object(
        {
          purpose: Type.String({ minLength: 2, maxLength: 200 }),
          fields: Type.Array(Type.Enum(['name', 'phone']), { minItems: 1, maxItems: 2 }),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({
        name: Type.Optional(Type.String()),
        phone: Type.Optional(Type.String()),
      }),
    },
    run: ({ deps, who, params, body }) => readParty(deps, who, params.id, params.partyId, body),
  }),
] as const;
