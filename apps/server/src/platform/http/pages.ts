import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../errors/plugin.ts';
import { notFound, Problem } from '../errors/problem.ts';

/** Folders of the built web apps. */
export interface WebFolders {
  readonly portal: string;
  readonly desk: string;
}
const APPS = resolve(import.meta.dirname, '../../../..');
export const BUILT_WEB: WebFolders = { portal: resolve(APPS, 'portal/dist/web'), desk: resolve(APPS, 'desk/dist/web') };

const PUBLIC = { public: 'pages and their parts; they hold no data' } as const;

/** Names with a content hash never change; everything else is asked for again. */
const cacheControl = (path: string): string =>
  /-[\w-]{8,}\.(js|css|woff2?|png|svg|webp)$/u.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';

const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && (request.headers.accept ?? '').includes('text/html');

/** Serves the portal at /, the desk at /desk and the wall, a page of the desk's build, at /wall; an address that only the app in the browser knows answers with the app. */
export const registerPages = async (app: FastifyInstance, folders: WebFolders): Promise<void> => {
  await app.register(async (own) => {
    own.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: PUBLIC, rateLimit: false };
    });
    const common = {
      cacheControl: false,
      // Beside each part lies what the build packed of it: a cheap phone takes a third of the bytes, and nothing is packed per request.
      preCompressed: true,
      index: ['index.html'],
      setHeaders: (reply: FastifyReply, path: string): void => {
        reply.header('cache-control', cacheControl(path));
      },
    };
    if (existsSync(folders.desk)) {
      await own.register(fastifyStatic, { ...common, root: folders.desk, prefix: '/desk/', decorateReply: false });
      own.get('/desk', (_request, reply) => reply.redirect('/desk/', 301));
    }
    if (existsSync(folders.portal))
      await own.register(fastifyStatic, { ...common, root: folders.portal, prefix: '/', decorateReply: false });
  });
  const page = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (/^\/(api|open311|ogc|metrics|healthz|readyz)(\/|$)/u.test(path) || !wantsPage(request))
      return sendProblem(reply, notFound(), request.language);
    const index = /^\/wall\/?$/u.test(path)
      ? resolve(folders.desk, 'wall.html')
      : resolve(/^\/desk(\/|$)/u.test(path) ? folders.desk : folders.portal, 'index.html');
    if (!existsSync(index)) return sendProblem(reply, new Problem(503, 'notBuilt'), request.language);
    return reply
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(await readFile(index));
  };
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, page);
};
