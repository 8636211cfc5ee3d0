import { readRetryAfter } from './backoff.ts';

/**
 * Why a call did not answer. `code` is the server's stable code, or one of ours: `offline` (no network), `timeout` (no answer in time),
 * `unreadable` (an answer that is not the API's). `title` is the server's sentence in the caller's language, for codes a catalogue lacks.
 */
export class ApiProblem extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** The whole answer, where it says more than a code: both values of a conflict. */
  readonly body: unknown;
  /** Not sooner, the server says. */
  readonly retryAfterMs?: number;
  constructor(status: number, code: string, title?: string, params: ApiProblem['params'] = {}, body?: unknown, retryAfterMs?: number) {
    super(code);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.title = title;
    this.params = params;
    this.body = body;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Whether asking again later may succeed without anybody changing what was asked. */
export const isPassing = (problem: unknown): boolean =>
  problem instanceof ApiProblem && (problem.status === 0 || problem.status === 408 || problem.status === 429 || problem.status >= 500);

export const isOffline = (problem: unknown): boolean => problem instanceof ApiProblem && problem.code === 'offline';

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Reads problem+json, or the `{code, message}` of the sign-in routes; anything else is `unreadable`. */
export const problemFrom = async (response: Response): Promise<ApiProblem> => {
  const body = record(await response.json().catch(() => undefined));
  const code = typeof body.code === 'string' ? body.code : response.status >= 500 ? 'serverFailed' : 'unreadable';
  const title = typeof body.title === 'string' ? body.title : undefined;
  const retryAfterMs = readRetryAfter(response.headers.get('retry-after'));
  return new ApiProblem(response.status, code, title, record(body.params) as ApiProblem['params'], body, retryAfterMs);
};
