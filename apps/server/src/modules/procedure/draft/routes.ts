import { Uuid } from '@tongxin/domain/case/view.ts';
import { VariantChange } from '@tongxin/domain/variant/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { answer } from '../../../platform/http/answer.ts';
import { DraftView } from './present.ts';
import { dropDraft, getDraft, listDrafts, publishDraft, putDraft } from './service.ts';

const params = Type.Object({ id: Uuid });
const Version = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const DraftBody = Type.Object(
  {
    version: Version,
    procedureId: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}$' }),
    baseVersion: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    areaId: Uuid,
    change: VariantChange,
  },
  { additionalProperties: false },
);
const Publication = Type.Object(
  { version: Version, note: Type.String({ minLength: 1, maxLength: 400 }), from: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }) },
  { additionalProperties: false },
);

export const draftRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/procedure-drafts',
    access: { capability: 'procedure.vary' },
    summary: 'Variants that one’s body is writing',
    schema: { response: Type.Object({ drafts: Type.Array(DraftView) }) },
    run: async ({ deps, who }) => ({ drafts: await listDrafts(deps, who) }),
  }),
  route({
    method: 'GET',
    path: '/procedure-drafts/:id',
    access: { capability: 'procedure.vary' },
    summary: 'One draft, with what it changes',
    schema: { params, response: DraftView },
    run: async ({ deps, who, params: { id } }) => {
      const draft = await getDraft(deps, who, id);
      return answer(draft, { version: draft.version, headers: { 'cache-control': 'private, no-store' } });
    },
  }),
  route({
    method: 'PUT',
    path: '/procedure-drafts/:id',
    access: { capability: 'procedure.vary' },
    summary: 'Keeps a draft; names the version that was seen, 0 for a new one',
    schema: { params, body: DraftBody, response: DraftView },
    run: ({ deps, who, params: { id }, body }) => putDraft(deps, who, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/procedure-drafts/:id',
    access: { capability: 'procedure.vary' },
    summary: 'Throws a draft away that was not published',
    schema: { params, query: Type.Object({ version: Version }, { additionalProperties: false }), response: Type.Object({ id: Uuid }) },
    run: async ({ deps, who, params: { id }, query }) => {
      await dropDraft(deps, who, id, query.version);
      return { id };
    },
  }),
  route({
    method: 'POST',
    path: '/procedure-drafts/:id/publish',
    access: { capability: 'procedure.vary' },
    summary: 'Publishes a sound draft under the next number, in use in its area from a day on',
    schema: { params, body: Publication, response: Type.Object({ id: Type.String(), version: Type.Integer() }) },
    run: ({ deps, who, params: { id }, body }) => publishDraft(deps, who, id, body),
  }),
];
