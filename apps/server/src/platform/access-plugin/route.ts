import type { Readable } from 'node:stream';
import type { Language } from '@tongxin/domain/label/schema.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, HTTPMethods } from 'fastify';
import { type Static, type TSchema, type TUnknown, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Deps } from '../deps.ts';
import { Problem } from '../errors/problem.ts';
import type { Admission } from '../http/admission.ts';
import { Answer, matches } from '../http/answer.ts';
import { makeTally, type Tally } from '../http/tally.ts';
import { prove, type Who } from '../tx/tx.ts';
import { callerOf, withoutSession } from './caller.ts';
import type { Access } from './demand.ts';
import { demandPace } from './pace.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by `route()`; the app refuses to start with a route that lacks it. */
    access?: Access;
  }
  interface FastifyInstance {
    /** Aborted when the server begins to stop: streams end, so that nobody waits for them. */
    readonly closing: AbortSignal;
    /** From one address. */
    readonly requestsPerMinute: number;
    readonly admission: Admission;
  }
  interface FastifyRequest {
    language: Language;
    /** Set before the body is read. */
    caller: Who | null;
  }
}

/** What a route's function gets. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly deps: Deps;
  /** Goes into `withScope` as it is: it carries the route's requirement. */
  readonly who: Who;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The body of a route that takes bytes; empty otherwise. */
  readonly bytes: Buffer;
  readonly language: Language;
  readonly now: Date;
  /** Header by lower-case name: `content-type`, `x-kind`, `last-event-id`. */
  readonly header: (name: string) => string | undefined;
  /** Network address of the caller, to count by: never kept and never logged. Empty for a call from inside. */
  readonly address: string;
  /** What one address may ask in a minute: shares are taken of it. */
  readonly requestsPerMinute: number;
  /** Aborted when the caller goes away or the server stops: for streams. */
  readonly gone: AbortSignal;
}

/** Response schema of routes that answer with bytes. */
export const Bytes = Type.Unsafe<Buffer | Readable>({ type: 'string', format: 'binary' });

interface Definition<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, Fastify's way: `/cases/:id`. */
  readonly path: `/${string}`;
  readonly access: Access;
  /** One line for the API reference. */
  readonly summary: string;
  readonly schema: { readonly params?: P; readonly query?: Q; readonly body?: B; readonly response: R };
  /** What stands in the address opens something by itself: whoever guesses often from one address is told to wait. Any route by receipt is one. */
  readonly guessed?: true;
  /** The body is bytes of any media type, at most this many. */
  readonly maxBytes?: number;
  /** The body is JSON, larger than what people write: at most this many bytes. */
  readonly maxJson?: number;
  readonly run: (call: Call<Static<P>, Static<Q>, Static<B>>) => Static<R> | Answer<Static<R>> | Promise<Static<R> | Answer<Static<R>>>;
}

/** What is asked of a route. */
export interface Asking {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface Route {
  readonly method: HTTPMethods;
  readonly path: string;
  readonly access: Access;
  /** The same call from inside, for somebody whose table or form stands for many requests: demanded, checked and run as a request is. */
  readonly perform: (deps: Deps, who: Who, asking: Asking, language: Language) => Promise<unknown>;
  readonly register: (app: FastifyInstance, deps: Deps) => void;
}

const TEN_MINUTES_MS = 600_000;
/** A code that opens nothing stands for so many requests of a minute: of 6,000 an address has 60 typing errors in ten minutes. */
const REQUESTS_A_MISS_STANDS_FOR = 100;
/** Codes that opened nothing, by address; of one app. */
const misses = new WeakMap<Deps, Tally>();
const missesOf = (deps: Deps): Tally => {
  const known = misses.get(deps) ?? makeTally(TEN_MINUTES_MS);
  misses.set(deps, known);
  return known;
};

const send = (request: FastifyRequest, reply: FastifyReply, result: unknown): unknown => {
  if (!(result instanceof Answer)) return result;
  const { etag } = result.headers;
  reply.headers(result.headers);
  if (request.method === 'GET' && typeof etag === 'string' && matches(request.headers['if-none-match'], etag))
    return reply.code(304).send();
  reply.code(result.status);
  return result.body;
};

/** Uploads from one address are a twentieth of its requests: a patrol of many workers uploads behind one, and nobody fills the disk in a minute. */
const REQUESTS_AN_UPLOAD_STANDS_FOR = 20;

/** Bodies that are not JSON only reach routes that ask for bytes. */
const takeBytes = (app: FastifyInstance, limit: number): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limit }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request) => {
    // RFC 9110 14.5: a part of a file must not be taken for the whole of it.
    if (request.headers['content-range'] !== undefined) throw new Problem(400, 'partOfFile');
  });
};

/**
 * Declares an endpoint: who may call it, its shapes, and one call that returns a value. Nothing is answered before the requirement was
 * checked on the actor of a transaction: by the service's own `withScope`, or, where a service opened none, by one opened here.
 */
export const route = <
  P extends TSchema = TUnknown,
  Q extends TSchema = TUnknown,
  B extends TSchema = TUnknown,
  R extends TSchema = TUnknown,
>(
  definition: Definition<P, Q, B, R>,
): Route => {
  const { method, path, access, schema, maxBytes, maxJson, run, summary } = definition;
  const call = (deps: Deps, request: FastifyRequest, reply: FastifyReply, who: Who): Call<Static<P>, Static<Q>, Static<B>> => ({
    deps,
    who,
    params: request.params as Static<P>,
    query: request.query as Static<Q>,
    body: request.body as Static<B>,
    bytes: maxBytes !== undefined && Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    language: request.language,
    now: deps.clock.now(),
    header: (name) => request.headers[name]?.toString(),
    address: request.ip,
    requestsPerMinute: request.server.requestsPerMinute,
    get gone() {
      const left = new AbortController();
      reply.raw.once('close', () => left.abort());
      return AbortSignal.any([left.signal, request.server.closing]);
    },
  });
  const checks = new Map<string, ReturnType<typeof Compile>>();
  const check = (part: 'params' | 'query' | 'body', value: unknown): void => {
    const wanted = schema[part] as TSchema | undefined;
    if (!wanted) return;
    const compiled = checks.get(part) ?? Compile(wanted);
    checks.set(part, compiled);
    if (!compiled.Check(value))
      throw Object.assign(new Error('unfit'), { validation: [...compiled.Errors(value)], validationContext: part });
  };
  const perform: Route['perform'] = async (deps, who, { params = {}, query = {}, body }, language) => {
    check('params', params);
    check('query', query);
    check('body', body);
    const asker: Who = 'public' in access ? who : { ...who, requires: access };
    const result = await run({
      deps,
      who: asker,
      params: params as Static<P>,
      query: query as Static<Q>,
      body: body as Static<B>,
      bytes: Buffer.alloc(0),
      language,
      now: deps.clock.now(),
      header: () => undefined,
      address: '',
      requestsPerMinute: Number.POSITIVE_INFINITY,
      gone: new AbortController().signal,
    });
    await prove(deps.pools.app, asker);
    return result instanceof Answer ? result.body : result;
  };
  const isGuessed = definition.guessed === true || 'receipt' in access;
  const handle = async (deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!isGuessed) return answered(deps, request, reply);
    // Known and unknown codes wait alike: nothing is learnt from being told to.
    const most = Math.max(1, request.server.requestsPerMinute / REQUESTS_A_MISS_STANDS_FOR);
    if (missesOf(deps).of(request.ip) >= most) throw new Problem(429, 'tooManyRequests');
    try {
      return await answered(deps, request, reply);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) missesOf(deps).add(request.ip);
      throw error;
    }
  };
  const answered = async (deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const who = request.caller!;
    demandPace(deps, who, request.server.requestsPerMinute);
    try {
      const result = await run(call(deps, request, reply, who));
      await prove(deps.pools.app, who);
      return send(request, reply, result);
    } catch (error) {
      const sessionEnded = 'public' in access && who.kind === 'person' && error instanceof Problem && error.code === 'signInNeeded';
      if (!sessionEnded) throw error;
      return send(request, reply, await run(call(deps, request, reply, withoutSession(deps))));
    }
  };
  const register = (app: FastifyInstance, deps: Deps): void => {
    const described: FastifySchema = {
      summary,
      ...(schema.params ? { params: schema.params } : {}),
      ...(schema.query ? { querystring: schema.query } : {}),
      ...(schema.body ? { body: schema.body } : {}),
      ...('public' in access ? {} : { security: [{ session: [] }, { serviceToken: [] }] }),
      response: { '2xx': schema.response },
    };
    app.route({
      method,
      url: path,
      ...(maxJson === undefined ? {} : { bodyLimit: maxJson }),
      config: {
        access,
        ...(maxBytes === undefined
          ? {}
          : { rateLimit: { max: () => app.requestsPerMinute / REQUESTS_AN_UPLOAD_STANDS_FOR, timeWindow: 60_000 } }),
      },
      schema: described,
      // Who cannot be let in is told so before a byte of the body is read.
      onRequest: async (request) => {
        app.admission.check();
        request.caller = callerOf(request, deps, access);
      },
      handler: (request, reply) => app.admission.within(() => handle(deps, request, reply)),
    });
  };
  return {
    method,
    path,
    access,
    perform,
    register: (app, deps) => {
      if (maxBytes === undefined) register(app, deps);
      else
        app.register(async (own) => {
          takeBytes(own, maxBytes);
          register(own, deps);
        });
    },
  };
};
