import { CasePage, CaseView, Light, NewAction, Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { route } from '../../platform/access-plugin/route.ts';
import { answer, answerSeen } from '../../platform/http/answer.ts';
import { findByWords } from '../search/index.ts';
import { listPage } from './list/service.ts';
import { readParty } from './party/service.ts';
import { actOnCase, addNote, viewCase, workOnTask } from './service.ts';

const CaseId = Type.Object({ id: Uuid });
const Version = Type.Object({ id: Uuid, version: Type.Integer(), repeated: Type.Optional(Type.Boolean()) });
/** What a write answers: the whole view, or only the version when the caller prefers that (`Prefer: return=minimal`, RFC 7240). */
const Written = Type.Union([CaseView, Version]);

/** What a list may be asked: also what an export is asked for. */
export const CaseQuery = Type.Object(
  {
    level: Type.Optional(Type.Enum(['city', 'district', 'town', 'community', 'grid'])),
    areaId: Type.Optional(Uuid),
    organizationId: Type.Optional(Uuid),
    view: Type.Optional(Type.Enum(['mine', 'organization', 'receiving', 'supporting', 'respondent', 'reported', 'area'])),
    stage: Type.Optional(Type.String({ maxLength: 60 })),
    procedureId: Type.Optional(Type.String({ maxLength: 60 })),
    light: Type.Optional(Light),
    categoryId: Type.Optional(Type.String({ maxLength: 240 })),
    channel: Type.Optional(Type.String({ maxLength: 30 })),
    open: Type.Optional(Type.Boolean()),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    count: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const minimal = (header: (name: string) => string | undefined): boolean => header('prefer')?.includes('return=minimal') ?? false;

export const routes = [
  route({
    method: 'GET',
    path: '/cases',
    access: { signedIn: true },
    summary: 'A page of cases the caller may see, newest change first',
    schema: { query: CaseQuery, response: CasePage },
    run: ({ deps, who, query }) => listPage(deps, who, query, findByWords),
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
        { commandId: Uuid, taskId: Uuid, organizationId: Uuid, words: Type.String({ minLength: 1, maxLength: 2000 }) },
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
