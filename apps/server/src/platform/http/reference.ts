import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { POST_HEADER } from '../access-plugin/caller.ts';
import { Problem } from '../errors/problem.ts';

const PROBLEM = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'code', 'params'],
  properties: {
    type: { type: 'string' as const, description: '/problems/<code>' },
    title: { type: 'string' as const, description: "A sentence in the caller's language" },
    status: { type: 'integer' as const },
    code: { type: 'string' as const, description: 'Stable' },
    params: { type: 'object' as const, additionalProperties: true },
  },
};

/** Collects the schemas of every route below /api/v1 and /open311 into one OpenAPI 3.1 document. Must be registered before the routes. */
export const registerOpenApi = async (app: FastifyInstance): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tongxin 同心 API',
        version: '1',
        description:
          'Errors are RFC 9457 problem+json with a stable code; `accept-language` or `?lang=` chooses the language of their titles. ' +
          `Whoever holds several posts may name one in the header \`${POST_HEADER}\`: of those that may do a thing it is the one recorded, and lists and figures are its own unless another is asked. It opens nothing; one that is not the caller's now is refused (403 \`postNotYours\`).`,
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'tongxin.session_token' },
          serviceToken: { type: 'http', scheme: 'bearer' },
        },
        schemas: { Problem: PROBLEM },
      },
    },
    transform: ({ schema, url }) => {
      const isOpen311 = url.startsWith('/open311/');
      const shown = url.startsWith('/api/v1/') || isOpen311;
      const tag = isOpen311 ? 'open311' : (url.split('/')[3]?.replace(/\.json$/u, '') ?? '');
      return { schema: { ...schema, ...(shown ? { tags: [tag] } : { hide: true }) }, url };
    },
  });
};

/** The reference page at /api. Its script is served from here and fetches nothing from outside; only this page may run it inline. */
export const registerReference = async (app: FastifyInstance): Promise<void> => {
  const { default: reference } = await import('@scalar/fastify-api-reference');
  await app.register(async (own) => {
    own.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: { public: 'the API is described to everybody' } };
    });
    own.addHook('onRequest', async (request) => {
      // The page's own redirect is built from the host; HTTP/1.0 may name none.
      if (request.headers.host === undefined) throw new Problem(400, 'malformedRequest');
    });
    own.addHook('onSend', async (_request, reply) => {
      reply.header(
        'content-security-policy',
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'self'",
      );
    });
    await own.register(reference, {
      routePrefix: '/api',
      configuration: {
        url: '/api/v1/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        // The vendor's own services: an assistant, a client, a toolbar, a proxy, a registry. None of them is ours to offer.
        agent: { disabled: true },
        mcp: { disabled: true },
        showDeveloperTools: 'never',
        persistAuth: false,
        externalUrls: { dashboardUrl: '/api/', registryUrl: '/api/', proxyUrl: '/api/', apiBaseUrl: '/api/' },
        customCss: 'a[href*="scalar.com"] { display: none; }',
        pageTitle: 'Tongxin API',
      },
    });
  });
};
