import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { Problem, signInNeeded } from '../errors/problem.ts';
import type { Who } from '../tx/tx.ts';
import type { Access } from './demand.ts';

/** better-auth's session cookie under our prefix; the `__Secure-` form is used when the public address is https. */
export const COOKIE_PREFIX = 'tongxin';
const COOKIE_NAMES = [`__Secure-${COOKIE_PREFIX}.session_token`, `${COOKIE_PREFIX}.session_token`];

/** The session token of a cookie `token.signature` (HMAC-SHA256, base64, as better-auth signs it); undefined when it was not signed by us. */
export const tokenOfCookie = (value: string, secret: string): string | undefined => {
  const dot = value.lastIndexOf('.');
  if (dot < 1) return undefined;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  const expected = createHmac('sha256', secret).update(token).digest();
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
};

export const signCookie = (token: string, secret: string): string =>
  `${token}.${createHmac('sha256', secret).update(token).digest('base64')}`;

const sessionToken = (request: FastifyRequest, secret: string): string | undefined => {
  for (const name of COOKIE_NAMES) {
    const value = request.cookies[name];
    if (value) return tokenOfCookie(value, secret);
  }
  return undefined;
};

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses an unsafe request that another site's page made with our cookie: by Sec-Fetch-Site where the browser sends it, else by Origin
 * against Host. A caller that sends neither is no browser, and nobody can forge a request through it.
 */
export const assertSameOrigin = (request: FastifyRequest): void => {
  if (SAFE.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return;
    throw new Problem(403, 'otherSite');
  }
  const { origin } = request.headers;
  if (origin === undefined) return;
  if (URL.parse(origin)?.host !== request.host) throw new Problem(403, 'otherSite');
};

/** Names the post that somebody with several chose to work by: a preference, which opens nothing. */
export const POST_HEADER = 'tongxin-post';

/** The portal's own service post: files for people who are not signed in, and sees nothing without a query code. */
const portal = (deps: Deps): { kind: 'service'; token: string } => ({ kind: 'service', token: deps.config.secrets.serviceTokens.portal });

/**
 * Whose scope a call takes: the service of a bearer token, else the person of the session cookie, else the portal's service. The database
 * decides later whether token and requirement hold; only what cannot hold is refused here.
 */
export const callerOf = (request: FastifyRequest, deps: Deps, access: Access): Who => {
  const requires = 'public' in access ? undefined : access;
  const with_ = requires ? { requires } : {};
  if ('receipt' in access) {
    const { code } = request.params as { code: string };
    return { ...portal(deps), receiptHash: deps.crypto.receiptHash(code), ...with_ };
  }
  const { authorization, [POST_HEADER]: post } = request.headers;
  const by = { ...with_, ...(post === undefined ? {} : { postId: post.toString() }) };
  if (authorization !== undefined) {
    const token = /^Bearer ([\w.~+/=-]{16,512})$/u.exec(authorization)?.[1];
    if (!token) throw signInNeeded();
    return { kind: 'service', token, ...by };
  }
  const token = sessionToken(request, deps.config.secrets.authSecret);
  if (token) {
    assertSameOrigin(request);
    return { kind: 'person', token, ...by };
  }
  if (requires) throw signInNeeded();
  return portal(deps);
};

/** The same call without the session that has run out: a public route still serves its caller. */
export const withoutSession = (deps: Deps): Who => portal(deps);
