import type { Language } from '@tongxin/domain/label/schema.ts';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { languageOf } from '../http/language.ts';
import { problemOfPostgres } from './postgres.ts';
import { Problem } from './problem.ts';
import { titlesEn } from './titles.en.ts';
import { titlesZh } from './titles.zh.ts';

const TITLES: Record<Language, Readonly<Record<string, string>>> = { zh: titlesZh, en: titlesEn };

/** What is said of a code that has no words of its own: by status, so that nobody meets a bare code. */
export const titleOf = ({ code, status, params }: Problem, language: Language): string => {
  const titles = TITLES[language];
  // Of a request too long in one place, which place and how long it may be.
  const said = code === 'invalidInput' && params.rule === 'maxLength' ? 'inputTooLong' : code;
  const own = titles[said]?.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => String(params[name] ?? whole));
  return own ?? titles[status === 404 ? 'notFound' : status === 403 ? 'forbidden' : status >= 500 ? 'internal' : 'unacceptable'] ?? code;
};

/** RFC 9457. `type` is an address relative to the API; `code` its last part. */
export const problemBody = (problem: Problem, language: Language) => ({
  type: `/problems/${problem.code}`,
  title: titleOf(problem, language),
  status: problem.status,
  code: problem.code,
  params: problem.params,
});

const BY_FASTIFY_CODE: Readonly<Record<string, readonly [status: number, code: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'bodyTooLarge'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'unsupportedMediaType'],
  FST_ERR_CTP_EMPTY_TYPE: [415, 'unsupportedMediaType'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'malformedRequest'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'malformedJson'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'malformedJson'],
  FST_ERR_BAD_URL: [400, 'malformedAddress'],
  FST_UNDER_PRESSURE: [503, 'overloaded'],
  FST_ERR_MAX_LIMIT_REACHED: [503, 'overloaded'],
};

/** Where the first fault of a request lies: `/reporter/name`, and which rule it breaks; never the value. */
const validationProblem = (error: FastifyError): Problem => {
  const first = error.validation?.find((fault) => fault.keyword !== 'boolean') ?? error.validation?.[0];
  const missing = (first?.params as { requiredProperties?: string[] } | undefined)?.requiredProperties?.[0];
  const field = `${first?.instancePath ?? ''}${missing ? `/${missing}` : ''}`;
  const { limit } = (first?.params ?? {}) as { limit?: unknown };
  return new Problem(400, 'invalidInput', {
    at: error.validationContext ?? 'body',
    field: field.slice(0, 200),
    rule: first?.keyword ?? 'type',
    ...(first?.keyword === 'maxLength' && typeof limit === 'number' ? { limit } : {}),
  });
};

/** What the caller is told about anything thrown. The one place where errors become answers. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const fastifyError = error as FastifyError;
  if (fastifyError?.validation) return validationProblem(fastifyError);
  const known = BY_FASTIFY_CODE[fastifyError?.code ?? ''];
  if (known) return new Problem(known[0], known[1]);
  const status = fastifyError?.statusCode;
  if (status === 429) return new Problem(429, 'tooManyRequests');
  if (status !== undefined && status >= 400 && status < 500) return new Problem(status, status === 404 ? 'notFound' : 'malformedRequest');
  return problemOfPostgres(error) ?? new Problem(500, 'internal');
};

export const RETRY_AFTER: Readonly<Record<string, string>> = { databaseAway: '5', overloaded: '5', tooManyRequests: '60', tryAgain: '1' };

export const sendProblem = (reply: FastifyReply, problem: Problem, language: Language): FastifyReply => {
  const retryAfter = problem.retryAfter ?? RETRY_AFTER[problem.code];
  // Whoever counted the requests knows better when the next may come.
  if (retryAfter && !reply.hasHeader('retry-after')) reply.header('retry-after', retryAfter);
  if (problem.status === 401) reply.header('www-authenticate', 'Session realm="tongxin"');
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(problemBody(problem, language));
};

/** Only what we did not foresee goes to the log, with its stack; SQL parameters and request bodies never do. */
export const noteUnforeseen = (log: FastifyBaseLogger, error: unknown, problem: Problem): void => {
  // Callers who are told to come back are many at once, and each answer has its line already.
  if (problem.status < 500 || problem.code === 'overloaded') return;
  const { name, message, stack, code } = error as Error & { code?: string };
  log.error({ problem: problem.code, name, sqlstate: code, ...(problem.code === 'internal' ? { message, stack } : {}) }, 'request failed');
};

/** Answers every error of the app as problem+json in the caller's language. */
export const registerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    noteUnforeseen(request.log, error, problem);
    return sendProblem(reply, problem, request.language ?? languageOf(undefined, request.headers['accept-language']));
  });
};
