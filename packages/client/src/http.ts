import { pauseMs } from './backoff.ts';
import { ApiProblem, isPassing, problemFrom } from './problem.ts';

export interface HttpOptions {
  /** Prefix of every path, without a slash at its end. */
  readonly base: string;
  readonly language: () => string;
  /** Sent with every call: a display's token. */
  readonly headers?: () => Readonly<Record<string, string>>;
  readonly fetch?: typeof fetch;
  /** Milliseconds until a call is given up. */
  readonly timeout?: number;
  readonly wait?: (ms: number) => Promise<void>;
  readonly online?: () => boolean;
}

export interface Call {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with its media type. */
  readonly bytes?: { readonly blob: Blob; readonly headers: Readonly<Record<string, string>> };
  /** Headers of this call alone. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer is a file and not JSON. */
  readonly blob?: true;
  /** A POST whose ids the client made: asking twice is asking once, so it may be tried again. */
  readonly idempotent?: boolean;
  /** Of a write: its version is answer enough, also when its view is no longer the caller's to see. */
  readonly minimal?: true;
  /** The ETag of what is here already, or none: the answer is a `Seen`, without a value where nothing changed. */
  readonly known?: { readonly etag?: string };
  readonly signal?: AbortSignal;
}

/** What a GET with `known` answers. */
export interface Seen<T> {
  readonly value?: T;
  readonly etag?: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Http = <T>(method: Method, path: string, call?: Call) => Promise<T>;

const TRIES = 3;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8_000;

const address = (base: string, path: string, query: Call['query']): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined && value !== '') search.set(key, String(value));
  const tail = search.toString();
  return `${base}${path}${tail ? `?${tail}` : ''}`;
};

const once = async <T>(options: HttpOptions, method: Method, path: string, call: Call): Promise<T> => {
  if (options.online?.() === false) throw new ApiProblem(0, 'offline');
  const limit = AbortSignal.timeout(call.bytes ? 180_000 : (options.timeout ?? 20_000));
  const headers: Record<string, string> = {
    accept: call.blob ? '*/*' : 'application/json',
    'accept-language': options.language(),
    ...options.headers?.(),
    ...call.bytes?.headers,
    ...call.headers,
    ...(call.minimal ? { prefer: 'return=minimal' } : {}),
    ...(call.known?.etag ? { 'if-none-match': call.known.etag } : {}),
  };
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await (options.fetch ?? fetch)(address(options.base, path, call.query), {
      method,
      headers,
      credentials: 'same-origin',
      signal: call.signal ? AbortSignal.any([limit, call.signal]) : limit,
      ...(call.bytes ? { body: call.bytes.blob } : call.json !== undefined ? { body: JSON.stringify(call.json) } : {}),
    });
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw new ApiProblem(0, limit.aborted ? 'timeout' : 'offline');
  }
  const etag = call.known && (response.headers.get('etag') ?? undefined);
  if (call.known && response.status === 304) return { etag } as T;
  if (!response.ok) throw await problemFrom(response);
  if (response.status === 204) return undefined as T;
  if (call.blob) return (await response.blob()) as T;
  try {
    const value = await response.json();
    return (call.known ? { value, etag } : value) as T;
  } catch {
    throw new ApiProblem(response.status, 'unreadable');
  }
};

/**
 * Calls with typed problems; what is safe to repeat is repeated with growing pauses while the trouble looks passing, not before the server said. Where
 * that is longer than anybody looks at a screen, the caller hears of it at once.
 */
export const makeHttp = (options: HttpOptions): Http => {
  const wait = options.wait ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
  return async <T>(method: Method, path: string, call: Call = {}): Promise<T> => {
    const repeatable = method !== 'POST' || call.idempotent === true;
    for (let attempt = 1; ; attempt++) {
      try {
        return await once<T>(options, method, path, call);
      } catch (problem) {
        if (!repeatable || attempt >= TRIES || !isPassing(problem) || options.online?.() === false) throw problem;
        const { retryAfterMs = 0 } = problem as ApiProblem;
        if (retryAfterMs > LONGEST_WAIT_MS) throw problem;
        await wait(pauseMs(attempt, retryAfterMs, { first: FIRST_WAIT_MS, longest: LONGEST_WAIT_MS }));
      }
    }
  };
};
