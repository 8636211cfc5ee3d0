import { Uuid } from '@tongxin/domain/case/view.ts';
import { DocumentKindSchema, Draft } from '@tongxin/domain/document/schema.ts';
import { DocumentsView, NewDocument } from '@tongxin/domain/document/view.ts';
import { Type } from 'typebox';
import { Bytes, route } from '../../platform/access-plugin/route.ts';
import { answer, bytesAnswer } from '../../platform/http/answer.ts';
import { documentsOf, draftDocument, type Format, issueDocument, openDocument, previewDocument, signDocument } from './service.ts';

const CaseId = Type.Object({ id: Uuid });
const DocumentId = Type.Object({ id: Uuid, documentId: Uuid });
const Version = Type.Object({ id: Uuid, version: Type.Integer() });
/** A paper is for its reader alone and runs nothing. */
const inert = { 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'private, no-store' };

export const routes = [
  route({
    method: 'GET',
    path: '/cases/:id/documents',
    access: { capability: 'case.read' },
    summary: 'Papers of a case, and kinds that may be made of it',
    schema: { params: CaseId, response: DocumentsView },
    run: ({ deps, who, params }) => documentsOf(deps, who, params.id),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/documents/draft',
    access: { capability: 'case.read' },
    summary: 'First words of a paper, from the record',
    schema: { params: CaseId, query: Type.Object({ kind: DocumentKindSchema }, { additionalProperties: false }), response: Draft },
    run: ({ deps, who, params, query }) => draftDocument(deps, who, params.id, query.kind),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/documents/preview',
    access: { capability: 'case.read' },
    summary: 'The pages of a paper as a picture before it is issued; nothing is kept',
    schema: {
      params: CaseId,
      body: Type.Object({ kind: DocumentKindSchema, draft: Draft }, { additionalProperties: false }),
      response: Bytes,
    },
    run: async ({ deps, who, params, body }) =>
      bytesAnswer(await previewDocument(deps, who, params.id, body.kind, body.draft), 'image/svg+xml', inert),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/documents',
    access: { capability: 'case.read' },
    summary: 'Issues a paper: numbered, and on the record',
    schema: {
      params: CaseId,
      body: NewDocument,
      response: Version,
    },
    run: async ({ deps, who, params, body }) =>
      answer({ id: params.id, ...(await issueDocument(deps, who, params.id, body)) }, { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/documents/:documentId/:format',
    access: { capability: 'case.read' },
    summary: 'An issued paper as Word or PDF',
    schema: { params: Type.Object({ id: Uuid, documentId: Uuid, format: Type.Enum(['docx', 'pdf']) }), response: Bytes },
    run: async ({ deps, who, params }) => {
      const { bytes, mediaType, name } = await openDocument(deps, who, params.id, params.documentId, params.format as Format);
      return bytesAnswer(bytes, mediaType, { ...inert, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` });
    },
  }),
  route({
    method: 'POST',
    path: '/cases/:id/documents/:documentId/signed',
    access: { capability: 'case.read' },
    summary: 'Puts the signed paper back: files uploaded to the case',
    schema: {
      params: DocumentId,
      body: Type.Object({ commandId: Uuid, fileIds: Type.Array(Uuid, { minItems: 1, maxItems: 20 }) }, { additionalProperties: false }),
      response: Version,
    },
    run: async ({ deps, who, params, body }) => ({ id: params.id, ...(await signDocument(deps, who, params.id, params.documentId, body)) }),
  }),
] as const;
