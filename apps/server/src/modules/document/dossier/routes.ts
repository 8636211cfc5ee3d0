import { Uuid } from '@tongxin/domain/case/view.ts';
import { DossierPlace, DossierView, NewArchive } from '@tongxin/domain/dossier/schema.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../../platform/access-plugin/route.ts';
import { bytesAnswer } from '../../../platform/http/answer.ts';
import { archiveDossier, dossierOfCase, placeFile, readDossier } from './service.ts';

const CaseId = Type.Object({ id: Uuid });
const Version = Type.Object({ id: Uuid, version: Type.Integer() });
const MEDIATORS = { capability: 'mediation.record' } as const;
const inert = { 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'private, no-store' };

export const dossierRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/cases/:id/dossier',
    access: MEDIATORS,
    summary: 'The case file of a mediation: its places in the official order, what stands in them and what is missing',
    schema: { params: CaseId, response: DossierView },
    run: ({ deps, who, params }) => dossierOfCase(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/dossier/place',
    access: MEDIATORS,
    summary: 'Puts an attachment of the case into a place of its file, or takes it out',
    schema: { params: CaseId, body: DossierPlace, response: Version },
    run: async ({ deps, who, params, body }) => ({ id: params.id, ...(await placeFile(deps, who, params.id, body)) }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/dossier/archive',
    access: MEDIATORS,
    summary: 'Archives the file of a matter that is over: number, day and term',
    schema: { params: CaseId, body: NewArchive, response: Version },
    run: async ({ deps, who, params, body }) => ({ id: params.id, ...(await archiveDossier(deps, who, params.id, body)) }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/dossier/read',
    access: MEDIATORS,
    summary: 'The whole file as one PDF, for a purpose that stands on the record and in the log of its parties',
    schema: {
      params: CaseId,
      body: Type.Object({ commandId: Uuid, purpose: Type.String({ minLength: 2, maxLength: 200 }) }, { additionalProperties: false }),
      response: Bytes,
    },
    run: async ({ deps, who, params, body }) => {
      const { bytes, name } = await readDossier(deps, who, params.id, body);
      return bytesAnswer(bytes, 'application/pdf', {
        ...inert,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      });
    },
  }),
];
