import { Uuid } from '@tongxin/domain/case/view.ts';
import { SubjectKind } from '@tongxin/domain/edit/schema.ts';
import { Bundle, EditAnswer, FieldFile, History, NewEdit } from '@tongxin/domain/field/view.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { answer, answerSeen, bytesAnswer } from '../../platform/http/answer.ts';
import { bytesOf, MAX_FILE_BYTES } from '../file/index.ts';
import { bundle, history, keepFile, openFieldFile, takeEdit } from './service.ts';

const worker = { capability: 'patrol.record' } as const;
const Subject = Type.Object({ kind: SubjectKind, id: Uuid });
const SubjectFile = Type.Object({ kind: SubjectKind, id: Uuid, fileId: Uuid });
const FILE_KINDS = ['photo', 'sound'] as const;

/** Nothing a file says may run in our page. */
const inert = { 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'private, max-age=3600' };

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/field/bundle',
    access: worker,
    summary: 'All a worker needs of an area to work without signal; with an ETag',
    schema: { query: Type.Object({ areaId: Type.Optional(Uuid) }, { additionalProperties: false }), response: Bundle },
    run: async ({ deps, who, query }) => answerSeen(await bundle(deps, who, query.areaId)),
  }),
  route({
    method: 'POST',
    path: '/field/edits',
    access: worker,
    summary: 'One edit out of a device’s outbox: 200 applied, 409 with both values where another wrote meanwhile',
    schema: { body: NewEdit, response: EditAnswer },
    maxJson: 512 * 1024,
    run: async ({ deps, who, body }) => {
      const taken = await takeEdit(deps, who, body);
      return answer(taken, { status: taken.outcome === 'conflict' ? 409 : 200 });
    },
  }),
  route({
    method: 'GET',
    path: '/field/edits/:kind/:id',
    access: worker,
    summary: 'What was written in a record, by which post, from what to what, and what it met',
    schema: { params: Subject, response: History },
    run: async ({ deps, who, params }) => ({ edits: await history(deps, who, params.kind, params.id) }),
  }),
  route({
    method: 'PUT',
    path: '/field/files/:kind/:id/:fileId',
    access: worker,
    summary: 'A picture, sound or signature of a record, under an id made by the device',
    schema: { params: SubjectFile, response: FieldFile },
    maxBytes: MAX_FILE_BYTES + 1,
    run: async ({ deps, who, params, bytes, header }) => {
      const fileKind = FILE_KINDS.find((one) => one === header('x-kind'));
      if (!fileKind) throw invalid('fieldUnfit', { field: 'x-kind', why: 'notOffered' });
      return answer(await keepFile(deps, who, { ...params, fileKind, bytes: await bytesOf({ deps, who, bytes, header }) }), {
        status: 201,
      });
    },
  }),
  route({
    method: 'GET',
    path: '/field/files/:kind/:id/:fileId',
    access: worker,
    summary: 'The bytes of a file of a record',
    schema: { params: SubjectFile, response: Bytes },
    run: async ({ deps, who, params }) => {
      const { bytes, mediaType } = await openFieldFile(deps, who, params.kind, params.id, params.fileId);
      return bytesAnswer(bytes, mediaType, inert);
    },
  }),
];
