import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { installation } from './cli/installation.ts';
import { type Config, ConfigError } from './platform/config/config.ts';
import { refuseUnsafe } from './platform/config/safety.ts';
import type { PostgresError } from './platform/embedded-postgres/errors.ts';
import { problemOfPostgres } from './platform/errors/postgres.ts';
import { prepare } from './prepare.ts';
import { backgroundOf } from './worker.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

export interface Running {
  /** Absent in a process that only works (`TONGXIN_ROLE=worker`). */
  readonly url?: string;
  /** Settles when the embedded Postgres ends by itself, with the reason: nothing can be served any more. */
  readonly lost: Promise<PostgresError>;
  /** Answers what is under way, stops the background, then Postgres. */
  stop(): Promise<void>;
}

/** Builds the web apps where they are missing or older than their sources. */
const buildWeb = (): Promise<void> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve(ROOT, 'scripts/build-web.ts')], { cwd: ROOT, stdio: ['ignore', 2, 2] });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done() : fail(new ConfigError('webNotBuilt', 'the web apps could not be built; the lines above say why')),
    );
  });

const listen = async (app: FastifyInstance, { host, port }: Config): Promise<string> => {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new ConfigError('portTaken', `port ${port} is taken; stop what listens there or set PORT to another`);
    if (code === 'EACCES')
      throw new ConfigError('portForbidden', `this account may not listen on port ${port}; set PORT to one above 1023`);
    throw error;
  }
  const address = app.server.address() as { port: number };
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
};

/** Starts everything that this process is for: database, reference data, web apps, HTTP, background. Throws ConfigErrors with one sentence. */
export const startServer = async (config: Config, say: (line: string) => void): Promise<Running> => {
  refuseUnsafe(config);
  const place = installation(config, { sizes: { app: 12, feed: 7, auth: 4, maintenance: 3 }, say });
  const stops: (() => Promise<unknown> | unknown)[] = [() => place.close()];
  const stop = async (): Promise<void> => {
    for (const part of stops.splice(0).reverse()) await part();
  };
  try {
    const postgres = await place.admin();
    const deps = await place.open();
    await prepare(deps, say);
    stops.push(deps.watch());
    let url: string | undefined;
    if (config.role !== 'worker') {
      if (config.web === 'build') await buildWeb();
      const app = await buildApp(deps, { trustProxy: config.trustProxy, limits: { perMinute: config.requestsPerMinute } });
      stops.push(() => app.close());
      url = await listen(app, config);
    }
    if (config.role !== 'api') deps.background.push(...backgroundOf(deps));
    for (const part of deps.background) {
      stops.push(() => part.stop());
      await part.start();
    }
    const lost = 'ended' in postgres ? postgres.ended : new Promise<PostgresError>(() => {});
    return { ...(url ? { url } : {}), lost, stop };
  } catch (error) {
    // What failed because our own Postgres ended, failed for the reason it ended.
    const away = problemOfPostgres(error)?.code === 'databaseAway' || (error as { code?: unknown }).code === 'packNotLoaded';
    const lost = away ? await place.lost() : undefined;
    await stop();
    throw lost ?? error;
  }
};
