import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import fastJsonStringify from 'fast-json-stringify';
import Fastify, { type FastifyInstance, type FastifyReply, LogController, type RouteOptions } from 'fastify';
import { Compile } from 'typebox/compile';
import { manifests } from './modules.ts';
import type { Manifest } from './platform/access-plugin/manifest.ts';
import { type TrustProxy, trusting } from './platform/config/proxies.ts';
import type { Deps } from './platform/deps.ts';
import { problemBody, registerErrors, sendProblem } from './platform/errors/plugin.ts';
import { Problem } from './platform/errors/problem.ts';
import { readAddress } from './platform/http/address-input.ts';
import { makeAdmission } from './platform/http/admission.ts';
import { isPlain, parseJson } from './platform/http/json-body.ts';
import { languageOf } from './platform/http/language.ts';
import { BUILT_WEB, registerPages, type WebFolders } from './platform/http/pages.ts';
import { registerProbes } from './platform/http/probes.ts';
import { registerOpenApi, registerReference } from './platform/http/reference.ts';
import { DEFAULT_LIMITS, type HttpLimits, registerSecurity } from './platform/http/security.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route as it was declared: what the access table is held against. */
    readonly declaredRoutes: readonly { readonly method: string; readonly url: string }[];
  }
}

export interface AppOptions {
  readonly limits?: Partial<HttpLimits>;
  readonly web?: WebFolders;
  /** Modules besides the product's own: a locality's. */
  readonly modules?: readonly Manifest[];
  /** Whose X-Forwarded-For and -Proto are believed; nobody's unless said. */
  readonly trustProxy?: TrustProxy;
  /** How long requests under way may take once the server is told to stop. */
  readonly drainMs?: number;
}

/** Largest JSON body: the longest report, its form and ids stay far below. Files have their own limit. */
const MAX_JSON = 256 * 1024;

/** A malformed HTTP message never reaches a route; it still gets an answer of the same form. */
const clientErrorBody = (code: string | undefined): string => {
  const problem = code === 'HPE_HEADER_OVERFLOW' ? new Problem(431, 'headersTooLarge') : new Problem(400, 'malformedRequest');
  const body = JSON.stringify(problemBody(problem, 'zh'));
  return `HTTP/1.1 ${problem.status} Refused\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
};

/** What a schema becomes, made once for each: a process that builds many servers, as tests do, compiles the schemas of the first alone. */
const onceForEach = <T>(make: (schema: object) => T): ((schema: unknown) => T) => {
  const made = new WeakMap<object, T>();
  return (schema) => {
    const known = made.get(schema as object) ?? make(schema as object);
    made.set(schema as object, known);
    return known;
  };
};
const checkOf = onceForEach((schema) => Compile(schema));
const writerOf = onceForEach((schema) => fastJsonStringify(schema));

/** Bodies are taken as they are; addresses are text, so their numbers and booleans are read from it. */
const readRequests = (app: FastifyInstance): void => {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const compiled = checkOf(schema);
    return (input) => {
      const value = httpPart === 'body' ? input : readAddress(schema as object, input);
      return compiled.Check(value) ? { value } : { error: compiled.Errors(value) as never };
    };
  });
  app.setSerializerCompiler(({ schema }) => writerOf(schema));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/json($|;)/u, { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  app.decorateRequest('language', 'zh');
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    const query = request.query as Record<string, unknown>;
    request.language = languageOf(query.lang, request.headers['accept-language']);
    delete query.lang;
    const { host } = request.headers;
    // RFC 9112 3.2: a host that is none is refused before anybody builds an address of it.
    if (host !== undefined && !URL.canParse(`http://${host}`)) throw new Problem(400, 'malformedRequest');
    if (!isPlain(query) || !isPlain(request.params)) throw new Problem(400, 'forbiddenCharacter');
  });
};

/** One line per answer, by route and never by address: query codes stand in addresses. */
const logAnswers = (app: FastifyInstance): void => {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 }, 'answered');
  });
};

/** The whole HTTP server over its dependencies; `listen` or `inject` it. Opens nothing and starts nothing of its own. */
export const buildApp = async (deps: Deps, options: AppOptions = {}): Promise<FastifyInstance> => {
  const modules = [...manifests, ...(options.modules ?? [])];
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: MAX_JSON,
    trustProxy: trusting(options.trustProxy ?? false),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: false },
    requestTimeout: 120_000,
    keepAliveTimeout: 72_000,
    return503OnClosing: true,
    frameworkErrors: (_error, request, reply) => {
      const problem = new Problem(400, 'malformedAddress');
      request.language = languageOf(undefined, request.headers['accept-language']);
      const own = modules.find(({ errors }) => errors && request.url.startsWith(errors.below))?.errors;
      if (own) own.send(reply as FastifyReply, request, problem);
      else sendProblem(reply as FastifyReply, problem, request.language);
    },
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || socket.destroyed) return;
      socket.end(clientErrorBody(error.code));
    },
  });
  const closing = new AbortController();
  app.decorate('closing', closing.signal);
  app.addHook('preClose', async () => {
    closing.abort();
    // What is still open then belongs to a caller who left without saying so.
    setTimeout(() => app.server.closeAllConnections(), options.drainMs ?? 8000).unref();
  });
  // Whoever is answered after the stop began is not kept: an idle connection would hold it up until it is tired of waiting.
  app.addHook('onResponse', async (request) => {
    if (closing.signal.aborted && request.raw.socket instanceof Socket) request.raw.socket.end();
  });
  const declared: RouteOptions[] = [];
  app.addHook('onRoute', (options) => void declared.push(options));
  app.decorate('declaredRoutes', {
    getter: () => declared.flatMap(({ method, url }) => [method].flat().map((one) => ({ method: one, url }))),
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'private, no-cache');
  });
  registerErrors(app);
  readRequests(app);
  logAnswers(app);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  app.decorate('requestsPerMinute', limits.perMinute);
  app.decorate('admission', makeAdmission(limits.mostAtOnce));
  await registerSecurity(app, limits, deps.config.publicUrl.startsWith('https:'), deps.config.map?.origins);
  registerProbes(app, deps);
  await registerOpenApi(app);
  await app.register(
    async (api) => {
      for (const manifest of modules) for (const route of manifest.routes ?? []) route.register(api, deps);
      api.get('/openapi.json', { config: { access: { public: 'the API is described to everybody' } } }, async () => app.swagger());
    },
    { prefix: '/api/v1' },
  );
  for (const manifest of modules) await manifest.plugin?.(app, deps, options);
  await registerReference(app);
  await registerPages(app, options.web ?? BUILT_WEB);
  const open = declared.find(({ config }) => !config?.access);
  if (open) throw new Error(`route without access: ${open.method} ${open.url}`);
  await app.ready();
  return app;
};
