import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

type Headers = Readonly<Record<string, string | string[]>>;

/** A value with something to say about its delivery. Routes return it instead of writing to the reply. */
export class Answer<T> {
  readonly body: T;
  readonly status: number;
  readonly headers: Headers;
  constructor(body: T, status: number, headers: Headers) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}

/** `answer(receipt, { status: 201 })`, `answer(view, { version: view.version })`: a version becomes the ETag. */
export const answer = <T>(
  body: T,
  { status = 200, version, headers = {} }: { status?: number; version?: number | string; headers?: Headers } = {},
): Answer<T> => new Answer(body, status, version === undefined ? headers : { ...headers, etag: `"${version}"` });

/**
 * A view whose ETag stands for all that it says. A version would not do: two readers are shown different things of one version, also one
 * after the other at the same screen, and lights and the answers of a main case change without it.
 */
export const answerSeen = <T>(view: T): Answer<T> =>
  new Answer(view, 200, { etag: `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)}"` });

/** Bytes of a media type: pictures, documents, drawings, event streams. */
export const bytesAnswer = (body: Buffer | Readable, mediaType: string, headers: Headers = {}): Answer<Buffer | Readable> =>
  new Answer(body, 200, { 'content-type': mediaType, 'x-content-type-options': 'nosniff', ...headers });

/** Whether an If-None-Match header names the ETag (RFC 9110 13.1.2, weak comparison). */
export const matches = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === etag));
