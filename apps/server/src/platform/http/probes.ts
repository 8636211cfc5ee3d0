import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors/problem.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** /healthz: the process answers. /readyz: so does the database. /metrics: for the operator's own machine only. */
export const registerProbes = (app: FastifyInstance, deps: Deps): void => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer, by route and status class',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  new Gauge({
    name: 'database_connections',
    help: 'Connections of the pool that serves requests',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = deps.pools.app;
      this.set({ state: 'open' }, totalCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    );
  });
  const probe = { rateLimit: false, access: { public: 'probes of the operator' } } as const;
  app.get('/healthz', { config: probe }, async () => ({ ok: true }));
  app.get('/readyz', { config: probe }, async () => {
    await deps.pools.app.query('select 1');
    return { ok: true };
  });
  app.get('/metrics', { config: probe }, async (request, reply) => {
    if (!LOOPBACK.has(request.ip)) throw notFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
};
