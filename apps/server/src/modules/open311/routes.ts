import { type Arguments, argumentsOf, partsOf } from '@tongxin/domain/open311/rules.ts';
import {
  Discovery,
  Fault,
  Filed,
  FORMATS,
  type Format,
  listOf,
  Named,
  Service,
  ServiceDefinition,
  ServiceRequest,
} from '@tongxin/domain/open311/schema.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Access } from '../../platform/access-plugin/demand.ts';
import type { Deps } from '../../platform/deps.ts';
import { noteUnforeseen, problemOf, RETRY_AFTER } from '../../platform/errors/plugin.ts';
import { Problem } from '../../platform/errors/problem.ts';
import { languageOf } from '../../platform/http/language.ts';
import { faultsOf, Open311Refusal } from './errors.ts';
import { MEDIA_TYPE, written } from './present.ts';
import { definition, discovery, file, named, request, requests, services } from './service.ts';

/** Where the interface begins. */
export const BELOW = '/open311/v2';

/** What a call of this protocol gets. */
interface Open311Call {
  readonly deps: Deps;
  readonly given: Arguments;
  /** Of an address that names one: `municipal.lampOut` of `municipal.lampOut.json`. */
  readonly id: string;
  readonly language: FastifyRequest['language'];
  readonly idempotencyKey: string | undefined;
}
interface Open311Answer {
  readonly value: unknown;
  readonly status?: number;
}
interface Resource {
  readonly method: 'GET' | 'POST';
  /** Without its ending: one route for each format; or with `:file`, whose ending is the format. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  /** The outermost element in XML. */
  readonly root: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly response: TSchema;
  readonly run: (call: Open311Call) => Open311Answer | Promise<Open311Answer>;
}

const ANYBODY: Access = { public: 'the standard answers everybody; what is told is coarse, and filing needs a key of its own' };
const JURISDICTION = { jurisdiction_id: 'May be left out: one installation is one place' };

const RESOURCES: readonly Resource[] = [
  {
    method: 'GET',
    path: '/discovery',
    access: ANYBODY,
    summary: 'Where this interface is and which formats it speaks',
    root: 'discovery',
    response: Discovery,
    run: ({ deps }) => ({ value: discovery(deps) }),
  },
  {
    method: 'GET',
    path: '/services',
    access: ANYBODY,
    summary: 'What can be reported: categories in force',
    root: 'services',
    query: JURISDICTION,
    response: listOf(Service),
    run: ({ deps, given, language }) => ({ value: services(deps, given, language) }),
  },
  {
    method: 'GET',
    path: '/services/:file',
    access: ANYBODY,
    summary: 'What a service asks: `<service_code>.json` or `.xml`',
    root: 'service_definition',
    query: JURISDICTION,
    response: ServiceDefinition,
    run: ({ deps, given, id, language }) => ({ value: definition(deps, given, id, language) }),
  },
  {
    method: 'POST',
    path: '/requests',
    access: ANYBODY,
    summary: 'Files a request; the header Idempotency-Key (a UUID) makes repeating it safe',
    root: 'service_requests',
    form: {
      ...JURISDICTION,
      api_key: 'Needed',
      service_code: 'Needed',
      lat: 'With long, WGS-84; or address_string, or address_id',
      long: 'With lat',
      address_string: 'The place in words',
      address_id: 'Id of an area',
      description: 'Up to 4000 characters',
      'attribute[code]': 'Answer to a question of the service; attribute[code][] for several',
      first_name: 'Kept sealed, never answered',
      last_name: 'Kept sealed, never answered',
      phone: 'Kept sealed, never answered',
      email: 'Taken and not kept',
      device_id: 'Taken and not kept',
      account_id: 'Taken and not kept',
      media_url: 'Kept as words; nothing is fetched from it',
      extensions: 'true: also the query code by which the reporter follows the case',
    },
    response: listOf(Filed),
    run: async ({ deps, given, language, idempotencyKey }) => {
      const { filed, repeated } = await file(deps, given, { language, idempotencyKey });
      return { value: filed, status: repeated ? 200 : 201 };
    },
  },
  {
    method: 'GET',
    path: '/requests',
    access: ANYBODY,
    summary: 'Requests filed through this interface, told coarsely: ninety days and a thousand requests at most',
    root: 'service_requests',
    query: {
      ...JURISDICTION,
      service_request_id: 'Numbers, separated by commas; overrides all else',
      service_code: 'Separated by commas',
      start_date: 'ISO 8601 with an offset; whole days count',
      end_date: 'ISO 8601 with an offset; whole days count',
      status: 'open, closed',
      page: 'Extension: from 1',
      page_size: 'Extension: up to 1000',
      extensions: 'true: also how far the answer may be trusted',
    },
    response: listOf(ServiceRequest),
    run: async ({ deps, given, language }) => ({ value: await requests(deps, given, language) }),
  },
  {
    method: 'GET',
    path: '/requests/:file',
    access: ANYBODY,
    summary: 'One request: `<service_request_id>.json` or `.xml`',
    root: 'service_requests',
    query: JURISDICTION,
    response: listOf(ServiceRequest),
    run: async ({ deps, given, id, language }) => ({ value: await request(deps, given, id, language) }),
  },
  {
    method: 'GET',
    path: '/tokens/:file',
    access: ANYBODY,
    summary: 'The number of a request by the Idempotency-Key it was sent with: `<token>.json` or `.xml`',
    root: 'service_requests',
    query: JURISDICTION,
    response: listOf(Named),
    run: async ({ deps, given, id }) => ({ value: await named(deps, given, id) }),
  },
];

/** XML is the format that every client of the standard reads: what names none is answered in it. */
const formatOf = ({ url }: FastifyRequest): Format => (url.split('?', 1)[0]!.endsWith('.json') ? 'json' : 'xml');

const send = (reply: FastifyReply, status: number, format: Format, root: string, value: unknown): FastifyReply =>
  reply
    .code(status)
    .type(MEDIA_TYPE[format])
    .send(written(format, root, value));

/** Anything thrown, as the standard answers it: a list of errors in the format asked for. */
export const sendFaults = (reply: FastifyReply, asked: FastifyRequest, error: unknown): FastifyReply => {
  const problem = error instanceof Open311Refusal ? error : problemOf(error);
  if (problem instanceof Problem) {
    noteUnforeseen(asked.log, error, problem);
    const retryAfter = RETRY_AFTER[problem.code];
    if (retryAfter && !reply.hasHeader('retry-after')) reply.header('retry-after', retryAfter);
  }
  const { status, faults } = faultsOf(problem, asked.language ?? languageOf(undefined, asked.headers['accept-language']));
  return send(reply, status, formatOf(asked), 'errors', faults);
};

const pairsOf = (query: unknown): [string, string][] =>
  Object.entries(query as Record<string, string | string[]>).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );

const strings = (named_: Readonly<Record<string, string>>) =>
  Type.Object(Object.fromEntries(Object.entries(named_).map(([name, description]) => [name, Type.Optional(Type.String({ description }))])));

const inBoth = (schema: TSchema) => ({
  content: { 'application/json': { schema }, 'text/xml': { schema: Type.String() } },
});

const register = (app: FastifyInstance, deps: Deps, resource: Resource): void => {
  const { method, path, access, summary, root, query, form, response, run } = resource;
  const byFile = path.endsWith('/:file');
  for (const url of byFile ? [path] : FORMATS.map((format) => `${path}.${format}`))
    app.route({
      method,
      url,
      config: { access },
      schema: {
        summary,
        ...(byFile ? { params: Type.Object({ file: Type.String() }) } : {}),
        ...(query ? { querystring: strings(query) } : {}),
        ...(form ? { consumes: ['application/x-www-form-urlencoded'], body: strings(form) } : {}),
        response: { '2xx': inBoth(response), default: inBoth(listOf(Fault)) },
      },
      handler: async (asked, reply) => {
        const parts = byFile ? partsOf((asked.params as { file: string }).file) : { id: '', format: formatOf(asked) };
        if (!parts) throw new Problem(404, 'notFound');
        const { value, status = 200 } = await run({
          deps,
          // Some clients put their key and jurisdiction into the address of a form, too.
          given: argumentsOf([...pairsOf(asked.query), ...((asked.body ?? []) as [string, string][])]),
          id: parts.id,
          language: asked.language,
          idempotencyKey: asked.headers['idempotency-key']?.toString(),
        });
        return send(reply, status, parts.format, root, value);
      },
    });
};

/** Forms alone, as pairs in the order sent: names repeat, and nothing of a client becomes a property of anything. */
const takeForms = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/x-www-form-urlencoded(?:$|\s*;)/u, { parseAs: 'string' }, (_request, body, done) =>
    done(null, [...new URLSearchParams(body as string)]),
  );
};

/** Open311 GeoReport v2: its own addresses, forms, formats and errors, beside the API. */
export const mountOpen311 = async (app: FastifyInstance, deps: Deps): Promise<void> => {
  await app.register(
    async (own) => {
      takeForms(own);
      // Arguments are judged by domain/open311, which names each that is wrong as the standard wants it; schemas here describe.
      own.setValidatorCompiler(() => (value: unknown) => ({ value }));
      own.setErrorHandler((error, asked, reply) => sendFaults(reply, asked, error));
      own.addHook('onSend', async (_asked, reply) => {
        reply.header('cache-control', 'no-cache');
        // Pages of others may read what everybody is told; nobody's session is looked at here.
        reply.header('access-control-allow-origin', '*');
      });
      for (const resource of RESOURCES) register(own, deps, resource);
      const nowhere = async (): Promise<never> => {
        throw new Problem(404, 'notFound');
      };
      // Pages answer every address that nobody else does: what is below this prefix is answered as the standard answers.
      own.get('/*', { config: { access: ANYBODY }, schema: { hide: true } }, nowhere);
      own.setNotFoundHandler({ preHandler: own.rateLimit() }, (asked, reply) => sendFaults(reply, asked, new Problem(404, 'notFound')));
    },
    { prefix: BELOW },
  );
};
