import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { SessionView } from '@tongxin/domain/reception/schema.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../errors/plugin.ts';
import { notFound, Problem } from '../errors/problem.ts';
import { type ReceiptAnswer, readablePage } from './readable.ts';

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
  /-[\w-]{8,}\.(js|css|woff2?|png|svg|webp)(\.(br|gz))?$/u.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';

const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && (request.headers.accept ?? '').includes('text/html');

const RECEIPT = /^\/r\/([0-9A-Za-z-]{8,40})\/?$/u;

/** What the API answers to the same caller for a query code: asked through the front door, so that every limit and rule of it holds here too. */
const receiptOf = async (request: FastifyRequest, code: string): Promise<ReceiptAnswer> => {
  const answer = await request.server.inject({
    method: 'GET',
    url: `/api/v1/receipts/${code}`,
    headers: { 'accept-language': request.language },
    remoteAddress: request.ip,
  });
  return { status: answer.statusCode, ...(answer.statusCode === 200 ? { view: answer.json() } : {}) };
};

/** Reception hours, as the API tells everybody; none where it cannot. */
const sessionsOf = async (request: FastifyRequest): Promise<readonly SessionView[]> => {
  const answer = await request.server.inject({
    method: 'GET',
    url: '/api/v1/reception/sessions?kind=reception',
    remoteAddress: request.ip,
  });
  return answer.statusCode === 200 ? answer.json<{ sessions: SessionView[] }>().sessions : [];
};

/** The portal's page with its words in it: read before any script has come, and where none runs. */
const portalPage = async (request: FastifyRequest, reply: FastifyReply, path: string, index: string): Promise<FastifyReply> => {
  const code = RECEIPT.exec(path)?.[1];
  const { language } = request;
  const page = path.replace(/(?<=.)\/+$/u, '');
  const words = readablePage(
    page,
    language,
    code ? await receiptOf(request, code) : undefined,
    page === '/reception' ? await sessionsOf(request) : undefined,
  );
  const shell = await readFile(index, 'utf8');
  return reply
    .header('cache-control', code ? 'private, no-store' : 'no-cache')
    .header('vary', 'accept-language')
    .type('text/html; charset=utf-8')
    .send(
      shell
        .replace('<html lang="zh-CN">', () => `<html lang="${language === 'en' ? 'en' : 'zh-CN'}">`)
        .replace('<div id="app"></div>', () => `<div id="app">${words}</div>`),
    );
};

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
    const first = resolve(folders.portal, 'index.html');
    if (existsSync(first)) {
      own.get('/', (request, reply) => portalPage(request, reply, '/', first));
      await own.register(fastifyStatic, { ...common, root: folders.portal, prefix: '/', decorateReply: false });
    }
  });
  const page = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (/^\/(api|open311|ogc|metrics|healthz|readyz)(\/|$)/u.test(path) || !wantsPage(request))
      return sendProblem(reply, notFound(), request.language);
    const index = /^\/wall\/?$/u.test(path)
      ? resolve(folders.desk, 'wall.html')
      : resolve(/^\/desk(\/|$)/u.test(path) ? folders.desk : folders.portal, 'index.html');
    if (!existsSync(index)) return sendProblem(reply, new Problem(503, 'notBuilt'), request.language);
    if (index === resolve(folders.portal, 'index.html')) {
      // Typed into the page that needs no script.
      const { code } = request.query as { code?: unknown };
      if (path === '/track' && typeof code === 'string' && code.trim() !== '')
        return reply.redirect(`/r/${encodeURIComponent(code.trim())}`, 303);
      return portalPage(request, reply, path, index);
    }
    return reply
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(await readFile(index));
  };
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, page);
};
