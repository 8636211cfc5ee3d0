import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Config } from '../config/config.ts';
import { among } from '../config/proxies.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors/problem.ts';
import { feedLag } from '../feed/feed.ts';

/** What a proxy adds to what it passes on; a request that carries any of it may come from anywhere. */
const PASSED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];
const LOOPBACK = ['127.0.0.0/8', '::1'];

/**
 * Who may read the figures: whoever calls this machine from itself, judged by the socket's peer and not by what a header says, and not
 * through a proxy. `TONGXIN_METRICS_FROM` names other addresses; through a proxy only one that is trusted, by the address it tells.
 */
const metricsGate = ({ metricsFrom, trustProxy }: Config): ((request: FastifyRequest) => boolean) => {
  const known = among(metricsFrom ?? LOOPBACK);
  return (request) => {
    const passedOn = PASSED_ON.some((name) => request.headers[name] !== undefined);
    if (passedOn && (metricsFrom === undefined || trustProxy === false)) return false;
    return known(passedOn ? request.ip : (request.raw.socket.remoteAddress ?? ''));
  };
};

/** /healthz: the process answers. /readyz: so does the database. /metrics: for the operator only. */
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
  new Gauge({
    name: 'feed_events_behind',
    help: 'Events that wait: for their place in the feed (sequencer), and for each consumer',
    labelNames: ['consumer'],
    registers: [registry],
    async collect() {
      const { waiting, consumers } = await feedLag(deps);
      this.set({ consumer: 'sequencer' }, waiting);
      for (const [consumer, behind] of Object.entries(consumers)) this.set({ consumer }, behind);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1000,
    );
  });
  const mayReadMetrics = metricsGate(deps.config);
  const probe = { rateLimit: false, access: { public: 'probes of the operator' } } as const;
  app.get('/healthz', { config: probe }, async () => ({ ok: true }));
  app.get('/readyz', { config: probe }, async () => {
    await deps.pools.app.query('select 1');
    return { ok: true };
  });
  app.get('/metrics', { config: probe }, async (request, reply) => {
    if (!mayReadMetrics(request)) throw notFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
};
