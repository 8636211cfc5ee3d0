import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../errors/problem.ts';

/** Requests a minute from one address: a whole town hall sits behind one, a flood does not. */
export interface HttpLimits {
  readonly perMinute: number;
  readonly signInsPerMinute: number;
  /** In ten minutes, for one account or telephone. */
  readonly triesPerAccount: number;
  /** How long the event loop may lag before callers are told to come back, in milliseconds; 0 for never. */
  readonly mostLagMs: number;
  /** Requests of the API that are worked on at once: some seconds of work for a small machine. */
  readonly mostAtOnce: number;
}
export const DEFAULT_LIMITS: HttpLimits = {
  perMinute: 6000,
  signInsPerMinute: 60,
  triesPerAccount: 20,
  mostLagMs: 3000,
  mostAtOnce: 400,
};

/** Everything from this origin. Styles may be inline (the desk's components write them); scripts never are. */
const CSP = {
  defaultSrc: ["'self'"],
  baseUri: ["'self'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  manifestSrc: ["'self'"],
};

/** `origins`: other machines from which the installation's maps are fetched. */
export const registerSecurity = async (
  app: FastifyInstance,
  limits: HttpLimits,
  https: boolean,
  origins: readonly string[] = [],
): Promise<void> => {
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...CSP,
        imgSrc: [...CSP.imgSrc, ...origins],
        connectSrc: [...CSP.connectSrc, ...origins],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    hsts: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  await app.register(rateLimit, {
    max: limits.perMinute,
    timeWindow: 60_000,
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: () => new Problem(429, 'tooManyRequests'),
  });
  await app.register(underPressure, {
    maxEventLoopDelay: limits.mostLagMs,
    retryAfter: 5,
    pressureHandler: (request) => {
      // The probe tells the operator; it must answer while everything else waits.
      if (request.url === '/healthz') return;
      throw new Problem(503, 'overloaded');
    },
  });
};
