import type { FileView } from '@tongxin/domain/case/view.ts';
import type { Http } from './http.ts';

export type FileKind = 'photo' | 'document' | 'sound';

export interface UploadFile {
  readonly fileId: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly blob: Blob;
}

/**
 * Puts one file where it belongs: `/cases/{id}/files` or `/receipts/{code}/files`. The id is the client's, so a repeat is the same file;
 * this is also where sending the rest of a broken transfer will go, once the server can say how much it has.
 */
export const uploadFile = (http: Http, folder: string, file: UploadFile, signal?: AbortSignal): Promise<FileView> =>
  http<FileView>('PUT', `${folder}/files/${file.fileId}`, {
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

export const kindOf = (type: string): FileKind => (type.startsWith('image/') ? 'photo' : type.startsWith('audio/') ? 'sound' : 'document');
