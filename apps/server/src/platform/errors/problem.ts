/**
 * An expected refusal on its way to the caller as RFC 9457 problem+json. `code` is stable: it is the last part of `type` and the i18n key
 * `problem.<code>`. Never put words of a case or personal data into `params`.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** Seconds after which to ask again, where it is known better than by the code. */
  readonly retryAfter: number | undefined;
  constructor(status: number, code: string, params: Problem['params'] = {}, retryAfter?: number) {
    super(code);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.params = params;
    this.retryAfter = retryAfter;
  }
}

export const notFound = (code = 'notFound'): Problem => new Problem(404, code);
export const forbidden = (code = 'forbidden', params: Problem['params'] = {}): Problem => new Problem(403, code, params);
export const conflict = (code: string, params: Problem['params'] = {}): Problem => new Problem(409, code, params);
export const invalid = (code: string, params: Problem['params'] = {}): Problem => new Problem(422, code, params);
export const signInNeeded = (): Problem => new Problem(401, 'signInNeeded');
