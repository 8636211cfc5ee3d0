import type { FileView } from '@tongxin/domain/case/view.ts';
import type { Http } from './http.ts';

export type FileKind = 'photo' | 'document' | 'sound';

export interface UploadFile {
  readonly fileId: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly blob: Blob;
}

/** Puts one file at its address. The id in it is the client's, so a repeat is the same file. */
export const putFile = (http: Http, path: string, file: UploadFile, signal?: AbortSignal): Promise<FileView> =>
  http<FileView>('PUT', path, {
    bytes: {
      blob: file.blob,
      headers: {
        'content-type': file.blob.type || 'application/octet-stream',
        'x-kind': file.kind,
        'x-name': encodeURIComponent(file.name),
      },
    },
    signal,
  });

/** Puts one file where it belongs: `/cases/{id}/files` or `/receipts/{code}/files`. */
export const uploadFile = (http: Http, folder: string, file: UploadFile, signal?: AbortSignal): Promise<FileView> =>
  putFile(http, `${folder}/files/${file.fileId}`, file, signal);

export const kindOf = (type: string): FileKind => (type.startsWith('image/') ? 'photo' : type.startsWith('audio/') ? 'sound' : 'document');
