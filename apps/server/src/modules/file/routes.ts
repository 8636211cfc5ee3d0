import { FileView, Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { Bytes, type Call, route } from '../../platform/access-plugin/route.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { answer, bytesAnswer } from '../../platform/http/answer.ts';
import { MAX_FILE_BYTES, openFile, storeFile, type Upload, uploadByReceipt } from './service.ts';

const Ids = Type.Object({ id: Uuid, fileId: Uuid });
const CodeAndFile = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }), fileId: Uuid });
const Options = Type.Object(
  { keepPlace: Type.Optional(Type.Boolean()), seenBy: Type.Optional(Type.Enum(['reporter', 'respondent', 'party'])) },
  { additionalProperties: false },
);
const KINDS = ['photo', 'document', 'sound'] as const;

const uploadOf = (call: Pick<Call, 'bytes' | 'header'>): Pick<Upload, 'bytes' | 'kind' | 'name'> => {
  const kind = KINDS.find((one) => one === call.header('x-kind'));
  if (!kind) throw invalid('fieldUnfit', { field: 'x-kind', why: 'notOffered' });
  const name = call.header('x-name');
  return { bytes: call.bytes, kind, ...(name ? { name: decodeName(name) } : {}) };
};

/** Header values are ASCII: names arrive percent-encoded. */
const decodeName = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** Nothing a file says may run in our page. */
const inert = { 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'private, max-age=3600' };

export const routes = [
  route({
    method: 'PUT',
    path: '/cases/:id/files/:fileId',
    access: { public: 'whoever may file a case may add its pictures; a seen case takes files of those who see it' },
    summary: 'Uploads an attachment under a client-made id; before filing it waits for the filing',
    schema: { params: Ids, query: Options, response: FileView },
    maxBytes: MAX_FILE_BYTES + 1,
    run: async ({ deps, who, params, query, bytes, header }) =>
      answer(
        await storeFile(deps, who, {
          ...uploadOf({ bytes, header }),
          caseId: params.id,
          fileId: params.fileId,
          ...(query.keepPlace ? { keepPlace: true } : {}),
          ...(query.seenBy ? { seenBy: [query.seenBy] } : {}),
        }),
        { status: 201 },
      ),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/files/:fileId',
    access: { signedIn: true },
    summary: 'The bytes of an attachment',
    schema: { params: Ids, response: Bytes },
    run: async ({ deps, who, params }) => {
      const { bytes, mediaType } = await openFile(deps, who, params.id, params.fileId);
      return bytesAnswer(bytes, mediaType, inert);
    },
  }),
  route({
    method: 'PUT',
    path: '/receipts/:code/files/:fileId',
    access: { receipt: true },
    summary: 'Uploads an attachment to the case of a query code',
    schema: { params: CodeAndFile, response: FileView },
    maxBytes: MAX_FILE_BYTES + 1,
    run: async ({ deps, who, params, bytes, header }) =>
      answer(await uploadByReceipt(deps, who, { ...uploadOf({ bytes, header }), fileId: params.fileId }), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/receipts/:code/files/:fileId',
    access: { receipt: true },
    summary: 'The bytes of an attachment shown to the reporter',
    schema: { params: CodeAndFile, response: Bytes },
    run: async ({ deps, who, params }) => {
      const { bytes, mediaType } = await openFile(deps, who, undefined, params.fileId);
      return bytesAnswer(bytes, mediaType, inert);
    },
  }),
] as const;
