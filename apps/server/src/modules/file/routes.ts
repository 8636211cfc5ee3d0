import { FileView, Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { Bytes, type Call, route } from '../../platform/access-plugin/route.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { answer, bytesAnswer } from '../../platform/http/answer.ts';
import { MAX_PART_BYTES, takePart, uploadOffset, wholeUpload } from './part/service.ts';
import { MAX_FILE_BYTES, openFile, storeFile, type Upload, uploadByReceipt } from './service.ts';

const Ids = Type.Object({ id: Uuid, fileId: Uuid });
const CodeAndFile = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }), fileId: Uuid });
const Options = Type.Object(
  { keepPlace: Type.Optional(Type.Boolean()), seenBy: Type.Optional(Type.Enum(['reporter', 'respondent', 'party'])) },
  { additionalProperties: false },
);
const KINDS = ['photo', 'document', 'sound'] as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** The bytes of an upload: those of the request, or those that came before in pieces (`x-upload`, checked by `x-sha256`). */
export const bytesOf = async ({ deps, who, bytes, header }: Pick<Call, 'deps' | 'who' | 'bytes' | 'header'>): Promise<Buffer> => {
  const uploadId = header('x-upload');
  if (uploadId === undefined) return bytes;
  if (!UUID.test(uploadId)) throw invalid('fieldUnfit', { field: 'x-upload', why: 'notId' });
  return wholeUpload(deps, who, uploadId, header('x-sha256'));
};

const uploadOf = async (call: Pick<Call, 'deps' | 'who' | 'bytes' | 'header'>): Promise<Pick<Upload, 'bytes' | 'kind' | 'name'>> => {
  const kind = KINDS.find((one) => one === call.header('x-kind'));
  if (!kind) throw invalid('fieldUnfit', { field: 'x-kind', why: 'notOffered' });
  const name = call.header('x-name');
  return { bytes: await bytesOf(call), kind, ...(name ? { name: decodeName(name) } : {}) };
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

const UploadId = Type.Object({ uploadId: Uuid });
const Offset = Type.Object({ offset: Type.Integer() });
const ANYBODY = { public: 'whoever may upload a file may send it in pieces; only who sent them sees them' } as const;

export const routes = [
  route({
    method: 'GET',
    path: '/file-uploads/:uploadId',
    access: ANYBODY,
    summary: 'How much of an upload has come',
    schema: { params: UploadId, response: Offset },
    run: ({ deps, who, params }) => uploadOffset(deps, who, params.uploadId),
  }),
  route({
    method: 'PUT',
    path: '/file-uploads/:uploadId/:offset',
    access: ANYBODY,
    summary: 'The piece of an upload that begins at a byte; the file itself is then put with x-upload and x-sha256 instead of bytes',
    schema: { params: Type.Object({ uploadId: Uuid, offset: Type.Integer({ minimum: 0, maximum: MAX_FILE_BYTES }) }), response: Offset },
    maxBytes: MAX_PART_BYTES,
    run: ({ deps, who, params, bytes }) => takePart(deps, who, { ...params, bytes }),
  }),
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
          ...(await uploadOf({ deps, who, bytes, header })),
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
      answer(await uploadByReceipt(deps, who, { ...(await uploadOf({ deps, who, bytes, header })), fileId: params.fileId }), {
        status: 201,
      }),
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
