import type { FileView } from '@tongxin/domain/case/view.ts';
import type { Http } from './http.ts';
import { ApiProblem } from './problem.ts';

export type FileKind = 'photo' | 'document' | 'sound';

export interface UploadFile {
  readonly fileId: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly blob: Blob;
}

/** Larger than this goes in pieces of this: a network that breaks costs one of them. */
const PIECE_BYTES = 256 * 1024;

/** Brings a large file to the server piece by piece, from where an earlier try ended. Answers the headers that stand for its bytes. */
const inPieces = async (http: Http, { fileId, blob }: UploadFile, signal?: AbortSignal): Promise<Record<string, string>> => {
  const path = `/file-uploads/${fileId}`;
  let { offset } = await http<{ offset: number }>('GET', path, { signal });
  while (offset < blob.size) {
    const piece = blob.slice(offset, offset + PIECE_BYTES);
    const bytes = { blob: piece, headers: { 'content-type': 'application/octet-stream' } };
    ({ offset } = await http<{ offset: number }>('PUT', `${path}/${offset}`, { bytes, signal }));
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return { 'x-upload': fileId, 'x-sha256': [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
};

const putWhole = (http: Http, path: string, { blob, kind, name }: UploadFile, signal?: AbortSignal, pieces?: Record<string, string>) =>
  http<FileView>('PUT', path, {
    bytes: {
      blob: pieces ? new Blob([]) : blob,
      headers: {
        'content-type': blob.type || 'application/octet-stream',
        'x-kind': kind,
        'x-name': encodeURIComponent(name),
        ...pieces,
      },
    },
    signal,
  });

/** Puts one file at its address. The id in it is the client's, so a repeat is the same file. */
export const putFile = async (http: Http, path: string, file: UploadFile, signal?: AbortSignal): Promise<FileView> => {
  // Where pages come without TLS a browser has no digest: the file then goes at once.
  if (file.blob.size <= PIECE_BYTES || !globalThis.crypto?.subtle) return putWhole(http, path, file, signal);
  try {
    return await putWhole(http, path, file, signal, await inPieces(http, file, signal));
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.code !== 'uploadBroken') throw problem;
    return putWhole(http, path, file, signal);
  }
};

/** Puts one file where it belongs: `/cases/{id}/files` or `/receipts/{code}/files`. */
export const uploadFile = (http: Http, folder: string, file: UploadFile, signal?: AbortSignal): Promise<FileView> =>
  putFile(http, `${folder}/files/${file.fileId}`, file, signal);

export const kindOf = (type: string): FileKind => (type.startsWith('image/') ? 'photo' : type.startsWith('audio/') ? 'sound' : 'document');
